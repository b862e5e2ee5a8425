#pragma once

#include "integrations/mysql/param.hpp"
#include "integrations/mysql/rows.hpp"
#include "ticketing/types/event.hpp"
#include "ticketing/types/ticket.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// The columns of a ticket that never change after it is accepted, and those an act may change, as
// the row's two halves. The lists below, the values and the reading stand in the same order.
extern const std::string_view ticket_fixed_columns;
extern const std::string_view ticket_moving_columns;
// Those of the latter that a ticket has nothing in when it is born: NULL, 0 or '', as the table's
// defaults say.
extern const std::string_view ticket_later_columns;

// The values of a ticket in column order. Holds the texts it has to make; must outlive the call it
// is passed to, as must the ticket.
class TicketValues {
public:
    explicit TicketValues(const ticketing::Ticket& ticket);
    TicketValues(const TicketValues&) = delete;
    TicketValues& operator=(const TicketValues&) = delete;

    const std::vector<Param>& fixed() const { return fixed_; }
    const std::vector<Param>& moving() const { return moving_; }

private:
    std::string co_units_;
    std::string co_answered_;
    std::string refused_units_;
    std::string charged_units_;
    std::string plan_;
    std::string mediations_;
    std::string attempts_;
    std::string clocks_;
    std::vector<Param> fixed_;
    std::vector<Param> moving_;
};

// A ticket from a row that selects ticket_fixed_columns, then
// ticket_moving_columns, beginning at column `first`.
ticketing::Ticket read_ticket(const Row& row, std::size_t first);
std::size_t ticket_column_count();

}  // namespace hotline::mysql
