#include "ticketing/lifecycle/effects.hpp"

#include "ticketing/intake.hpp"
#include "ticketing/lifecycle/effect_parts.hpp"
#include "ticketing/lifecycle/mediators.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

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

void close(Ticket& ticket, ClosedAs how, const Surroundings& s) {
    stop_clock(ticket, ClockKind::callback, s.now);
    cancel_all_clocks(ticket, s.now);
    ticket.closed_at = s.now;
    ticket.closed_as = how;
    // T31
    start_clock(ticket, ClockKind::archive, sla::natural_hours(24 * s.policy.archive_days), s);
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
    const auto longer = sla::extend(clock, granted, s.now, calendar).value_or(clock);
    const sla::Policy& policy = policy_for(ticket, clock.kind, s);
    return sla::with_warning(longer, policy, grading(ticket), calendar, round_of(ticket));
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

void cancel_unit_clocks(Ticket& ticket, Instant at) {
    cancel_milestones(ticket, at);  // a plan is the unit's that leads
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

void none(Ticket&, const ActRequest&, const Surroundings&) {}

void complete(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ticket.content = request.content;
    ticket.title = request.title.empty() ? title_from(request.content) : request.title;
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
    ticket.article = request.article;
    ticket.article_version = request.article ? request.article_version : 0;
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

void first_contact(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    ticket.first_contact_at = s.now;
    stop_clock(ticket, ClockKind::first_contact, s.now);
}

void ask_extension(Ticket& ticket, const ActRequest& request, const Surroundings&) {
    ticket.extension_pending = true;
    ticket.extension_days_asked = request.extension_days;
}

void approve_extension(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    sla::Clock& clock = *open_clock(ticket, ClockKind::handle);  // extension_in_time
    clock = extended(clock, ticket, s);
    ticket.extension_pending = false;
    ticket.extension_days += ticket.extension_days_asked;
    ++ticket.extension_count;
}

void refuse_extension(Ticket& ticket, const ActRequest&, const Surroundings&) {
    ticket.extension_pending = false;
    ticket.extension_days_asked = 0;
}

void submit_result(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    ticket.submitted_at = s.now;
    ticket.outcome = request.outcome;
    ticket.result_text = request.result_text;
    ticket.result_basis = request.basis;
    if (request.basis.empty()) ticket.result_basis = agreement_text(ticket);
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

void close_unreasonable(Ticket& ticket, const ActRequest& request, const Surroundings& s) {
    record_survey(ticket, request, s);
    close(ticket, ClosedAs::unreasonable, s);
}

void withdraw(Ticket& ticket, const ActRequest&, const Surroundings& s) {
    ticket.pending_return.reset();  // nobody has to rule on it any more
    ticket.extension_pending = false;
    ticket.suspended_at.reset();
    ticket.suspend_reason.clear();
    if (!ticket.mediations.empty() && !ticket.mediations.back().ended_at) {
        ticket.mediations.back().ended_at = s.now;
    }
    cancel_all_clocks(ticket, s.now);
    ticket.closed_at = s.now;
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

}  // namespace hotline::ticketing::effects
