#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ticket.hpp"

namespace hotline::mysql {

// Who raised a dead letter is known only once it is mended: the columns that otherwise never change
// after acceptance. For stubs alone (needs_entry still set in the row).
Result<void> fill_stub(Connection& db, const ticketing::Ticket& ticket);

}  // namespace hotline::mysql
