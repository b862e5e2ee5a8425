#pragma once

#include "ticketing/lifecycle/act_request.hpp"
#include "ticketing/lifecycle/surroundings.hpp"

#include <string_view>

namespace hotline::ticketing {

struct GuardInput {
    const Ticket& ticket;
    const ActRequest& request;
    const Surroundings& surroundings;
};

// A condition of a transition. `name` travels to the user as the detail of guard_failed; null name
// = no guard in this place of the table.
struct Guard {
    std::string_view name;
    bool (*holds)(const GuardInput&) = nullptr;
};

namespace guards {

// the request
bool has_reason(const GuardInput&);
bool decline_reason_known(const GuardInput&);
bool return_reason_known(const GuardInput&);
bool suspend_reason_known(const GuardInput&);
bool review_date_fits(const GuardInput&);
bool has_basis(const GuardInput&);
bool answer_date_fits(const GuardInput&);
bool supervision_waits(const GuardInput&);
bool co_unit_waits(const GuardInput&);
bool co_units_answered(const GuardInput&);
bool has_content(const GuardInput&);
bool has_answer(const GuardInput&);
bool has_outcome(const GuardInput&);
bool told_in_time(const GuardInput&);
bool has_contact_log(const GuardInput&);
bool has_survey(const GuardInput&);
bool level_rises(const GuardInput&);
bool something_to_put_right(const GuardInput&);
bool meeting_fits(const GuardInput&);
bool plan_fits(const GuardInput&);
bool parties_agree(const GuardInput&);
bool mediation_outcome_fits(const GuardInput&);
bool agreement_kept_by(const GuardInput&);
bool has_file(const GuardInput&);
bool room_for_file(const GuardInput&);
bool answers_for_ticket(const GuardInput&);

// the ticket
bool answered_on_call(const GuardInput&);
bool parent_fits(const GuardInput&);
bool article_in_force(const GuardInput&);
bool not_designated(const GuardInput&);
bool within_return_window(const GuardInput&);
bool first_return(const GuardInput&);
bool contact_made(const GuardInput&);
bool no_contact_yet(const GuardInput&);
bool may_be_designated(const GuardInput&);
bool extension_allowed(const GuardInput&);
bool before_extension_cut_off(const GuardInput&);
bool extension_pending(const GuardInput&);
bool extension_in_time(const GuardInput&);
bool redo_left(const GuardInput&);
bool urge_due(const GuardInput&);
bool within_reopen_time(const GuardInput&);
bool archive_due(const GuardInput&);
bool hard_enough(const GuardInput&);
bool is_hard_case(const GuardInput&);
bool milestone_open(const GuardInput&);
bool milestone_waits(const GuardInput&);
bool milestones_done(const GuardInput&);
bool may_be_mediated(const GuardInput&);
bool mediator_left(const GuardInput&);
bool clock_waits(const GuardInput&);
bool step_due(const GuardInput&);

// who gets it
bool unit_can_take(const GuardInput&);
bool official_belongs(const GuardInput&);
bool official_inside_unit(const GuardInput&);
bool co_unit_fits(const GuardInput&);

// which row of several
bool unreached_still_tries(const GuardInput&);
bool unreached_for_good(const GuardInput&);
bool reached_content(const GuardInput&);
bool reached_discontent(const GuardInput&);
bool reached_unreasonable(const GuardInput&);
bool nobody_to_ask(const GuardInput&);
bool file_is_internal(const GuardInput&);

}  // namespace guards
}  // namespace hotline::ticketing
