#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/notices/occasion.hpp"
#include "ticketing/notices/receivers.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotline::mysql {

// What one receiver is told, with what its words are made of.
struct Notice {
    std::uint64_t id = 0;
    ticketing::UserId receiver;
    ticketing::notices::Occasion occasion{};
    ticketing::notices::Standing standing{};
    ticketing::Urgency urgency = ticketing::Urgency::normal;
    ticketing::Instant at;
    std::string ticket_no;  // "" when there is none to be named
    std::size_t matters = 0;
    std::string bulletin_title;
    std::string bulletin_body;
    std::string bulletin_title_en;  // "": written in Chinese only
    std::string bulletin_body_en;
    std::optional<ticketing::Instant> read_at;
    std::optional<ticketing::Instant> acknowledged_at;
};

// The columns of a notice and the joins they come from (n, t, b), and a row of them.
extern const std::string_view notice_columns;
extern const std::string_view notice_joins;
constexpr std::size_t notice_column_count = 14;
Notice read_notice_row(const Row& row, std::size_t first);

struct NoticeListing {
    ticketing::UserId receiver;
    std::uint64_t before = 0;  // 0: from the newest on
    bool unread = false;
    std::size_t limit = 50;
};
Result<std::vector<Notice>> list_notices(Connection& db, const NoticeListing& listing);
// Counting no further than `most`.
Result<std::size_t> count_unread(Connection& db, ticketing::UserId receiver, std::size_t most);

// Read, and so acknowledged: the one, or all up to it. False when the one is not his.
Result<bool> read_notice(
    Connection& db, ticketing::UserId receiver, std::uint64_t id, ticketing::Instant now
);
Result<void> read_notices_upto(
    Connection& db, ticketing::UserId receiver, std::uint64_t id, ticketing::Instant now
);
// False when it is not his.
Result<bool> notice_shown(
    Connection& db,
    ticketing::UserId receiver,
    std::uint64_t id,
    std::string_view device,
    ticketing::Instant now
);

}  // namespace hotline::mysql
