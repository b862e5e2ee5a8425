#pragma once

#include "integrations/mysql/notice_steps.hpp"
#include "server/city.hpp"
#include "ticketing/notices/rules.hpp"

namespace hotline::actions {

// What this server has to tell people with, and how it goes on.
struct NoticeWays {
    ticketing::notices::Channels channels;
    ticketing::notices::Rules rules;
    bool mail = false;  // a mail address can be made of the log-in
};

struct SteppedNotices {
    std::size_t taken = 0;
    ticketing::notices::Channels sent;  // by which there is something to send now
};

// The notices whose time has come take their next step (G10 to G15): deliveries are queued, the
// time of the step after is set, or the end. One transaction.
Result<SteppedNotices> step_notices(
    mysql::Connection& db,
    const City& city,
    const NoticeWays& ways,
    ticketing::Instant now,
    std::size_t limit
);

}  // namespace hotline::actions
