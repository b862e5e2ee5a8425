#include "server/actions/recompute_dues.hpp"

#include "integrations/mysql/open_tickets.hpp"
#include "server/actions/course.hpp"
#include "ticketing/lifecycle/decide.hpp"

#include <algorithm>
#include <utility>

namespace hotline::actions {
namespace {

using mysql::MovedTicket;
using mysql::RecomputeJob;
using mysql::StoredTicket;
using ticketing::DueShift;
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

Result<void> work(
    mysql::Connection& db,
    RecomputeJob& job,
    std::span<const StoredTicket> tickets,
    const City& city,
    ticketing::Instant now
) {
    const ticketing::ActRequest request = request_of(job);
    const auto surroundings = city.at(now);
    const auto limits = job.keep_limits ? Limits::kept : Limits::by_policy;
    const auto stays = [](const DueShift& shift) { return shift.fate == DueShift::Fate::stays; };
    std::vector<MovedTicket> moved;
    for (const StoredTicket& stored : tickets) {
        const auto shifts = ticketing::due_shifts(stored.ticket, surroundings, limits);
        if (std::ranges::any_of(shifts, stays)) ++job.stayed;
        if (std::ranges::all_of(shifts, stays)) continue;
        auto decision = decide(stored.ticket, request, surroundings);
        if (!decision) continue;  // nobody waits for it any more
        Course course(stored);
        course.take(std::move(*decision));
        moved.push_back(std::move(course).moved());
    }
    job.looked_at += tickets.size();
    job.moved += moved.size();
    return mysql::store_tickets(db, moved);
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
    auto taken = mysql::take_recompute_job(
        db, now - settling_time, city.policy.version, city.calendar.version()
    );
    if (!taken || !*taken) return taken;
    RecomputeJob job = std::move(**taken);
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
