#pragma once

#include "integrations/crypto/signature.hpp"
#include "integrations/mysql/freeze_store.hpp"
#include "server/actions/check_records.hpp"
#include "server/actions/count_tickets.hpp"
#include "sla/calendar.hpp"
#include "ticketing/types/actor.hpp"

#include <cstddef>
#include <optional>
#include <string>

// A published period (通报) as evidence (S39, S40): its figures, the definitions they were reckoned
// by, and of every ticket in it the place in its log up to which it was read. The logs are chained
// and only ever grow, so the same figures follow from them to the last digit at any later time.
namespace hotline::actions {

struct FreezeOrder {
    sla::LocalDay from;
    sla::LocalDay to;
    ticketing::UserId by;
    std::string by_name;
    std::string reason;  // wanted of a correction
    ticketing::Instant now;
    int settled_after = 20;  // working days after the period's last
    int calendar_version = 0;
    int policy_version = 0;
};

// The deed: freezes the period, or gives it another revision beside those it has. Refusals:
// guard_failed period_settled (too early) or correction_explained, validation_failed, conflict when
// another was quicker.
Result<mysql::Freeze> freeze_period(
    mysql::Connection& db,
    const crypto::Signer& signer,
    const sla::Calendar& calendar,
    const FreezeOrder& order
);

// Rebuilds a frozen period from the logs and compares: figures, digest, signature, and that every
// definition it names is still known. What is wrong is told to `result`.
Result<void> verify_freeze(
    mysql::Connection& db,
    const crypto::Signer& signer,
    const mysql::Freeze& freeze,
    CheckResult& result
);

// All of them, for check_records.
Result<CheckResult> check_freezes(mysql::Connection& db, const crypto::Signer& signer);

// Tickets of the evidence with how often each counts among `asked`, read from the logs as they
// stood. The filter's period is the frozen one; `asked.after.ticket` is where to go on.
struct FrozenCase {
    mysql::ChainHead head;
    std::int64_t times = 0;
};
struct FrozenPage {
    std::vector<FrozenCase> cases;
    std::optional<ticketing::TicketId> next;
};
Result<FrozenPage> list_frozen_cases(
    mysql::Connection& db, const mysql::Freeze& freeze, const CasesAsked& asked
);

}  // namespace hotline::actions
