#pragma once

#include "integrations/mysql/notice_work.hpp"
#include "server/city.hpp"

namespace hotline::actions {

struct DerivedNotices {
    std::size_t events = 0;
    std::size_t notices = 0;
};

// What waits in notice_todo becomes notices: who is told of it (G1 to G8), what he acknowledged by
// it (G1), which older notice a newer one replaces (G14). One transaction, so each event is taken
// once; a notice that is there already stays as it is.
Result<DerivedNotices> derive_notices(
    mysql::Connection& db, const City& city, ticketing::Instant now, std::size_t limit
);

}  // namespace hotline::actions
