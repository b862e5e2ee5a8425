#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <algorithm>

namespace hotline::ticketing {
namespace {

std::uint16_t generations(const Ticket& ticket, sla::ClockKind kind) {
    return static_cast<std::uint16_t>(std::ranges::count(ticket.clocks, kind, &sla::Clock::kind));
}

void add(Ticket& ticket, sla::Clock clock) {
    clock.generation = static_cast<std::uint16_t>(generations(ticket, clock.kind) + 1);
    ticket.clocks.push_back(std::move(clock));
}

bool is_the_units(sla::ClockKind kind) {
    using enum sla::ClockKind;
    return kind == sign_for || kind == return_window || kind == first_contact || kind == feedback ||
           kind == handle || kind == co_unit || kind == supervision || kind == milestone;
}

}  // namespace

const sla::Clock* open_clock(
    const Ticket& ticket, sla::ClockKind kind, std::optional<std::uint16_t> generation
) {
    const auto found = std::ranges::find_if(ticket.clocks, [&](const sla::Clock& clock) {
        return clock.kind == kind && sla::is_open(clock) &&
               clock.generation == generation.value_or(clock.generation);
    });
    return found == ticket.clocks.end() ? nullptr : &*found;
}

sla::Clock* open_clock(
    Ticket& ticket, sla::ClockKind kind, std::optional<std::uint16_t> generation
) {
    return const_cast<sla::Clock*>(open_clock(std::as_const(ticket), kind, generation));
}

sla::Grading grading(const Ticket& ticket) {
    return {ticket.type, ticket.urgency, ticket.complexity};
}

sla::Round round_of(const Ticket& ticket) {
    return ticket.round > 1 ? sla::Round::redo : sla::Round::first;
}

sla::Round limits_for(const Ticket& ticket, sla::ClockKind kind, const sla::Policy& policy) {
    const sla::Round round = round_of(ticket);
    const bool named = sla::find_row(policy, grading(ticket), kind, round) != nullptr;
    return named ? round : sla::Round::first;
}

const sla::Calendar& calendar_for(
    const Ticket& ticket, sla::ClockKind kind, const Surroundings& surroundings
) {
    if (kind == sla::ClockKind::mediation) {
        return surroundings.calendar_of(ticket.mediations.back().unit);
    }
    return is_the_units(kind) ? surroundings.calendar_of(ticket.lead_unit) : surroundings.calendar;
}

const sla::Policy& policy_for(
    const Ticket& ticket, sla::ClockKind kind, const Surroundings& surroundings
) {
    // Whether there may be one is asked before any unit mediates: then everybody's limit holds.
    if (kind == sla::ClockKind::mediation && !ticket.mediations.empty()) {
        return surroundings.policy_of(ticket.mediations.back().unit);
    }
    return is_the_units(kind) ? surroundings.policy_of(ticket.lead_unit) : surroundings.policy;
}

const sla::Calendar& calendar_for(
    const Ticket& ticket, const sla::Clock& clock, const Surroundings& surroundings
) {
    if (clock.kind != sla::ClockKind::milestone) {
        return calendar_for(ticket, clock.kind, surroundings);
    }
    return surroundings.calendar_of(ticket.milestones[clock.generation - 1U].unit);
}

const sla::Policy& policy_for(
    const Ticket& ticket, const sla::Clock& clock, const Surroundings& surroundings
) {
    if (clock.kind != sla::ClockKind::milestone) {
        return policy_for(ticket, clock.kind, surroundings);
    }
    return surroundings.policy_of(ticket.milestones[clock.generation - 1U].unit);
}

std::optional<sla::Limit> limit_of(
    const Ticket& ticket, sla::ClockKind kind, Instant from, const Surroundings& surroundings
) {
    const sla::Policy& policy = policy_for(ticket, kind, surroundings);
    const sla::Round round = limits_for(ticket, kind, policy);
    return sla::limit_for(policy, grading(ticket), kind, round, from, surroundings.calendar);
}

void start_clock(Ticket& ticket, sla::ClockKind kind, const Surroundings& surroundings) {
    cancel_clock(ticket, kind, surroundings.now);
    const sla::Calendar& calendar = calendar_for(ticket, kind, surroundings);
    const sla::Policy& policy = policy_for(ticket, kind, surroundings);
    auto clock = sla::start_by_policy(
        policy, grading(ticket), kind, surroundings.now, calendar, limits_for(ticket, kind, policy)
    );
    if (clock) add(ticket, std::move(*clock));
}

void start_clock(
    Ticket& ticket, sla::ClockKind kind, sla::Limit limit, const Surroundings& surroundings
) {
    cancel_clock(ticket, kind, surroundings.now);
    const sla::Calendar& calendar = calendar_for(ticket, kind, surroundings);
    sla::Clock clock = sla::start(kind, limit, surroundings.now, calendar);
    clock.policy_version = surroundings.policy.version;
    add(ticket, std::move(clock));
}

void start_milestone_clock(Ticket& ticket, const Surroundings& surroundings) {
    constexpr auto kind = sla::ClockKind::milestone;
    const Milestone& milestone = ticket.milestones.back();
    const sla::Calendar& calendar = surroundings.calendar_of(milestone.unit);
    const sla::LocalDay today = sla::local_day(surroundings.now);
    // Where its offices stay closed that day, the next working day counts.
    const sla::LocalDay last = milestone.due_on - std::chrono::days{1};
    const auto days = 1 + calendar.workdays_between(today, last);
    const auto limit = sla::working_days(static_cast<std::int32_t>(days));
    sla::Clock clock = sla::start(kind, limit, surroundings.now, calendar);
    clock.policy_version = surroundings.policy.version;
    const sla::Policy& policy = surroundings.policy_of(milestone.unit);
    const sla::Round round = limits_for(ticket, kind, policy);
    add(ticket, sla::with_warning(std::move(clock), policy, grading(ticket), calendar, round));
}

void pause_unit_clocks(Ticket& ticket, Instant at) {
    for (sla::Clock& clock : ticket.clocks) {
        if (!is_the_units(clock.kind)) continue;
        if (auto parked = sla::pause(clock, at)) clock = std::move(*parked);
    }
}

void resume_unit_clocks(Ticket& ticket, const Surroundings& surroundings) {
    for (sla::Clock& clock : ticket.clocks) {
        const sla::Calendar& calendar = calendar_for(ticket, clock, surroundings);
        const sla::Policy& policy = policy_for(ticket, clock, surroundings);
        auto running = sla::resume(clock, surroundings.now, calendar);
        if (!running) continue;
        const sla::Round round = limits_for(ticket, clock.kind, policy);
        clock = sla::with_warning(std::move(*running), policy, grading(ticket), calendar, round);
        // What it was parked for does not bring the next step of the ladder nearer.
        const sla::Pause& parked = clock.pauses.back();
        if (clock.escalate_at) *clock.escalate_at += *parked.until - parked.from;
    }
}

void stop_clock(Ticket& ticket, sla::ClockKind kind, Instant at) {
    sla::Clock* clock = open_clock(ticket, kind);
    if (clock == nullptr) return;
    *clock = sla::stop(*clock, at).value_or(*clock);
}

void cancel_clock(Ticket& ticket, sla::ClockKind kind, Instant at) {
    sla::Clock* clock = open_clock(ticket, kind);
    if (clock == nullptr) return;
    *clock = sla::cancel(*clock, at).value_or(*clock);
}

void cancel_all_clocks(Ticket& ticket, Instant at) {
    cancel_milestones(ticket, at);
    for (sla::Clock& clock : ticket.clocks) {
        clock = sla::cancel(clock, at).value_or(clock);  // what is over stays as it is
    }
}

void cancel_milestones(Ticket& ticket, Instant at) {
    for (Milestone& milestone : ticket.milestones) {
        if (milestone.state != MilestoneState::open) continue;
        milestone.state = MilestoneState::cancelled;
        milestone.ended_at = at;
    }
    for (sla::Clock& clock : ticket.clocks) {
        if (clock.kind != sla::ClockKind::milestone) continue;
        if (auto cancelled = sla::cancel(clock, at)) clock = std::move(*cancelled);
    }
}

std::optional<UnitId> asked_co_unit(
    const Ticket& ticket, const Actor& actor, const Directory& directory
) {
    for (const UnitId unit : ticket.co_units) {
        const auto& heard = ticket.co_answered;
        const bool waits = std::ranges::find(heard, unit) == heard.end();
        if (waits && directory.within(unit, actor.unit)) return unit;
    }
    return std::nullopt;
}

const sla::Clock* handling_clock(const Ticket& ticket) {
    for (auto clock = ticket.clocks.rbegin(); clock != ticket.clocks.rend(); ++clock) {
        const bool counts =
            clock->kind == sla::ClockKind::handle && clock->state != sla::ClockState::cancelled;
        if (counts) return &*clock;
    }
    return nullptr;
}

std::optional<Instant> handling_due(const Ticket& ticket) {
    const sla::Clock* clock = handling_clock(ticket);
    return clock != nullptr ? std::optional(clock->due_at) : std::nullopt;
}

const sla::Clock* next_clock(const Ticket& ticket) {
    const sla::Clock* next = nullptr;
    for (const sla::Clock& clock : ticket.clocks) {
        // The return window is an opportunity and the archive is no deed: nobody is late. A parked
        // clock waits for another one, that of the next look at the cause.
        const bool nobodys =
            clock.kind == sla::ClockKind::return_window || clock.kind == sla::ClockKind::archive;
        if (nobodys || !sla::is_open(clock) || clock.state == sla::ClockState::paused) continue;
        if (next == nullptr || clock.due_at < next->due_at) next = &clock;
    }
    return next;
}

std::optional<Instant> next_alarm_at(const Ticket& ticket, Instant after) {
    std::optional<Instant> next;
    for (const sla::Clock& clock : ticket.clocks) {
        const auto at = sla::next_alarm_at(clock);
        if (at && *at > after && (!next || *at < *next)) next = at;
    }
    return next;
}

}  // namespace hotline::ticketing
