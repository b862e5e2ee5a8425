#pragma once

#include "ticketing/notices/occasion.hpp"
#include "ticketing/notices/roster.hpp"
#include "ticketing/types/event.hpp"
#include "ticketing/types/ticket.hpp"

#include <optional>
#include <span>
#include <vector>

// Who is told of an event, and why (README.md, G1 to G8).
namespace hotline::ticketing::notices {

// As what somebody is told. Persisted numbers: never renumber.
enum class Standing {
    handler = 1,
    card_owner = 2,  // 连心卡
    office = 3,      // the clerk of the lead unit; where there is none, of the unit above
    leader = 4,      // of the lead unit
    co_unit = 5,     // the clerk of a unit that helps, mediates or has a milestone
    dispatcher = 6,
    supervisor = 7,
    reviewer = 8,
    agent = 9,    // who took the appeal in
    deputy = 10,  // of the handler
    reader = 11,  // of a bulletin or of his own summary
};

constexpr auto names_of(Standing) {
    return NameTable<Standing, 11>{{
        {Standing::handler, "handler"},
        {Standing::card_owner, "card_owner"},
        {Standing::office, "office"},
        {Standing::leader, "leader"},
        {Standing::co_unit, "co_unit"},
        {Standing::dispatcher, "dispatcher"},
        {Standing::supervisor, "supervisor"},
        {Standing::reviewer, "reviewer"},
        {Standing::agent, "agent"},
        {Standing::deputy, "deputy"},
        {Standing::reader, "reader"},
    }};
}

struct Told {
    UserId receiver;
    Occasion occasion = Occasion::assigned;
    Standing standing = Standing::handler;
    bool numbered = true;  // the ticket is named to him (G7)

    bool operator==(const Told&) const = default;
};

// Whether events of this act may concern anybody; of a birth only a critical one does, unless it
// was dispatched. What is not told costs the intake nothing.
bool may_be_told(Act act, Urgency urgency);

// How soon an event is looked at for whom it concerns, 1 first; 0: it concerns nobody. What a
// person did concerns him at least: who acts has acknowledged (G1).
int rank_of(const Event& event, Urgency urgency);

// Each receiver once, with the weightiest of his reasons. `ticket` is the row as it is now; what it
// was before the event is read out of the event's changes.
std::vector<Told> receivers_of(
    const Event& event, const Ticket& ticket, const Roster& roster, const Directory& directory
);

// G13: who is asked when the receiver of `of` does not answer.
std::vector<Told> stand_ins_of(
    const Told& of, const Ticket& ticket, const Roster& roster, const Directory& directory
);

// Which units' offices and which officials an event may concern: whose accounts the roster needs.
struct Concerned {
    std::vector<OfficialId> officials;
    std::vector<UnitId> units;
};
Concerned concerned_by(const Event& event, const Ticket& ticket, const Directory& directory);

// G11: the matter of a notice is done with, so nobody is reminded of it.
bool is_settled(Occasion occasion, Standing standing, const Person& receiver, const Ticket& ticket);

}  // namespace hotline::ticketing::notices
