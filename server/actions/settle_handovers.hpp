#pragma once

#include "server/actions/hand_over.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace hotline::actions {

// How a call to a partner ended.
struct PartnerAnswer {
    unsigned status = 0;  // 0: none
    std::string body;
    std::string fault;              // why there was none
    bool may_have_arrived = false;  // and whether the partner may know of it all the same
    std::optional<std::chrono::seconds> wait;  // Retry-After

    // It works: whatever it says, it says it itself.
    bool well() const { return status != 0 && status != 429 && status < 500; }
};

// What came of a task (E13, E14): the row, the ticket's log, who is told, and whether the partner
// rests (E17). One transaction. What somebody else settled meanwhile stays.
Result<void> settle_partner_task(
    mysql::Connection& db,
    const City& city,
    const PartnerTask& task,
    const PartnerAnswer& answer,
    ticketing::Instant now
);

// What a partner is asked about requests it has taken (E15).
struct FollowTask {
    mysql::Partner partner;
    open311::Endpoint endpoint;
    std::vector<mysql::Handover> handovers;

    std::vector<std::string> ids() const;
};
Result<std::optional<FollowTask>> take_follow_task(
    mysql::Connection& db,
    std::uint64_t partner,
    std::string_view key,
    ticketing::Instant now,
    std::chrono::milliseconds lease
);
Result<void> settle_follow_task(
    mysql::Connection& db,
    const City& city,
    const FollowTask& task,
    const PartnerAnswer& answer,
    ticketing::Instant now
);

// E18: those that have waited too long and nobody was told of; how many there were.
Result<std::size_t> tell_silent_handovers(
    mysql::Connection& db, const City& city, ticketing::Instant now
);

}  // namespace hotline::actions
