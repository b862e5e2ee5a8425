#pragma once

#include "integrations/mysql/call_store.hpp"
#include "integrations/mysql/callback_store.hpp"
#include "integrations/telephony/callback_rules.hpp"
#include "ticketing/types/actor.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace hotline::actions {

// Calls nobody answered and calling them back (integrations/telephony, T6 to T10), each inside the
// caller's transaction.

// T6 to T8: what a call that came to something new means for who waits to be called back; whether
// anything of it changed.
Result<bool> follow_call(
    mysql::Connection& db,
    const mysql::PhoneCall& call,
    const telephony::CallStory& story,
    ticketing::Instant now
);

// T8: tickets were filed with these calls, by the platform's names.
Result<void> settle_by_tickets(
    mysql::Connection& db, const std::vector<std::string>& call_ids, ticketing::Instant now
);

// T9: his for ten minutes from now; again means longer. not_found; rule_broken (field claim) when
// it has ended or another has it.
struct ClaimCommand {
    std::uint64_t callback = 0;
    ticketing::Actor actor;
    bool english = false;
};
Result<void> claim_callback(
    mysql::Connection& db, const ClaimCommand& command, ticketing::Instant now
);
// Given back without a try. What he does not hold is let go already.
Result<void> release_callback(mysql::Connection& db, const ClaimCommand& command);

// T10: what came of a try of whoever holds it. The same key again changes nothing;
// idempotency_key_reused when it told something else.
struct TryCommand {
    std::uint64_t callback = 0;
    ticketing::Actor actor;
    telephony::CallbackOutcome outcome{};
    std::string note;
    std::string key;
    bool english = false;
};
Result<void> record_callback_try(
    mysql::Connection& db, const TryCommand& command, ticketing::Instant now
);

}  // namespace hotline::actions
