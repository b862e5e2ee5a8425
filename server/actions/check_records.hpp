#pragma once

#include "integrations/crypto/signature.hpp"
#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace hotline::actions {

// What one proof found.
struct CheckResult {
    std::string name;
    std::uint64_t looked_at = 0;
    std::uint64_t wrong = 0;
    std::string first;  // where the first wrong one is, in words for an operator

    bool ok() const { return wrong == 0; }
    void fault(std::string where) {
        if (wrong++ == 0) first = std::move(where);
    }
    void faults(std::uint64_t count, std::string where) {
        if (wrong == 0 && count > 0) first = std::move(where);
        wrong += count;
    }
};

struct CheckSettings {
    ticketing::Instant now;
    std::chrono::minutes stuck_after{5};  // work older than this has got stuck
};

// Proves that the database is what the line promises, in one snapshot and without writing:
//   numbers      one number, one ticket; every further number leads to a ticket
//   appeals      one key, one ticket; what was put aside has its stub
//   event_chains every ticket's log is unbroken (SM3)
//   ticket_rows  every row is what its log, replayed, makes of it, in all that the log holds (older
//                logs: at its end); no log without ticket, no ticket without log
//   checkpoints  numbered without a gap, linked, signed, and everything they name is still there
//   clocks       no open ticket without an open clock
//   stuck        no work older than it may be: cards, notices, roll-ups, search
//   handovers    every ticket at a partner has an answer, or somebody was told (E18)
//   rollups      every kept sum and source of a figure equal to those recomputed from the logs; no
//                log waits unnoticed
//   frozen       every published period follows from the logs to the last digit, and is signed
//   audit        the audit chains are unbroken
// Memory: one ticket's log at a time, plus the counters. Errors are the stores'.
Result<std::vector<CheckResult>> check_records(
    mysql::Connection& db, const crypto::Signer& signer, const CheckSettings& settings
);

}  // namespace hotline::actions
