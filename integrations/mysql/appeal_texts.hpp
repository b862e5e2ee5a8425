#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"
#include "ticketing/types/state.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace hotline::mysql {

// What an appeal says and whose it is, for the index of similar appeals and the hot topics.
struct AppealText {
    ticketing::TicketId ticket;
    ticketing::State state = ticketing::State::accepted;
    bool needs_entry = false;
    ticketing::EnterpriseId enterprise;
    std::string enterprise_name;
    std::string title;
    std::string content;
    std::string division;
    std::string topic;
    ticketing::Instant accepted_at;
};

// By ticket, from the first above `after`: those accepted from `since` on, at most `limit`.
Result<std::vector<AppealText>> appeal_texts_after(
    Connection& db, ticketing::TicketId after, ticketing::Instant since, std::size_t limit
);
// Of these tickets; ascending. Tickets that are not there are left out.
Result<std::vector<AppealText>> appeal_texts_of(
    Connection& db, std::span<const ticketing::TicketId> tickets
);

// A ticket whose text is new or reads otherwise, or that was set aside or taken up again.
struct TextChange {
    ticketing::Instant at;  // by the clock of the store, as near to the commit as can be
    ticketing::TicketId ticket;

    auto operator<=>(const TextChange&) const = default;
};

// In the transaction that saw the change, as its last statement but one: rows become visible in
// nearly the order of their times. `tickets`: each once.
Result<void> note_text_changes(Connection& db, std::span<const ticketing::TicketId> tickets);
Result<std::vector<TextChange>> text_changes_from(Connection& db, ticketing::Instant from);
Result<void> forget_text_changes(Connection& db, ticketing::Instant before);
Result<ticketing::Instant> clock_of_store(Connection& db);

}  // namespace hotline::mysql
