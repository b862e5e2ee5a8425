#include "ticketing/lifecycle/effects.hpp"

#include "ticketing/lifecycle/ticket_clocks.hpp"
#include "ticketing/text.hpp"

#include <algorithm>

namespace hotline::ticketing::effects {
namespace {

using sla::ClockKind;

// T6: sign-for, first-contact, feedback and handling all count from dispatch, never from sign-for,
// so that leaving a ticket unsigned gains nothing.
void start_unit_clocks(Ticket& ticket, const Surroundings& s) {
    for (const ClockKind kind :
         {ClockKind::sign_for,
          ClockKind::return_window,
          ClockKind::first_contact,
          ClockKind::feedback,
          ClockKind::handle}) {
        start_clock(ticket, kind, s);
    }
}

// T10: the time a wrong unit used is not charged to the next one: its clocks end without a verdict.
void cancel_unit_clocks(Ticket& ticket, Instant at) {
    for (const ClockKind kind :
         {ClockKind::sign_for,
          ClockKind::return_window,
          ClockKind::first_contact,
          ClockKind::feedback,
          ClockKind::handle,
          ClockKind::co_unit,
          ClockKind::supervision}) {
        cancel_clock(ticket, kind, at);
    }
}

// T14: one clock for all that are asked; it ends before the lead's. Who is asked after it ran out
// has a limit again.
void ask_co_units(Ticket& ticket, const Surroundings& s) {
    const sla::Clock* asked = open_clock(ticket, ClockKind::co_unit);
    if (asked != nullptr && s.now <= asked->due_at) return;
    stop_clock(ticket, ClockKind::co_unit, s.now);
    const sla::Clock* lead = open_clock(ticket, ClockKind::handle);
    const sla::Policy& policy = policy_for(ticket, ClockKind::co_unit, s);
    const auto limit = sla::limit_for(
        policy, grading(ticket), ClockKind::co_unit, sla::Round::first, s.now, s.calendar
    );
    if (lead == nullptr || !limit || lead->due_at <= s.now) return;
    if (sla::due_after(*limit, s.now, s.calendar).at < lead->due_at) {
        start_clock(ticket, ClockKind::co_unit, s);
        return;
    }
    const auto half = std::chrono::duration_cast<std::chrono::minutes>(lead->due_at - s.now) / 2;
    const auto minutes = sla::natural_minutes(static_cast<std::int32_t>(half.count()));
    start_clock(ticket, ClockKind::co_unit, minutes, s);
}

void close(Ticket& ticket, ClosedAs how, const Surroundings& s) {
    stop_clock(ticket, ClockKind::callback, s.now);
    cancel_all_clocks(ticket, s.now);
    ticket.closed_at = s.now;
    ticket.closed_as = how;
    // T31
    start_clock(ticket, ClockKind::archive, sla::natural_hours(24 * s.policy.archive_days), s);
}

void record_survey(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ticket.callback_attempts.push_back({s.now, true});
    ticket.survey = Survey{
        .solved = *request.solved,
        .satisfaction = *request.satisfaction,
        .way = request.actor.role == Role::enterprise ? "web" : "phone",
        .reason = request.reason,
        .at = s.now,
    };
}

// A new round at the unit: the result so far is void, a shorter limit runs.
void begin_round(Ticket& ticket, const Surroundings& s) {
    ++ticket.round;
    ticket.submitted_at.reset();
    ticket.reviewed_at.reset();
    ticket.closed_at.reset();
    ticket.closed_as.reset();
    ticket.callback_attempts.clear();
    ticket.extension_pending = false;
    cancel_clock(ticket, ClockKind::archive, s.now);
    start_clock(ticket, ClockKind::handle, s);
}

// A day somebody chose: until its offices close, in whole minutes. Where they stay closed the next
// working day counts.
sla::Limit until_end_of(sla::LocalDay day, const Surroundings& s) {
    if (!s.calendar.is_workday(day)) day = s.calendar.add_workdays(day, 1).day;
    const auto wait = std::chrono::ceil<std::chrono::minutes>(s.calendar.closing(day) - s.now);
    return sla::natural_minutes(static_cast<std::int32_t>(wait.count()));
}

// T17: an extension is asked in working days; where the limit counts otherwise, in its own unit.
sla::Clock extended(const sla::Clock& clock, const Ticket& ticket, const Surroundings& s) {
    sla::Limit granted = sla::working_days(ticket.extension_days_asked);
    if (clock.limit.unit == sla::LimitUnit::natural_minutes) {
        granted = sla::natural_hours(24 * ticket.extension_days_asked);
    } else if (clock.limit.unit == sla::LimitUnit::working_minutes) {
        granted = sla::working_hours(7 * ticket.extension_days_asked);
    }
    const sla::Calendar& calendar = calendar_for(ticket, clock.kind, s);
    const auto longer = sla::extend(clock, granted, s.now, calendar);
    if (!longer) return clock;
    const sla::Policy& policy = policy_for(ticket, clock.kind, s);
    return sla::with_warning(*longer, policy, grading(ticket), calendar, round_of(ticket));
}

void hand_to(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ticket.lead_unit = request.unit;
    ticket.official = request.official;
    ticket.co_units = request.co_units;
    ticket.co_answered.clear();
    if (!request.route_trace.empty()) ticket.route_trace = request.route_trace;
    ++ticket.dispatch_count;
    ticket.dispatched_at = s.now;
    ticket.signed_at.reset();
    ticket.first_contact_at.reset();
    stop_clock(ticket, ClockKind::dispatch, s.now);
    start_unit_clocks(ticket, s);
    if (!ticket.co_units.empty()) ask_co_units(ticket, s);
}

}  // namespace

void none(Ticket&, const ActRequest&, const Surroundings&) {}

void complete(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ticket.content = request.content;
    ticket.title =
        request.title.empty() ? std::string(first_characters(request.content, 40)) : request.title;
    regrade(ticket, request, s);
    ticket.needs_entry = false;
    stop_clock(ticket, ClockKind::entry, s.now);
    start_clock(ticket, ClockKind::dispatch, s);
}

void decline(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ticket.decline_reason = request.reason_code;
    ticket.result_text = request.reason;
    stop_clock(ticket, ClockKind::dispatch, s.now);
    cancel_all_clocks(ticket, s.now);
    ticket.closed_at = s.now;
}

void close_on_call(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ticket.outcome = Outcome::explained;
    ticket.result_text = request.result_text;
    if (request.solved && request.satisfaction) record_survey(ticket, request, s);
    stop_clock(ticket, ClockKind::dispatch, s.now);
    close(ticket, ClosedAs::immediate, s);
}

void merge(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ticket.parent = request.parent;
    cancel_all_clocks(ticket, s.now);
    ticket.closed_at = s.now;
}

// T5: it waits for a unit as if it had just come in; the unit of before may have changed.
void unmerge(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    ticket.parent = {};
    ticket.lead_unit = {};
    ticket.official = {};
    ticket.co_units.clear();
    ticket.co_answered.clear();
    ticket.dispatched_at.reset();
    ticket.closed_at.reset();
    start_clock(ticket, ClockKind::dispatch, s);
}

void dispatch(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    hand_to(ticket, request, s);
}

void designate(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ticket.pending_return.reset();
    cancel_unit_clocks(ticket, s.now);
    stop_clock(ticket, ClockKind::ruling, s.now);
    ticket.designated = true;
    hand_to(ticket, request, s);
    cancel_clock(ticket, ClockKind::return_window, s.now);
}

void sign_for(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ticket.signed_at = s.now;
    if (!ticket.official && request.actor.official) ticket.official = request.actor.official;
    stop_clock(ticket, ClockKind::sign_for, s.now);
}

void ask_return(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ++ticket.return_count;
    ticket.pending_return =
        PendingReturn{request.reason_code, request.basis, request.suggested_unit};
    start_clock(ticket, ClockKind::ruling, s);
}

void approve_return(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    ticket.pending_return.reset();
    ticket.refused_units.push_back(ticket.lead_unit);
    ticket.lead_unit = {};
    ticket.official = {};
    ticket.co_units.clear();
    ticket.co_answered.clear();
    cancel_unit_clocks(ticket, s.now);
    stop_clock(ticket, ClockKind::ruling, s.now);
    start_clock(ticket, ClockKind::dispatch, s);
}

void refuse_return(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    ticket.pending_return.reset();
    if (!ticket.signed_at) ticket.signed_at = s.now;
    stop_clock(ticket, ClockKind::sign_for, s.now);
    cancel_clock(ticket, ClockKind::return_window, s.now);
    stop_clock(ticket, ClockKind::ruling, s.now);
}

void reassign(Ticket& ticket, const ActRequest& request, const Surroundings&) {
    ticket.official = request.official;
}

void add_co_unit(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ticket.co_units.push_back(request.unit);
    ticket.complexity = Complexity::complex;
    ask_co_units(ticket, s);
}

void answer_co_unit(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ticket.co_answered.push_back(*asked_co_unit(ticket, request.actor, s.directory));
    const bool all = ticket.co_answered.size() == ticket.co_units.size();
    if (all) stop_clock(ticket, ClockKind::co_unit, s.now);
}

void first_contact(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    ticket.first_contact_at = s.now;
    stop_clock(ticket, ClockKind::first_contact, s.now);
}

void ask_extension(Ticket& ticket, const ActRequest& request, const Surroundings&) {
    ticket.extension_pending = true;
    ticket.extension_days_asked = request.extension_days;
}

void approve_extension(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    if (sla::Clock* clock = open_clock(ticket, ClockKind::handle)) {
        *clock = extended(*clock, ticket, s);
    }
    ticket.extension_pending = false;
    ticket.extension_days += ticket.extension_days_asked;
    ++ticket.extension_count;
}

void refuse_extension(Ticket& ticket, const ActRequest&, const Surroundings&) {
    ticket.extension_pending = false;
    ticket.extension_days_asked = 0;
}

// T18. Asked again for a parked ticket it only sets the next date to look at the cause.
void suspend(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    if (!ticket.suspended_at) {
        ticket.suspended_at = s.now;
        ++ticket.suspend_count;
        ticket.extension_pending = false;
        cancel_clock(ticket, ClockKind::return_window, s.now);
        pause_unit_clocks(ticket, s.now);
    }
    ticket.suspend_reason = request.reason_code;
    stop_clock(ticket, ClockKind::suspension, s.now);
    start_clock(ticket, ClockKind::suspension, until_end_of(*request.review_on, s), s);
}

void resume(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    stop_clock(ticket, ClockKind::suspension, s.now);
    resume_unit_clocks(ticket, s);
    ticket.suspended_at.reset();
    ticket.suspend_reason.clear();
}

void submit_result(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ticket.submitted_at = s.now;
    ticket.outcome = request.outcome;
    ticket.result_text = request.result_text;
    ticket.result_basis = request.basis;
    ticket.told_at = request.told_at;
    ticket.extension_pending = false;  // an open request lapses with the result
    for (const ClockKind kind :
         {ClockKind::feedback,
          ClockKind::first_contact,
          ClockKind::handle,
          ClockKind::co_unit,
          ClockKind::supervision}) {
        stop_clock(ticket, kind, s.now);
    }
    cancel_clock(ticket, ClockKind::return_window, s.now);
    start_clock(ticket, ClockKind::review, s);
}

void review_fail(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    stop_clock(ticket, ClockKind::review, s.now);
    ++ticket.review_return_count;
    begin_round(ticket, s);
}

void review_pass(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    ticket.reviewed_at = s.now;
    stop_clock(ticket, ClockKind::review, s.now);
    start_clock(ticket, ClockKind::callback, s);
}

void close_without_survey(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    ticket.reviewed_at = s.now;
    stop_clock(ticket, ClockKind::review, s.now);
    close(ticket, ClosedAs::no_contact, s);
}

void callback_missed(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    ticket.callback_attempts.push_back({s.now, false});
}

void close_unreached(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    callback_missed(ticket, request, s);
    close(ticket, ClosedAs::no_survey, s);
}

void close_surveyed(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    record_survey(ticket, request, s);
    close(ticket, ClosedAs::surveyed, s);
}

void redo(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    record_survey(ticket, request, s);
    stop_clock(ticket, ClockKind::callback, s.now);
    ++ticket.redo_count;
    begin_round(ticket, s);
}

void redo_as_hard_case(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    redo(ticket, request, s);
    hard_case(ticket, request, s);
    if (ticket.supervise_level < 3) ticket.supervise_level = 3;
}

void close_unreasonable(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    record_survey(ticket, request, s);
    close(ticket, ClosedAs::unreasonable, s);
}

void urge(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    ++ticket.urge_count;
    ticket.urged_at = s.now;
}

// T28: the sheet wants a reply of the unit that has the ticket; where the centre has it there is
// nobody to answer.
void supervise(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ticket.supervise_level = request.level;
    const bool with_unit = ticket.state == State::dispatched || ticket.state == State::handling ||
                           ticket.state == State::suspended;
    if (!with_unit) return;
    if (request.answer_by) {
        start_clock(ticket, ClockKind::supervision, until_end_of(*request.answer_by, s), s);
    } else {
        start_clock(ticket, ClockKind::supervision, s);
    }
}

void answer_supervision(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    stop_clock(ticket, ClockKind::supervision, s.now);
}

void withdraw(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    ticket.pending_return.reset();  // nobody has to rule on it any more
    ticket.extension_pending = false;
    ticket.suspended_at.reset();
    ticket.suspend_reason.clear();
    cancel_all_clocks(ticket, s.now);
    ticket.closed_at = s.now;
}

void reopen(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    ++ticket.redo_count;
    begin_round(ticket, s);
}

void hard_case(Ticket& ticket, const ActRequest&, const Surroundings&) {
    ticket.hard_case = true;
    ticket.complexity = Complexity::complex;
}

void regrade(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    const bool limits_change = (request.type && *request.type != ticket.type) ||
                               (request.urgency && *request.urgency != ticket.urgency);
    if (request.type) ticket.type = *request.type;
    if (request.urgency) ticket.urgency = *request.urgency;
    if (!request.topic.empty()) {
        ticket.topic = request.topic;
        ticket.category = request.category;
    }
    if (request.division) ticket.division = *request.division;
    if (!request.title.empty()) ticket.title = request.title;
    if (limits_change && ticket.state == State::dispatched && ticket.dispatched_at) {
        // The limits of the right grading, but counted from the dispatch that has been.
        Surroundings then = s;
        then.now = *ticket.dispatched_at;
        start_unit_clocks(ticket, then);
    }
}

void archive(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    stop_clock(ticket, ClockKind::archive, s.now);
}

void yellow_card(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    if (sla::Clock* clock = open_clock(ticket, request.clock)) clock->warned_at = s.now;
}

// S17: L3 and L4 are the supervision's levels 3 and 4.
void escalate(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    sla::Clock* clock = open_clock(ticket, request.clock);
    if (clock == nullptr) return;
    const auto step = static_cast<sla::AlarmStep>(clock->escalate_to);
    ticket.supervise_level = std::max(ticket.supervise_level, static_cast<int>(step));
    const sla::Policy& policy = policy_for(ticket, clock->kind, s);
    *clock = sla::with_next_step(*clock, policy, calendar_for(ticket, clock->kind, s), step);
}

void overdue(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    sla::Clock* clock = open_clock(ticket, request.clock);
    if (clock == nullptr) return;
    if (auto fired = sla::fire(*clock, s.now)) {
        const sla::Calendar& calendar = calendar_for(ticket, clock->kind, s);
        const sla::Policy& policy = policy_for(ticket, clock->kind, s);
        *clock = sla::with_next_step(std::move(*fired), policy, calendar, sla::AlarmStep::red);
    }
    // L2 督办 comes with the red card.
    if (request.clock == ClockKind::handle && ticket.supervise_level < 2)
        ticket.supervise_level = 2;
}

}  // namespace hotline::ticketing::effects
