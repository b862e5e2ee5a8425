#pragma once

#include "ticketing/types/act.hpp"
#include "ticketing/types/actor.hpp"
#include "ticketing/types/ids.hpp"
#include "ticketing/types/state.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace hotline::ticketing {

using Digest = std::array<std::uint8_t, 32>;  // SM3

// One line of a ticket's append-only log: who, when, what, why, before → after.
struct Event {
    TicketId ticket;
    std::uint32_t seq = 0;  // 1, 2, 3 … without a gap
    Act act = Act::create;
    Role role = Role::system;
    UserId user;
    std::string actor_name;
    UnitId unit;  // of the actor, or the unit acted upon for dispatch
    Instant at;
    State from = State::draft;
    State to = State::accepted;
    std::string reason;     // in the actor's words
    std::string changes;    // JSON object {field: [before, after]}, keys sorted
    bool internal = false;  // not shown to the appellant
    Digest previous{};      // hash of seq − 1; zero for the first
    Digest hash{};

    bool operator==(const Event&) const = default;
};

}  // namespace hotline::ticketing
