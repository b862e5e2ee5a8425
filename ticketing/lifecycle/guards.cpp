#include "ticketing/lifecycle/guards.hpp"

#include "sla/local_time.hpp"
#include "ticketing/lifecycle/rules.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"
#include "ticketing/lifecycle/urging.hpp"
#include "ticketing/permissions.hpp"
#include "ticketing/reasons.hpp"
#include "ticketing/text.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace hotline::ticketing::guards {
namespace {

const Unit* active_unit(const GuardInput& in, UnitId id) {
    const Unit* unit = in.surroundings.directory.unit(id);
    return unit != nullptr && unit->active ? unit : nullptr;
}

bool official_serves(const GuardInput& in, OfficialId id, UnitId root) {
    const Official* official = in.surroundings.directory.official(id);
    return official != nullptr && official->active &&
           in.surroundings.directory.within(official->unit, root);
}

// The different local days on which calls were tried, the one at `now` included.
std::size_t callback_days_with(const GuardInput& in) {
    std::set<sla::LocalDay> days{sla::local_day(in.surroundings.now)};
    for (const CallbackAttempt& attempt : in.ticket.callback_attempts) {
        days.insert(sla::local_day(attempt.at));
    }
    return days.size();
}

bool survey_is_content(const GuardInput& in) {
    return in.request.satisfaction &&
           *in.request.satisfaction >= Satisfaction::basically_satisfied && in.request.solved &&
           (*in.request.solved != Solved::no || in.ticket.outcome == Outcome::explained);
}

bool was_reached(const GuardInput& in) {
    return in.request.reached.value_or(true);
}

// From tomorrow on, so many days at most.
bool within_days(const GuardInput& in, sla::LocalDay day, int most) {
    const auto away = (day - sla::local_day(in.surroundings.now)).count();
    return away > 0 && away <= most;
}

// T14, A5: helpers are other units at work, and never the one complained of.
bool co_units_fit(const GuardInput& in) {
    const auto& units = in.request.co_units;
    return units.size() <= rules::co_unit_limit && std::ranges::all_of(units, [&](UnitId id) {
               const bool complained_about =
                   in.ticket.complained_unit &&
                   in.surroundings.directory.within(id, in.ticket.complained_unit);
               return active_unit(in, id) != nullptr && id != in.request.unit && !complained_about;
           });
}

}  // namespace

bool has_reason(const GuardInput& in) {
    return characters(in.request.reason) >= 2;
}

bool decline_reason_known(const GuardInput& in) {
    return find_reason(decline_reasons, in.request.reason_code) != nullptr;
}

bool return_reason_known(const GuardInput& in) {
    return find_reason(return_reasons, in.request.reason_code) != nullptr;
}

bool suspend_reason_known(const GuardInput& in) {
    return find_reason(suspend_reasons, in.request.reason_code) != nullptr;
}

bool review_date_fits(const GuardInput& in) {
    return in.request.review_on && within_days(in, *in.request.review_on, rules::suspension_days);
}

bool answer_date_fits(const GuardInput& in) {
    return !in.request.answer_by || within_days(in, *in.request.answer_by, rules::supervision_days);
}

bool supervision_waits(const GuardInput& in) {
    return open_clock(in.ticket, sla::ClockKind::supervision) != nullptr;
}

bool co_unit_waits(const GuardInput& in) {
    return asked_co_unit(in.ticket, in.request.actor, in.surroundings.directory).has_value();
}

// T14: or they let their time run out; the lead does not wait for ever.
bool co_units_answered(const GuardInput& in) {
    const sla::Clock* waiting = open_clock(in.ticket, sla::ClockKind::co_unit);
    return waiting == nullptr || in.surroundings.now > waiting->due_at;
}

bool has_basis(const GuardInput& in) {
    return characters(in.request.basis) >= 2;
}

bool has_content(const GuardInput& in) {
    const bool open_to_entry = in.ticket.state == State::draft || in.ticket.needs_entry;
    return open_to_entry && characters(in.request.content) >= 5;
}

bool has_answer(const GuardInput& in) {
    return characters(in.request.result_text) >= 5;
}

bool has_outcome(const GuardInput& in) {
    return in.request.outcome.has_value();
}

bool told_in_time(const GuardInput& in) {
    const bool nobody_to_tell = in.ticket.appellant.anonymous && in.ticket.appellant.phone.empty();
    if (!in.request.told_at) return nobody_to_tell || !in.ticket.appellant.reply_wanted;
    return *in.request.told_at >= in.ticket.accepted_at &&
           *in.request.told_at <= in.surroundings.now;
}

bool has_contact_log(const GuardInput& in) {
    return !in.request.contact_way.empty() && characters(in.request.contact_result) >= 2;
}

bool has_survey(const GuardInput& in) {
    return in.request.solved.has_value() && in.request.satisfaction.has_value();
}

bool has_file(const GuardInput& in) {
    return in.request.file.has_value();
}

// T35: what the appellant may send leaves room for the evidence of those who handle the ticket.
bool room_for_file(const GuardInput& in) {
    const FileToAttach& file = *in.request.file;
    const bool appellants_full = in.request.actor.role == Role::enterprise &&
                                 file.appellants_before >= rules::appellant_files;
    return !appellants_full && file.files_before < rules::ticket_files &&
           file.bytes_before + file.bytes <= rules::ticket_file_bytes;
}

bool answers_for_ticket(const GuardInput& in) {
    return answers_for(in.request.actor, in.ticket, in.surroundings.directory);
}

bool file_is_internal(const GuardInput& in) {
    return in.request.file && in.request.file->audience == Audience::staff;
}

bool level_rises(const GuardInput& in) {
    return in.request.level > in.ticket.supervise_level && in.request.level <= 4;
}

bool something_to_put_right(const GuardInput& in) {
    const ActRequest& r = in.request;
    return r.type || !r.topic.empty() || r.urgency || r.division || !r.title.empty();
}

bool answered_on_call(const GuardInput& in) {
    const bool nothing_to_handle =
        in.ticket.type == AppealType::consult || in.ticket.type == AppealType::praise;
    return nothing_to_handle && !in.ticket.signed_at && !in.ticket.needs_entry;
}

bool article_in_force(const GuardInput& in) {
    return !in.request.article || in.request.article_fits;
}

bool parent_fits(const GuardInput& in) {
    return in.request.parent && in.request.parent != in.ticket.id && in.request.parent_fits;
}

bool not_designated(const GuardInput& in) {
    return !in.ticket.designated;
}

bool within_return_window(const GuardInput& in) {
    const sla::Clock* window = open_clock(in.ticket, sla::ClockKind::return_window);
    return window != nullptr && in.surroundings.now <= window->due_at;
}

bool first_return(const GuardInput& in) {
    // While a return is pending it is already counted.
    const int earlier = in.ticket.return_count - (in.ticket.state == State::return_pending ? 1 : 0);
    return earlier == 0;
}

bool contact_made(const GuardInput& in) {
    const bool no_way_to_contact =
        in.ticket.appellant.anonymous || in.ticket.appellant.phone.empty();
    return in.ticket.first_contact_at.has_value() || no_way_to_contact;
}

bool no_contact_yet(const GuardInput& in) {
    return !in.ticket.first_contact_at.has_value();
}

bool may_be_designated(const GuardInput& in) {
    return in.ticket.return_count >= rules::designate_after_returns ||
           in.ticket.dispatch_count + 1 >= rules::designate_after_dispatches;
}

bool extension_allowed(const GuardInput& in) {
    if (in.ticket.extension_pending || in.request.extension_days < 1) return false;
    const sla::Policy& policy = in.surroundings.policy_of(in.ticket.lead_unit);
    const auto terms = sla::extension_for(policy, grading(in.ticket));
    return in.ticket.extension_count < terms.max_count &&
           in.ticket.extension_days + in.request.extension_days <= terms.max_total_days;
}

bool before_extension_cut_off(const GuardInput& in) {
    const sla::Clock* handling = open_clock(in.ticket, sla::ClockKind::handle);
    return handling != nullptr &&
           in.surroundings.now < sla::extension_deadline(in.surroundings.policy, handling->due_at);
}

bool extension_pending(const GuardInput& in) {
    return in.ticket.extension_pending;
}

// T17: a request that was not decided before the due date has lapsed; an overdue clock is not
// moved.
bool extension_in_time(const GuardInput& in) {
    const sla::Clock* handling = open_clock(in.ticket, sla::ClockKind::handle);
    return handling != nullptr && handling->state == sla::ClockState::running &&
           in.surroundings.now <= handling->due_at;
}

bool redo_left(const GuardInput& in) {
    return was_reached(in) && in.ticket.redo_count < in.surroundings.policy.max_redos;
}

bool urge_due(const GuardInput& in) {
    if (in.request.actor.role != Role::enterprise) return true;
    const Instant now = in.surroundings.now;
    return urge_from(in.ticket, in.surroundings.calendar, now) <= now;
}

bool within_reopen_time(const GuardInput& in) {
    if (!in.ticket.closed_at || !in.ticket.lead_unit) return false;
    return in.request.actor.role == Role::manager || in.request.actor.role == Role::supervisor ||
           in.surroundings.now <=
               *in.ticket.closed_at + std::chrono::days{in.surroundings.policy.reopen_days};
}

bool archive_due(const GuardInput& in) {
    const sla::Clock* waiting = open_clock(in.ticket, sla::ClockKind::archive);
    return waiting != nullptr && in.surroundings.now >= waiting->due_at;
}

bool hard_enough(const GuardInput& in) {
    const std::size_t units = 1 + in.ticket.co_units.size() + in.ticket.refused_units.size();
    return !in.ticket.hard_case &&
           (in.ticket.redo_count >= rules::hard_case_redos || units >= rules::hard_case_units ||
            in.ticket.complexity == Complexity::complex);
}

bool clock_waits(const GuardInput& in) {
    const sla::Clock* clock = open_clock(in.ticket, in.request.clock, in.request.generation);
    if (clock == nullptr || clock->state != sla::ClockState::running) return false;
    if (in.request.act == Act::yellow_card) {
        return clock->warn_at && !clock->warned_at && *clock->warn_at <= in.surroundings.now;
    }
    return clock->due_at < in.surroundings.now;
}

bool step_due(const GuardInput& in) {
    const sla::Clock* clock = open_clock(in.ticket, in.request.clock, in.request.generation);
    return clock != nullptr && clock->state == sla::ClockState::fired && clock->escalate_at &&
           *clock->escalate_at < in.surroundings.now;
}

bool unit_can_take(const GuardInput& in) {
    const bool refused = std::ranges::find(in.ticket.refused_units, in.request.unit) !=
                         in.ticket.refused_units.end();
    const bool complained_about =
        in.ticket.complained_unit &&
        in.surroundings.directory.within(in.request.unit, in.ticket.complained_unit);
    const bool overruled = in.request.act == Act::designate && !complained_about;
    return active_unit(in, in.request.unit) != nullptr && co_units_fit(in) &&
           ((!refused && !complained_about) || overruled);
}

bool official_belongs(const GuardInput& in) {
    return !in.request.official || official_serves(in, in.request.official, in.request.unit);
}

bool official_inside_unit(const GuardInput& in) {
    return in.request.official && in.request.official != in.ticket.official &&
           official_serves(in, in.request.official, in.ticket.lead_unit);
}

bool co_unit_fits(const GuardInput& in) {
    const auto& present = in.ticket.co_units;
    const bool complained_about =
        in.ticket.complained_unit &&
        in.surroundings.directory.within(in.request.unit, in.ticket.complained_unit);
    return active_unit(in, in.request.unit) != nullptr && in.request.unit != in.ticket.lead_unit &&
           !complained_about && present.size() < rules::co_unit_limit &&
           std::ranges::find(present, in.request.unit) == present.end();
}

bool unreached_still_tries(const GuardInput& in) {
    return !was_reached(in) && !unreached_for_good(in);
}

bool unreached_for_good(const GuardInput& in) {
    const sla::Policy& policy = in.surroundings.policy;
    return !was_reached(in) &&
           std::cmp_greater_equal(
               in.ticket.callback_attempts.size() + 1, policy.callback_attempts
           ) &&
           std::cmp_greater_equal(callback_days_with(in), policy.callback_days);
}

bool reached_content(const GuardInput& in) {
    return was_reached(in) && survey_is_content(in);
}

bool reached_discontent(const GuardInput& in) {
    return was_reached(in) && !survey_is_content(in) && in.request.reasonable.value_or(true);
}

bool reached_unreasonable(const GuardInput& in) {
    return was_reached(in) && !survey_is_content(in) && in.request.reasonable == false;
}

bool nobody_to_ask(const GuardInput& in) {
    return in.ticket.type == AppealType::praise || in.ticket.appellant.phone.empty();
}

}  // namespace hotline::ticketing::guards
