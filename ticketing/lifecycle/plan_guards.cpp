#include "ticketing/lifecycle/guards.hpp"
#include "ticketing/lifecycle/mediators.hpp"
#include "ticketing/lifecycle/rules.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"
#include "ticketing/permissions.hpp"
#include "ticketing/text.hpp"

#include <algorithm>

// The guards of hard cases (T36, T37) and of mediation (T38, T39).
namespace hotline::ticketing::guards {
namespace {

// A5 holds for who sits at the table as well.
bool may_take_part(const GuardInput& in, UnitId id) {
    const Directory& directory = in.surroundings.directory;
    const Unit* unit = directory.unit(id);
    const bool complained_of =
        in.ticket.complained_unit && directory.within(id, in.ticket.complained_unit);
    return unit != nullptr && unit->active && !complained_of;
}

// T36: the policy's limit for milestones, counted from the first meeting, so that a new plan does
// not begin the time anew.
std::optional<sla::LocalDay> last_day_of_plans(const GuardInput& in) {
    const Surroundings& s = in.surroundings;
    const Instant from = in.ticket.meetings.empty() ? s.now : in.ticket.meetings.front().noted_at;
    const auto limit = limit_of(in.ticket, sla::ClockKind::milestone, from, s);
    if (!limit) return std::nullopt;
    return sla::local_day(sla::due_after(*limit, from, s.calendar).at);
}

bool waits(const GuardInput& in, const Milestone& milestone) {
    const Directory& directory = in.surroundings.directory;
    return milestone.state == MilestoneState::open &&
           (answers_for(in.request.actor, in.ticket, directory) ||
            speaks_for(in.request.actor, milestone.unit, directory));
}

}  // namespace

bool is_hard_case(const GuardInput& in) {
    return in.ticket.hard_case && in.ticket.meetings.size() < rules::meeting_limit;
}

bool meeting_fits(const GuardInput& in) {
    const auto& meeting = in.request.meeting;
    if (!meeting) return false;
    const auto ago = (sla::local_day(in.surroundings.now) - meeting->held_on).count();
    return ago >= 0 && ago <= rules::meeting_days && characters(meeting->conclusion) >= 5 &&
           !meeting->units.empty() &&
           std::ranges::all_of(meeting->units, [&](UnitId id) { return may_take_part(in, id); });
}

bool plan_fits(const GuardInput& in) {
    const auto& plan = in.request.milestones;
    const auto last = last_day_of_plans(in);
    const auto today = sla::local_day(in.surroundings.now);
    return last && !plan.empty() && plan.size() <= rules::milestone_limit &&
           std::ranges::all_of(plan, [&](const Milestone& milestone) {
               return characters(milestone.text) >= 2 && milestone.due_on > today &&
                      milestone.due_on <= *last && may_take_part(in, milestone.unit);
           });
}

bool milestone_open(const GuardInput& in) {
    return std::ranges::any_of(in.ticket.milestones, [&](const Milestone& milestone) {
        return waits(in, milestone);
    });
}

bool milestone_waits(const GuardInput& in) {
    const auto& all = in.ticket.milestones;
    const auto number = static_cast<std::size_t>(std::max(in.request.milestone, 0));
    return number >= 1 && number <= all.size() && waits(in, all[number - 1]);
}

bool milestones_done(const GuardInput& in) {
    return std::ranges::none_of(in.ticket.milestones, [](const Milestone& milestone) {
        return milestone.state == MilestoneState::open;
    });
}

bool may_be_mediated(const GuardInput& in) {
    const Ticket& ticket = in.ticket;
    const Duty* duty = in.surroundings.directory.duty(ticket.topic);
    const bool between_equals =
        (ticket.type == AppealType::help || ticket.type == AppealType::complaint) &&
        !ticket.complained_unit && duty != nullptr && duty->mediable;
    // The other side learns who it is.
    const bool known = !ticket.appellant.anonymous && !ticket.appellant.confidential;
    const auto limit =
        limit_of(ticket, sla::ClockKind::mediation, in.surroundings.now, in.surroundings);
    return between_equals && known && limit.has_value();
}

bool mediator_left(const GuardInput& in) {
    return !mediation_declined(in.ticket) &&
           next_mediator(in.ticket, in.surroundings.directory).has_value();
}

bool parties_agree(const GuardInput& in) {
    return in.request.parties_agree;
}

// T39: only who mediated can say what was agreed.
bool mediation_outcome_fits(const GuardInput& in) {
    const auto& outcome = in.request.mediation_outcome;
    if (!outcome || !mediating_unit(in.ticket)) return false;
    return *outcome != MediationOutcome::agreed ||
           speaks_for(in.request.actor, mediating_unit(in.ticket), in.surroundings.directory);
}

bool agreement_kept_by(const GuardInput& in) {
    if (in.request.mediation_outcome != MediationOutcome::agreed) return true;
    return characters(in.request.keeper) >= 2 && in.request.keep_by &&
           *in.request.keep_by >= sla::local_day(in.surroundings.now);
}

}  // namespace hotline::ticketing::guards
