#include "ticketing/notices/told_by.hpp"

#include <initializer_list>

namespace hotline::ticketing::notices {
namespace {

using enum Occasion;
using Ways = std::vector<TellingWay>;
using Standings = std::initializer_list<Standing>;

// Who is told what goes to the handler: where he is away his deputy and the clerk as well (G8).
constexpr Standings to_handler{Standing::handler, Standing::deputy, Standing::office};
constexpr Standings to_whom_a_card_goes{
    Standing::handler,
    Standing::deputy,
    Standing::office,
    Standing::co_unit,
    Standing::dispatcher,
    Standing::supervisor,
    Standing::reviewer
};

void add(Ways& ways, Occasion occasion, Standings standings) {
    for (const Standing standing : standings) ways.push_back({occasion, standing});
}

Ways dispatched() {
    Ways ways;
    add(ways, critical_assigned, to_handler);
    add(ways, critical_assigned, {Standing::dispatcher});
    add(ways, assigned, to_handler);
    add(ways, assigned, {Standing::card_owner});
    add(ways, taken_away, {Standing::handler});
    add(ways, return_ruled, {Standing::office});
    add(ways, co_assigned, {Standing::co_unit});
    return ways;
}

Ways done_again() {
    Ways ways;
    add(ways, critical_assigned, to_handler);
    add(ways, redo, to_handler);
    add(ways, taken_away, {Standing::handler});
    add(ways, co_assigned, {Standing::co_unit});
    return ways;
}

Ways reassigned() {
    Ways ways;
    add(ways, critical_assigned, to_handler);
    add(ways, reassigned_to_you, to_handler);
    add(ways, taken_away, {Standing::handler});
    return ways;
}

Ways only(Occasion occasion, Standings standings, Standings others = {}) {
    Ways ways;
    add(ways, occasion, standings);
    add(ways, occasion, others);
    return ways;
}

// A remark is anybody's: of a colleague, the appellant (T41), or a partner (G20).
Ways noted() {
    Ways ways = only(remark, to_handler, {Standing::agent});
    add(ways, information_added, to_handler);
    add(ways, partner_failed, to_handler);
    add(ways, partner_failed, {Standing::dispatcher});
    add(ways, partner_done, to_handler);
    return ways;
}

Ways warned() {
    Ways ways = only(card_yellow, to_whom_a_card_goes);
    add(ways, first_contact_due, to_handler);
    return ways;
}

}  // namespace

std::vector<TellingWay> told_by(Act act) {
    switch (act) {
        case Act::create:
        case Act::dispatch:
        case Act::designate:
        case Act::regrade:
            return dispatched();
        case Act::reassign:
            return reassigned();
        case Act::return_ticket:
            return only(return_asked, {Standing::dispatcher, Standing::supervisor});
        case Act::approve_return:
            return only(return_ruled, {Standing::handler, Standing::office});
        case Act::refuse_return:
            return only(return_ruled, to_handler);
        case Act::add_co_unit:
        case Act::plan_hard_case:
        case Act::refer_to_mediation:
            return only(co_assigned, {Standing::co_unit});
        case Act::approve_extension:
        case Act::refuse_extension:
            return only(extension_decided, to_handler);
        case Act::review_fail:
            return only(result_sent_back, to_handler);
        case Act::callback:
        case Act::reopen:
            return done_again();
        case Act::urge:
            return only(urged, to_handler, {Standing::dispatcher});
        case Act::supervise:
            return only(urged, to_handler, {Standing::dispatcher, Standing::leader});
        case Act::attach:
        case Act::answer_co_unit:
            return only(information_added, to_handler);
        case Act::note:
            return noted();
        case Act::hard_case:
        case Act::suspend:
        case Act::resume:
        case Act::conclude_mediation:
            return only(remark, to_handler, {Standing::agent});
        case Act::yellow_card:
            return warned();
        case Act::sign_overdue:
        case Act::red_card:
        case Act::clock_overdue:
            return only(card_red, to_whom_a_card_goes, {Standing::leader});
        case Act::escalate:
            return only(escalated, {Standing::supervisor, Standing::leader});
        case Act::withdraw:
        case Act::merge:
        case Act::close_on_call:
            return only(taken_away, to_handler);
        default:
            return {};
    }
}

}  // namespace hotline::ticketing::notices
