#include "ticketing/lifecycle/effect_parts.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <algorithm>

namespace hotline::ticketing::effects {
namespace {

using sla::ClockKind;

// From the due date in force to `until`, counted as the clock counts; nothing where that is no way
// forward.
std::optional<sla::Limit> reaching(
    const sla::Clock& clock, Instant until, const sla::Calendar& calendar
) {
    if (until <= clock.due_at) return std::nullopt;
    sla::Limit limit{clock.limit.unit, 0};
    std::int64_t amount = 0;
    switch (limit.unit) {
        case sla::LimitUnit::natural_minutes:
            amount = std::chrono::ceil<std::chrono::minutes>(until - clock.due_at).count();
            break;
        case sla::LimitUnit::working_minutes:
            amount = std::chrono::ceil<std::chrono::minutes>(
                         calendar.working_time_between(clock.due_at, until)
            )
                         .count();
            break;
        case sla::LimitUnit::working_days:
            amount = calendar.workdays_between(sla::local_day(clock.due_at), sla::local_day(until));
            // The milestone's unit may work on a day on which the lead does not.
            if (!calendar.is_workday(sla::local_day(until))) ++amount;
            break;
    }
    limit.amount = static_cast<std::int32_t>(amount);
    return limit.amount > 0 ? std::optional(limit) : std::nullopt;
}

// T36: the lead has as long as the last milestone, never shorter than it had. What is overdue stays
// so: a plan heals no lateness (S14).
void extend_handling(Ticket& ticket, Instant until, const Surroundings& s) {
    sla::Clock* handling = open_clock(ticket, ClockKind::handle);
    if (handling == nullptr) return;
    const sla::Calendar& calendar = calendar_for(ticket, *handling, s);
    const auto granted = reaching(*handling, until, calendar);
    if (!granted) return;
    const auto before = sla::local_day(handling->due_at);
    const auto longer = sla::extend(*handling, *granted, s.now, calendar);
    if (!longer) return;
    const sla::Policy& policy = policy_for(ticket, ClockKind::handle, s);
    *handling = sla::with_warning(*longer, policy, grading(ticket), calendar, round_of(ticket));
    ticket.plan_days +=
        static_cast<int>(calendar.workdays_between(before, sla::local_day(handling->due_at)));
}

}  // namespace

void charge(Ticket& ticket, UnitId unit) {
    auto& charged = ticket.charged_units;
    if (std::ranges::find(charged, unit) == charged.end()) charged.push_back(unit);
}

void hard_case(Ticket& ticket, const ActRequest&, const Surroundings&) {
    ticket.hard_case = true;
    ticket.complexity = Complexity::complex;
}

// T36: what the meeting before it left open is off; what was met stays.
void plan_hard_case(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    cancel_milestones(ticket, s.now);
    ticket.meetings.push_back(*request.meeting);
    ticket.meetings.back().basis = request.basis;
    ticket.meetings.back().noted_at = s.now;
    ticket.extension_pending = false;  // the plan takes its place
    Instant last = s.now;
    for (const Milestone& wanted : request.milestones) {
        Milestone& milestone = ticket.milestones.emplace_back();
        milestone.meeting = static_cast<int>(ticket.meetings.size());
        milestone.text = wanted.text;
        milestone.unit = wanted.unit;
        milestone.due_on = wanted.due_on;
        charge(ticket, wanted.unit);
        start_milestone_clock(ticket, s);
        last = std::max(last, ticket.clocks.back().due_at);
    }
    extend_handling(ticket, last, s);
}

// T37
void meet_milestone(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    const auto number = static_cast<std::uint16_t>(request.milestone);
    Milestone& milestone = ticket.milestones[number - 1U];
    milestone.state = MilestoneState::met;
    milestone.ended_at = s.now;
    milestone.report = request.result_text;
    for (sla::Clock& clock : ticket.clocks) {
        const bool its = clock.kind == ClockKind::milestone && clock.generation == number;
        if (its) clock = sla::stop(clock, s.now).value_or(clock);
    }
}

}  // namespace hotline::ticketing::effects
