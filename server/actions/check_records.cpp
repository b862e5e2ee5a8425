#include "server/actions/check_records.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/audit_store.hpp"
#include "integrations/mysql/handover_store.hpp"
#include "integrations/mysql/proof_store.hpp"
#include "integrations/open311/handing_over.hpp"
#include "server/actions/check_checkpoints.hpp"
#include "server/actions/check_logs.hpp"
#include "server/actions/freeze_period.hpp"
#include "ticketing/ticket_number.hpp"

#include <fmt/format.h>

namespace hotline::actions {
namespace {

using mysql::Connection;
using mysql::Finding;
using Results = std::vector<CheckResult>;

// Adds the findings of one query to a result.
Result<void> look(CheckResult& into, const Result<Finding>& finding, std::string_view what) {
    if (!finding) return std::unexpected(finding.error());
    into.faults(finding->count, fmt::format("{} {}", what, finding->first));
    return {};
}

Result<void> check_numbers(Connection& db, const CheckSettings&, Results& results) {
    CheckResult& result = results.emplace_back(CheckResult{.name = "numbers"});
    const auto read =
        mysql::for_each_number(db, [&result](std::string_view number, ticketing::TicketId ticket) {
            ++result.looked_at;
            // A number holds its ticket's id (W1): of two that share one, one is told here.
            const auto parsed = ticketing::parse_ticket_number(number);
            if (!parsed || parsed->serial != ticket.value) {
                result.fault(fmt::format("number {} of ticket id {}", number, ticket.value));
            }
        });
    if (!read) return read;
    return look(result, mysql::lost_aliases(db), "further number without ticket of its own:");
}

Result<void> check_appeals(Connection& db, const CheckSettings&, Results& results) {
    CheckResult& result = results.emplace_back(CheckResult{.name = "appeals"});
    const auto tickets = mysql::count_tickets(db);
    if (!tickets) return std::unexpected(tickets.error());
    result.looked_at = *tickets;
    if (auto ok = look(result, mysql::shared_keys(db), "two tickets of the appeal of"); !ok) {
        return ok;
    }
    return look(result, mysql::lost_dead_letters(db), "put aside without a stub: entry");
}

Result<void> check_logs(Connection& db, const CheckSettings&, Results& results) {
    auto to_derive = mysql::tickets_to_derive(db);
    if (!to_derive) return std::unexpected(to_derive.error());
    LogProof proof(std::move(*to_derive));
    const auto read =
        mysql::for_each_event(db, [&proof](ticketing::Event event, const mysql::RowHead& head) {
            proof.take(std::move(event), head);
        });
    if (!read) return read;
    const auto kept = mysql::read_rollups(db);
    if (!kept) return std::unexpected(kept.error());
    const auto sources = mysql::read_sources(db);
    if (!sources) return std::unexpected(sources.error());
    proof.finish(*kept, *sources);
    if (auto ok = look(proof.rows, mysql::tickets_without_log(db), "no log: ticket"); !ok)
        return ok;
    results.push_back(std::move(proof.chains));
    results.push_back(std::move(proof.rows));
    results.push_back(std::move(proof.rollups));
    return {};
}

Result<void> check_clocks(Connection& db, const CheckSettings&, Results& results) {
    CheckResult& result = results.emplace_back(CheckResult{.name = "clocks"});
    const auto tickets = mysql::count_tickets(db);
    if (!tickets) return std::unexpected(tickets.error());
    result.looked_at = *tickets;
    return look(result, mysql::open_without_clock(db), "open and nobody waits for it: ticket");
}

Result<void> check_stuck(Connection& db, const CheckSettings& settings, Results& results) {
    CheckResult& result = results.emplace_back(CheckResult{.name = "stuck"});
    const auto before = settings.now - settings.stuck_after;
    if (auto ok = look(result, mysql::unfired_clocks(db, before), "card not given: ticket id");
        !ok) {
        return ok;
    }
    if (auto ok = look(result, mysql::untold_events(db, before), "not told: ticket id"); !ok) {
        return ok;
    }
    if (auto ok = look(result, mysql::undelivered_events(db, before), "nobody told: ticket id");
        !ok) {
        return ok;
    }
    if (auto ok = look(result, mysql::unended_notices(db, before), "no end: notice"); !ok) {
        return ok;
    }
    if (auto ok = look(result, mysql::underived_tickets(db, before), "not counted: ticket id");
        !ok) {
        return ok;
    }
    return look(result, mysql::unindexed_tickets(db, before), "not searchable: ticket id");
}

Result<void> check_handovers(Connection& db, const CheckSettings& settings, Results& results) {
    CheckResult& result = results.emplace_back(CheckResult{.name = "handovers"});
    const auto all = mysql::count_handovers(db);
    if (!all) return std::unexpected(all.error());
    result.looked_at = *all;
    const auto before = settings.now - settings.stuck_after;
    const auto untold = mysql::untold_handovers(
        db, before - open311::silent_for_number, before - open311::silent_for_status
    );
    return look(result, untold, "no answer of the partner and nobody told: ticket");
}

Result<void> check_audit(Connection& db, const CheckSettings&, Results& results) {
    CheckResult& result = results.emplace_back(CheckResult{.name = "audit"});
    const auto verdict = mysql::verify_audit(db, crypto::sm3);
    if (!verdict) return std::unexpected(verdict.error());
    result.looked_at = verdict->entries;
    if (const auto& broken = verdict->first_broken) {
        result.fault(fmt::format("shard {}, entry {}", broken->shard, broken->seq));
    }
    return {};
}

Result<Results> check_all(
    Connection& db, const crypto::Signer& signer, const CheckSettings& settings
) {
    Results results;
    for (const auto check :
         {check_numbers,
          check_appeals,
          check_logs,
          check_clocks,
          check_stuck,
          check_handovers,
          check_audit}) {
        if (auto done = check(db, settings, results); !done) return std::unexpected(done.error());
    }
    auto checkpoints = check_checkpoints(db, signer);
    if (!checkpoints) return std::unexpected(checkpoints.error());
    results.push_back(std::move(*checkpoints));
    auto frozen = check_freezes(db, signer);
    if (!frozen) return std::unexpected(frozen.error());
    results.push_back(std::move(*frozen));
    return results;
}

}  // namespace

Result<Results> check_records(
    Connection& db, const crypto::Signer& signer, const CheckSettings& settings
) {
    if (auto begun = mysql::begin_snapshot(db); !begun) return std::unexpected(begun.error());
    auto results = check_all(db, signer, settings);
    const auto ended = mysql::end_snapshot(db);
    if (results && !ended) return std::unexpected(ended.error());
    return results;
}

}  // namespace hotline::actions
