#pragma once

#include "ticketing/lifecycle/act_request.hpp"
#include "ticketing/lifecycle/surroundings.hpp"

namespace hotline::ticketing {

// Changes the ticket as its transition's side effect; `ticket.state` is already the new one. Never
// reads anything but its arguments.
using Effect =
    void (*)(Ticket& ticket, const ActRequest& request, const Surroundings& surroundings);

namespace effects {

void none(Ticket&, const ActRequest&, const Surroundings&);
void complete(Ticket&, const ActRequest&, const Surroundings&);
void decline(Ticket&, const ActRequest&, const Surroundings&);
void close_on_call(Ticket&, const ActRequest&, const Surroundings&);
void merge(Ticket&, const ActRequest&, const Surroundings&);
void unmerge(Ticket&, const ActRequest&, const Surroundings&);
void dispatch(Ticket&, const ActRequest&, const Surroundings&);
void designate(Ticket&, const ActRequest&, const Surroundings&);
void sign_for(Ticket&, const ActRequest&, const Surroundings&);
void ask_return(Ticket&, const ActRequest&, const Surroundings&);
void approve_return(Ticket&, const ActRequest&, const Surroundings&);
void refuse_return(Ticket&, const ActRequest&, const Surroundings&);
void reassign(Ticket&, const ActRequest&, const Surroundings&);
void add_co_unit(Ticket&, const ActRequest&, const Surroundings&);
void answer_co_unit(Ticket&, const ActRequest&, const Surroundings&);
void first_contact(Ticket&, const ActRequest&, const Surroundings&);
void ask_extension(Ticket&, const ActRequest&, const Surroundings&);
void approve_extension(Ticket&, const ActRequest&, const Surroundings&);
void refuse_extension(Ticket&, const ActRequest&, const Surroundings&);
void suspend(Ticket&, const ActRequest&, const Surroundings&);
void resume(Ticket&, const ActRequest&, const Surroundings&);
void submit_result(Ticket&, const ActRequest&, const Surroundings&);
void review_fail(Ticket&, const ActRequest&, const Surroundings&);
void review_pass(Ticket&, const ActRequest&, const Surroundings&);
void close_without_survey(Ticket&, const ActRequest&, const Surroundings&);
void callback_missed(Ticket&, const ActRequest&, const Surroundings&);
void close_unreached(Ticket&, const ActRequest&, const Surroundings&);
void close_surveyed(Ticket&, const ActRequest&, const Surroundings&);
void redo(Ticket&, const ActRequest&, const Surroundings&);
void redo_as_hard_case(Ticket&, const ActRequest&, const Surroundings&);
void close_unreasonable(Ticket&, const ActRequest&, const Surroundings&);
void urge(Ticket&, const ActRequest&, const Surroundings&);
void supervise(Ticket&, const ActRequest&, const Surroundings&);
void answer_supervision(Ticket&, const ActRequest&, const Surroundings&);
void withdraw(Ticket&, const ActRequest&, const Surroundings&);
void reopen(Ticket&, const ActRequest&, const Surroundings&);
void hard_case(Ticket&, const ActRequest&, const Surroundings&);
void plan_hard_case(Ticket&, const ActRequest&, const Surroundings&);
void meet_milestone(Ticket&, const ActRequest&, const Surroundings&);
void refer_to_mediation(Ticket&, const ActRequest&, const Surroundings&);
void conclude_mediation(Ticket&, const ActRequest&, const Surroundings&);
void regrade(Ticket&, const ActRequest&, const Surroundings&);
void archive(Ticket&, const ActRequest&, const Surroundings&);
void yellow_card(Ticket&, const ActRequest&, const Surroundings&);
void escalate(Ticket&, const ActRequest&, const Surroundings&);
void overdue(Ticket&, const ActRequest&, const Surroundings&);

}  // namespace effects
}  // namespace hotline::ticketing
