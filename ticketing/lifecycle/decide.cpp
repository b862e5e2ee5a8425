#include "ticketing/lifecycle/decide.hpp"

#include "ticketing/lifecycle/changes.hpp"
#include "ticketing/lifecycle/mediators.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"
#include "ticketing/lifecycle/transition_table.hpp"
#include "ticketing/permissions.hpp"

#include <algorithm>
#include <array>

namespace hotline::ticketing {
namespace {

// The watcher's acts, the dead letters' and those of a job are nobody's buttons.
constexpr std::array<Act, 9> not_on_screens{
    Act::sign_overdue,
    Act::yellow_card,
    Act::red_card,
    Act::clock_overdue,
    Act::escalate,
    Act::archive,
    Act::requeue,
    Act::complete,
    Act::recompute
};

// Guards that look only at what the person is about to fill in; they cannot forbid offering the
// act.
constexpr std::array<std::string_view, 36> about_the_form{
    "has_reason",
    "decline_reason_known",
    "return_reason_known",
    "suspend_reason_known",
    "review_date_fits",
    "answer_date_fits",
    "has_basis",
    "has_answer",
    "has_outcome",
    "told_in_time",
    "has_contact_log",
    "has_survey",
    "level_rises",
    "parent_fits",
    "article_in_force",
    "something_to_put_right",
    "official_belongs",
    "official_inside_unit",
    "co_unit_fits",
    "unit_can_take",
    "unreached_still_tries",
    "unreached_for_good",
    "reached_content",
    "reached_discontent",
    "reached_unreasonable",
    "redo_left",
    "meeting_fits",
    "milestone_waits",
    "plan_fits",
    "parties_agree",
    "mediation_outcome_fits",
    "agreement_kept_by",
    "file_is_internal",
    "answers_for_ticket",
    "has_file",
    "room_for_file",
};

bool is_about_the_form(const Guard& guard) {
    return std::ranges::find(about_the_form, guard.name) != about_the_form.end();
}

bool holds(const Guard& guard, const GuardInput& in) {
    return guard.holds == nullptr || guard.holds(in);
}

const Guard* first_refusal(const Transition& row, const GuardInput& in) {
    for (const Guard& guard : row.guards) {
        if (!holds(guard, in)) return &guard;
    }
    return nullptr;
}

// A4: a remark is everybody's who sees the ticket, and so is a file (T35 says whose may reach the
// appellant); an opinion is the helpers', a milestone and a mediation theirs who have them; the
// rest is for those who answer for it.
bool in_charge(const GuardInput& in) {
    const Actor& actor = in.request.actor;
    const Directory& directory = in.surroundings.directory;
    switch (in.request.act) {
        case Act::note:
        case Act::attach:
        case Act::answer_co_unit:
            return true;
        case Act::conclude_mediation:
            return actor.role == Role::supervisor ||
                   speaks_for(actor, mediating_unit(in.ticket), directory);
        case Act::meet_milestone:
            if (std::ranges::any_of(in.ticket.milestones, [&](const Milestone& milestone) {
                    return speaks_for(actor, milestone.unit, directory);
                })) {
                return true;
            }
            break;
        default:
            break;
    }
    return answers_for(actor, in.ticket, directory);
}

// The row that applies, or why none does.
Result<const Transition*> find_row(const GuardInput& in) {
    bool state_fits = false;
    const Guard* unmet = nullptr;  // what would have made a row of this role the one
    for (const Transition& row : transitions()) {
        if (row.act != in.request.act || !row.from.has(in.ticket.state)) continue;
        state_fits = true;
        if (!row.roles.has(in.request.actor.role) || !in_charge(in)) continue;
        if (holds(row.when, in)) return &row;
        unmet = &row.when;
    }
    if (unmet) return fail(ErrorCode::guard_failed, std::string(unmet->name));
    if (state_fits) return fail(ErrorCode::forbidden, std::string(name(in.request.act)));
    return fail(ErrorCode::not_allowed_in_state, "state:" + std::string(name(in.ticket.state)));
}

Event event_of(const Ticket& before, const Ticket& after, const ActRequest& request, Instant now) {
    Event event;
    event.ticket = after.id;
    event.act = request.act;
    event.role = request.actor.role;
    event.user = request.actor.user;
    event.actor_name = request.actor.name;
    event.unit = request.actor.unit;
    event.at = now;
    event.from = before.state;
    event.to = after.state;
    event.reason = request.reason;
    event.changes = request.file ? change_of_file(*request.file) : changes_between(before, after);
    return event;
}

// What the log says in words besides the changed fields.
std::string spoken_reason(const ActRequest& request) {
    if (request.act == Act::first_contact)
        return request.contact_way + ": " + request.contact_result;
    if (request.act == Act::return_ticket || request.act == Act::suspend) {
        return request.reason.empty() ? request.basis : request.reason + "\n" + request.basis;
    }
    if (request.act == Act::answer_co_unit || request.act == Act::answer_supervision ||
        request.act == Act::meet_milestone || request.act == Act::conclude_mediation) {
        return request.result_text;
    }
    if (request.act == Act::plan_hard_case) return request.meeting->conclusion;
    if (!request.clock_act()) return request.reason;
    return std::string(name(request.clock));
}

bool may_offer(const Transition& row, const GuardInput& in) {
    if (!row.roles.has(in.request.actor.role) || !row.from.has(in.ticket.state)) return false;
    if (!in_charge(in) || !(is_about_the_form(row.when) || holds(row.when, in))) return false;
    return std::ranges::all_of(row.guards, [&](const Guard& guard) {
        return is_about_the_form(guard) || holds(guard, in);
    });
}

}  // namespace

Result<Decision> decide(
    const Ticket& ticket, const ActRequest& request, const Surroundings& surroundings
) {
    const GuardInput in{ticket, request, surroundings};
    const auto row = find_row(in);
    if (!row) return std::unexpected(row.error());
    if (const Guard* refusal = first_refusal(**row, in)) {
        return fail(ErrorCode::guard_failed, std::string(refusal->name));
    }
    Decision decision{ticket, {}, (*row)->rule};
    Ticket& after = decision.after;
    if ((*row)->to) after.state = *(*row)->to;
    (*row)->effect(after, request, surroundings);
    ++after.version;
    decision.event = event_of(ticket, after, request, surroundings.now);
    decision.event.reason = spoken_reason(request);
    decision.event.internal = (*row)->internal;
    return decision;
}

std::vector<Act> allowed_acts(
    const Ticket& ticket, const Actor& actor, const Surroundings& surroundings
) {
    std::vector<Act> acts;
    for (const Transition& row : transitions()) {
        const bool listed = !acts.empty() && std::ranges::find(acts, row.act) != acts.end();
        if (listed || std::ranges::find(not_on_screens, row.act) != not_on_screens.end()) continue;
        ActRequest probe;
        probe.act = row.act;
        probe.actor = actor;
        probe.extension_days = 1;
        probe.content = ticket.content;
        if (row.act == Act::attach) probe.file = FileToAttach{.audience = Audience::staff};
        if (may_offer(row, {ticket, probe, surroundings})) acts.push_back(row.act);
    }
    return acts;
}

Decision open_ticket(Ticket ticket, const Actor& actor, const Surroundings& surroundings) {
    ActRequest request;
    request.act = Act::create;
    request.actor = actor;
    Ticket nothing;
    nothing.state = State::draft;
    ticket.state = State::accepted;
    ticket.version = 1;
    ticket.accepted_at = surroundings.now;
    start_clock(
        ticket, ticket.needs_entry ? sla::ClockKind::entry : sla::ClockKind::dispatch, surroundings
    );
    Decision decision{std::move(ticket), {}, "T1"};
    decision.event = event_of(nothing, decision.after, request, surroundings.now);
    return decision;
}

}  // namespace hotline::ticketing
