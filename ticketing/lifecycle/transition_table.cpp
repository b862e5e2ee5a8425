#include "ticketing/lifecycle/transition_table.hpp"

#include "ticketing/lifecycle/recompute.hpp"

namespace hotline::ticketing {
namespace {

using enum State;
using enum Role;

constexpr Roles centre = Roles::of(dispatcher, supervisor);
constexpr Roles reviewers = Roles::of(reviewer, supervisor);
constexpr Roles unit_people = Roles::of(official, unit_clerk, unit_leader);
constexpr Roles unit_and_supervisor = Roles::of(official, unit_clerk, unit_leader, supervisor);
constexpr Roles unit_office = Roles::of(unit_clerk, unit_leader);
constexpr Roles clock = Roles::of(Role::system);
constexpr Roles everybody_at_work =
    Roles::of(agent, dispatcher, reviewer, supervisor, unit_clerk, official, unit_leader);

// What another system says of it is noted by the hotline itself (E15).
constexpr Roles notes_from{everybody_at_work.bits | clock.bits};

constexpr States with_unit = States::of(dispatched, handling);
constexpr States open_states = States::of(
    accepted, dispatched, handling, return_pending, suspended, mediating, submitted, callback
);
constexpr States takes_files = States::of(
    draft, accepted, dispatched, handling, return_pending, suspended, mediating, submitted, callback
);
constexpr Roles files_from{everybody_at_work.bits | Roles::of(Role::enterprise).bits};

constexpr Guard unit_can_take{"unit_can_take", guards::unit_can_take};
constexpr Guard official_belongs{"official_belongs", guards::official_belongs};
constexpr Guard has_reason{"has_reason", guards::has_reason};
constexpr Guard has_survey{"has_survey", guards::has_survey};
constexpr Guard has_answer{"has_answer", guards::has_answer};
constexpr Guard has_basis{"has_basis", guards::has_basis};

// One row, one line: the table is read across.
// clang-format off
constexpr Transition table[] = {
    {"T2", Act::complete, States::of(draft), Roles::of(agent, dispatcher), {}, {{{"has_content", guards::has_content}}}, accepted, effects::complete},
    {"T2", Act::requeue, States::of(accepted), Roles::of(admin, dispatcher), {}, {{{"has_content", guards::has_content}}}, std::nullopt, effects::complete},
    {"T3", Act::decline, States::of(accepted), centre, {}, {{{"decline_reason_known", guards::decline_reason_known}, has_reason}}, declined, effects::decline},
    {"T4", Act::close_on_call, States::of(accepted, dispatched), Roles::of(agent, dispatcher), {}, {{{"answered_on_call", guards::answered_on_call}, has_answer, {"article_in_force", guards::article_in_force}}}, closed, effects::close_on_call},
    {"T5", Act::merge, States::of(accepted, dispatched), centre, {}, {{{"parent_fits", guards::parent_fits}}}, merged, effects::merge},
    {"T5", Act::unmerge, States::of(merged), centre, {}, {{has_reason}}, accepted, effects::unmerge},
    {"T6", Act::dispatch, States::of(accepted), Roles::of(dispatcher, supervisor, Role::system), {}, {{unit_can_take, official_belongs}}, dispatched, effects::dispatch},
    {"T7", Act::sign_for, States::of(dispatched), unit_people, {}, {}, handling, effects::sign_for},
    {"T8", Act::sign_overdue, States::of(dispatched), clock, {}, {{{"clock_waits", guards::clock_waits}}}, std::nullopt, effects::overdue, true},
    {"T9", Act::return_ticket, with_unit, unit_people, {"first_return", guards::first_return}, {{{"not_designated", guards::not_designated}, {"within_return_window", guards::within_return_window}, {"return_reason_known", guards::return_reason_known}, has_basis}}, return_pending, effects::ask_return},
    {"T9", Act::return_ticket, with_unit, Roles::of(unit_leader), {}, {{{"not_designated", guards::not_designated}, {"within_return_window", guards::within_return_window}, {"return_reason_known", guards::return_reason_known}, has_basis}}, return_pending, effects::ask_return},
    {"T10", Act::approve_return, States::of(return_pending), centre, {"first_return", guards::first_return}, {}, accepted, effects::approve_return},
    {"T10", Act::approve_return, States::of(return_pending), Roles::of(supervisor), {}, {}, accepted, effects::approve_return},
    {"T11", Act::refuse_return, States::of(return_pending), centre, {}, {{has_reason}}, handling, effects::refuse_return},
    {"T12", Act::designate, States::of(return_pending, accepted), Roles::of(supervisor), {}, {{{"may_be_designated", guards::may_be_designated}, unit_can_take, official_belongs, has_reason}}, dispatched, effects::designate},
    {"T13", Act::reassign, with_unit, unit_office, {}, {{{"official_inside_unit", guards::official_inside_unit}}}, std::nullopt, effects::reassign},
    {"T14", Act::add_co_unit, States::of(handling), unit_people, {}, {{{"co_unit_fits", guards::co_unit_fits}, has_reason}}, std::nullopt, effects::add_co_unit},
    {"T14", Act::answer_co_unit, States::of(handling), unit_office, {}, {{{"co_unit_waits", guards::co_unit_waits}, has_answer}}, std::nullopt, effects::answer_co_unit, true},
    {"T15", Act::first_contact, States::of(handling), unit_people, {}, {{{"no_contact_yet", guards::no_contact_yet}, {"has_contact_log", guards::has_contact_log}}}, std::nullopt, effects::first_contact},
    {"T16", Act::ask_extension, States::of(handling), unit_people, {}, {{{"extension_allowed", guards::extension_allowed}, {"before_extension_cut_off", guards::before_extension_cut_off}, has_reason}}, std::nullopt, effects::ask_extension},
    {"T17", Act::approve_extension, States::of(handling), Roles::of(supervisor), {}, {{{"extension_pending", guards::extension_pending}, {"extension_in_time", guards::extension_in_time}}}, std::nullopt, effects::approve_extension},
    {"T17", Act::refuse_extension, States::of(handling), Roles::of(supervisor), {}, {{{"extension_pending", guards::extension_pending}, has_reason}}, std::nullopt, effects::refuse_extension},
    {"T18", Act::suspend, States::of(handling, suspended), Roles::of(supervisor), {}, {{{"suspend_reason_known", guards::suspend_reason_known}, has_reason, has_basis, {"review_date_fits", guards::review_date_fits}}}, suspended, effects::suspend},
    {"T18", Act::resume, States::of(suspended), Roles::of(supervisor), {}, {{has_reason}}, handling, effects::resume},
    {"T19", Act::submit_result, States::of(handling), unit_people, {}, {{{"contact_made", guards::contact_made}, {"has_outcome", guards::has_outcome}, has_answer, {"told_in_time", guards::told_in_time}, {"co_units_answered", guards::co_units_answered}, {"milestones_done", guards::milestones_done}}}, submitted, effects::submit_result},
    {"T20", Act::review_fail, States::of(submitted), reviewers, {}, {{has_reason}}, handling, effects::review_fail},
    {"T21", Act::review_pass, States::of(submitted), reviewers, {"nobody_to_ask", guards::nobody_to_ask}, {}, closed, effects::close_without_survey},
    {"T21", Act::review_pass, States::of(submitted), reviewers, {}, {}, State::callback, effects::review_pass},
    {"T25", Act::callback, States::of(State::callback), Roles::of(reviewer, supervisor, agent), {"unreached_still_tries", guards::unreached_still_tries}, {}, std::nullopt, effects::callback_missed, true},
    {"T25", Act::callback, States::of(State::callback), Roles::of(reviewer, supervisor, agent), {"unreached_for_good", guards::unreached_for_good}, {}, closed, effects::close_unreached},
    {"T22", Act::callback, States::of(State::callback), Roles::of(reviewer, supervisor, agent, Role::enterprise), {"reached_content", guards::reached_content}, {{has_survey}}, closed, effects::close_surveyed},
    {"T24", Act::callback, States::of(State::callback), Roles::of(supervisor), {"reached_unreasonable", guards::reached_unreasonable}, {{has_survey, has_reason}}, closed, effects::close_unreasonable},
    {"T23", Act::callback, States::of(State::callback), Roles::of(reviewer, supervisor, agent, Role::enterprise), {"redo_left", guards::redo_left}, {{has_survey, {"reached_discontent", guards::reached_discontent}}}, handling, effects::redo},
    {"T32", Act::callback, States::of(State::callback), Roles::of(reviewer, supervisor, agent, Role::enterprise), {}, {{has_survey, {"reached_discontent", guards::reached_discontent}}}, handling, effects::redo_as_hard_case},
    {"T26", Act::yellow_card, open_states, clock, {}, {{{"clock_waits", guards::clock_waits}}}, std::nullopt, effects::yellow_card, true},
    {"T26", Act::red_card, open_states, clock, {}, {{{"clock_waits", guards::clock_waits}}}, std::nullopt, effects::overdue, true},
    {"T26", Act::clock_overdue, open_states, clock, {}, {{{"clock_waits", guards::clock_waits}}}, std::nullopt, effects::overdue, true},
    {"T26", Act::escalate, open_states, clock, {}, {{{"step_due", guards::step_due}}}, std::nullopt, effects::escalate, true},
    {"T27", Act::urge, open_states, Roles::of(Role::enterprise, manager, agent), {}, {{{"urge_due", guards::urge_due}}}, std::nullopt, effects::urge},
    {"T28", Act::supervise, open_states, Roles::of(supervisor, manager), {}, {{{"level_rises", guards::level_rises}, has_reason, {"answer_date_fits", guards::answer_date_fits}}}, std::nullopt, effects::supervise, true},
    {"T28", Act::answer_supervision, States::of(dispatched, handling, suspended, mediating), unit_people, {}, {{{"supervision_waits", guards::supervision_waits}, has_answer}}, std::nullopt, effects::answer_supervision, true},
    {"T29", Act::withdraw, open_states, Roles::of(Role::enterprise, agent, dispatcher), {}, {}, withdrawn, effects::withdraw},
    {"T30", Act::reopen, States::of(closed), Roles::of(Role::enterprise, supervisor, manager), {}, {{{"within_reopen_time", guards::within_reopen_time}, has_reason}}, handling, effects::reopen},
    {"T31", Act::archive, States::of(closed), clock, {}, {{{"archive_due", guards::archive_due}}}, archived, effects::archive, true},
    {"T32", Act::hard_case, States::of(handling), Roles::of(supervisor), {}, {{{"hard_enough", guards::hard_enough}, has_reason}}, std::nullopt, effects::hard_case, true},
    {"T36", Act::plan_hard_case, States::of(handling), Roles::of(supervisor), {}, {{{"is_hard_case", guards::is_hard_case}, {"meeting_fits", guards::meeting_fits}, has_basis, {"plan_fits", guards::plan_fits}}}, std::nullopt, effects::plan_hard_case},
    {"T37", Act::meet_milestone, States::of(handling, return_pending, suspended, mediating), unit_and_supervisor, {}, {{{"milestone_open", guards::milestone_open}, {"milestone_waits", guards::milestone_waits}, has_answer}}, std::nullopt, effects::meet_milestone},
    {"T38", Act::refer_to_mediation, States::of(handling), unit_and_supervisor, {}, {{{"may_be_mediated", guards::may_be_mediated}, {"mediator_left", guards::mediator_left}, {"contact_made", guards::contact_made}, {"parties_agree", guards::parties_agree}, has_reason}}, mediating, effects::refer_to_mediation},
    {"T39", Act::conclude_mediation, States::of(mediating), unit_and_supervisor, {}, {{{"mediation_outcome_fits", guards::mediation_outcome_fits}, has_answer, {"agreement_kept_by", guards::agreement_kept_by}}}, handling, effects::conclude_mediation},
    {"T33", Act::note, open_states, notes_from, {}, {{has_reason}}, std::nullopt, effects::none, true},
    {"T34", Act::regrade, States::of(accepted, dispatched), centre, {}, {{{"something_to_put_right", guards::something_to_put_right}}}, std::nullopt, effects::regrade, true},
    {"T35", Act::attach, takes_files, everybody_at_work, {"file_is_internal", guards::file_is_internal}, {{{"room_for_file", guards::room_for_file}}}, std::nullopt, effects::none, true},
    {"T35", Act::attach, takes_files, files_from, {}, {{{"has_file", guards::has_file}, {"answers_for_ticket", guards::answers_for_ticket}, {"room_for_file", guards::room_for_file}}}, std::nullopt, effects::none},
    {"T41", Act::note, open_states, Roles::of(Role::enterprise), {}, {{has_reason}}, std::nullopt, effects::none},
    {"T40", Act::recompute, open_states, clock, {"handling_due_moves", guards::handling_due_moves}, {}, std::nullopt, effects::recompute},
    {"T40", Act::recompute, open_states, clock, {}, {{{"some_due_moves", guards::some_due_moves}}}, std::nullopt, effects::recompute, true},
};
// clang-format on

}  // namespace

std::span<const Transition> transitions() {
    return table;
}

}  // namespace hotline::ticketing
