#include "server/actions/recompute_dues.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/open_tickets.hpp"
#include "ticketing/event_chain.hpp"
#include "ticketing/lifecycle/decide.hpp"

#include <algorithm>
#include <utility>

namespace hotline::actions {
namespace {

using mysql::MovedDues;
using mysql::RecomputeJob;
using mysql::StoredTicket;
using ticketing::Limits;

ticketing::ActRequest request_of(const RecomputeJob& job) {
    ticketing::ActRequest request;
    request.act = ticketing::Act::recompute;
    request.actor = {
        .user = job.asked_by, .role = ticketing::Role::system, .name = job.asked_by_name
    };
    request.reason = job.reason;
    request.keep_limits = job.keep_limits;
    return request;
}

bool some_stay(
    const ticketing::Ticket& ticket, const City& city, bool keep, ticketing::Instant now
) {
    const auto limits = keep ? Limits::kept : Limits::by_policy;
    const auto shifts = ticketing::due_shifts(ticket, city.at(now), limits);
    return std::ranges::any_of(shifts, [](const ticketing::DueShift& shift) {
        return shift.fate == ticketing::DueShift::Fate::stays;
    });
}

Result<void> work(
    mysql::Connection& db,
    RecomputeJob& job,
    std::span<const StoredTicket> tickets,
    const City& city,
    ticketing::Instant now
) {
    const ticketing::ActRequest request = request_of(job);
    std::vector<MovedDues> moved;
    for (const StoredTicket& stored : tickets) {
        if (some_stay(stored.ticket, city, job.keep_limits, now)) ++job.stayed;
        auto decision = decide(stored.ticket, request, city.at(now));
        if (!decision) continue;  // nothing moves
        decision->event.seq = stored.last_seq + 1;
        seal(decision->event, stored.last_hash, crypto::sm3);
        moved.push_back({stored, std::move(decision->after), std::move(decision->event)});
    }
    job.looked_at += tickets.size();
    job.moved += moved.size();
    return mysql::store_moved_dues(db, moved);
}

}  // namespace

Result<std::uint64_t> ask_recompute(
    mysql::Connection& db, const RecomputeWish& wish, ticketing::Instant now
) {
    const auto total = mysql::count_open_tickets(db);
    if (!total) return std::unexpected(total.error());
    RecomputeJob job;
    job.asked_by = wish.by;
    job.asked_at = now;
    job.reason = wish.reason;
    job.policy_version = wish.policy_version;
    job.calendar_version = wish.calendar_version;
    job.keep_limits = wish.limits == Limits::kept;
    job.total = *total;
    return mysql::insert_recompute_job(db, job);
}

Result<std::optional<RecomputeJob>> recompute_step(
    mysql::Connection& db, const City& city, ticketing::Instant now, std::size_t limit
) {
    auto taken = mysql::take_recompute_job(db, now - settling_time);
    if (!taken || !*taken) return taken;
    RecomputeJob job = std::move(**taken);
    const bool in_force = city.policy.version >= job.policy_version &&
                          city.calendar.version() >= job.calendar_version;
    if (!in_force) return std::nullopt;
    const auto ids = mysql::open_tickets(db, job.upto, limit);
    if (!ids) return std::unexpected(ids.error());
    const auto tickets = mysql::read_tickets(db, *ids, true);
    if (!tickets) return std::unexpected(tickets.error());
    if (auto done = work(db, job, *tickets, city, now); !done) {
        return std::unexpected(done.error());
    }
    if (!ids->empty()) job.upto = ids->back();
    if (ids->size() < limit) job.finished_at = now;
    if (auto done = mysql::store_recompute_progress(db, job); !done) {
        return std::unexpected(done.error());
    }
    return job;
}

}  // namespace hotline::actions
