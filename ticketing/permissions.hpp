#pragma once

#include "ticketing/types/actor.hpp"
#include "ticketing/types/attachment.hpp"
#include "ticketing/types/directory.hpp"
#include "ticketing/types/ticket.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

// The one place where it is decided who may see and do what (README.md, rules A1 to A9): lists,
// details, counts, search, exports, live topics and attachments all ask here. What may be done to a
// ticket in its present state is the lifecycle's table; this file says whose tickets they are.
namespace hotline::ticketing {

// What is not tied to one ticket's state. Names appear in GET /me.
enum class Verb {
    ticket_list,
    ticket_file,  // the agent's form
    visit_file,   // the official's visit form
    ticket_act,
    ticket_reveal,    // a masked field in clear, with a reason, audited
    internal_events,  // remarks and cards in a ticket's log
    directory_read,
    enterprise_find,
    call_read,
    call_act,        // what an agent asks of his own call (integrations/telephony, T36)
    call_dial,       // call back through the exchange
    call_watch,      // listen, whisper, join
    recording_hear,  // A18: of which calls, may_hear() says
    kpi_read,
    kpi_freeze,  // publish a period
    kpi_frozen,  // what was published, with its evidence
    user_admin,
    token_admin,
    dead_letter_admin,
    audit_read,
    policy_read,        // limits, calendars and what a change of them would do
    policy_admin,       // to put them in force and due dates after them
    knowledge_read,     // K: articles in force
    knowledge_write,    // to propose and change them, units their own (K3)
    knowledge_publish,  // what another wrote (K4)
    directory_keep,     // A11: units, officials, cards, enterprises; import and export
    directory_duty,     // A11: leave and turns of duty, of a unit's own people
    directory_history,  // who changed what in the directory
};

constexpr auto names_of(Verb) {
    return NameTable<Verb, 28>{{
        {Verb::ticket_list, "ticket.list"},
        {Verb::ticket_file, "ticket.file"},
        {Verb::visit_file, "visit.file"},
        {Verb::ticket_act, "ticket.act"},
        {Verb::ticket_reveal, "ticket.reveal"},
        {Verb::internal_events, "ticket.internal"},
        {Verb::directory_read, "directory.read"},
        {Verb::enterprise_find, "enterprise.find"},
        {Verb::call_read, "call.read"},
        {Verb::call_act, "call.act"},
        {Verb::call_dial, "call.dial"},
        {Verb::call_watch, "call.watch"},
        {Verb::recording_hear, "recording.hear"},
        {Verb::kpi_read, "kpi.read"},
        {Verb::kpi_freeze, "kpi.freeze"},
        {Verb::kpi_frozen, "kpi.frozen"},
        {Verb::user_admin, "user.admin"},
        {Verb::token_admin, "token.admin"},
        {Verb::dead_letter_admin, "dead_letter.admin"},
        {Verb::audit_read, "audit.read"},
        {Verb::policy_read, "policy.read"},
        {Verb::policy_admin, "policy.admin"},
        {Verb::knowledge_read, "knowledge.read"},
        {Verb::knowledge_write, "knowledge.write"},
        {Verb::knowledge_publish, "knowledge.publish"},
        {Verb::directory_keep, "directory.keep"},
        {Verb::directory_duty, "directory.duty"},
        {Verb::directory_history, "directory.history"},
    }};
}

// A1: default deny; the table is in the .cpp.
bool may(Role role, Verb verb);
std::vector<Verb> verbs_of(Role role);

// Which tickets an actor may know of. A ticket is in scope when any of the grants holds and none of
// the bars does. The same value makes the WHERE clause of lists and counts (integrations/mysql) and
// answers may_see(); a test holds the two against each other.
struct Scope {
    bool everything = false;
    std::vector<UnitId> units;    // lead or co-unit is one of these
    std::vector<UnitId> charged;  // has a milestone or the mediation, and is one of these
    OfficialId official;          // handles it, follows it (card), or brought it
    UserId filed_by;
    std::string division;  // the matter's county or zone

    // A5: a complaint is closed to the unit complained of and all below it. These are the actor's
    // own unit and those above it: a ticket complaining of any of them is not for him.
    std::vector<UnitId> closed_complaints;

    bool nothing() const {
        return !everything && units.empty() && charged.empty() && !official && !filed_by &&
               division.empty();
    }
    bool operator==(const Scope&) const = default;
};

// A2–A5.
Scope scope_of(const Actor& actor, const Directory& directory);

// What scope depends on, of one ticket.
struct ScopeKeys {
    UnitId lead_unit;
    std::span<const UnitId> co_units;
    std::span<const UnitId> charged_units;
    OfficialId official;
    OfficialId case_owner;
    OfficialId visiting_official;
    UserId created_by;
    std::string_view division;
    UnitId complained_unit;
};
ScopeKeys scope_keys(const Ticket& ticket);
bool may_see(const Scope& scope, const ScopeKeys& keys);

// A4: seeing is not handling. Of unit people only the lead unit's office (or one above it) and the
// handling official act on a ticket; who helps, follows or brought it looks on. Everybody else's
// acts are tied to his role alone.
bool answers_for(const Actor& actor, const Ticket& ticket, const Directory& directory);

// A4: whether somebody of a unit speaks for this one: its office or one above it, or an official of
// its own. A milestone and a mediation are theirs who have them.
bool speaks_for(const Actor& actor, UnitId unit, const Directory& directory);

// A11: whether he keeps leave and turns of duty of this unit's people.
bool keeps_duty_of(const Actor& actor, UnitId unit, const Directory& directory);

// A13: whether the leave and the deputy of this official are his own to note.
bool keeps_own_duty(const Actor& actor, OfficialId whose);

// How a personal field is shown.
enum class View { clear, masked, hidden };

struct FieldViews {
    View person = View::masked;  // name and phone of the appellant
    View uscc = View::masked;
    View free_text = View::clear;  // masked: numbers inside the text are masked (P4)
    bool may_reveal = false;

    bool operator==(const FieldViews&) const = default;
};

// A6–A9.
FieldViews views_of(const Actor& actor, const Ticket& ticket, const Scope& scope);

// The result is the appellant's to read once it has passed review, and what the unit shows with it.
bool result_is_public(State state);

// A10: whether the appellant is shown a file.
bool shown_to_appellant(const Ticket& ticket, Audience audience, Role added_by);

// A10: whether somebody who sees the ticket (or its appellant) may know of one of its files.
bool may_open_file(const Actor& actor, Audience audience, UserId added_by);

// What of a recorded call decides who may hear it.
struct RecordedCall {
    UserId agent;         // who spoke last with the caller
    bool filed = false;   // a ticket came of it
    bool hidden = false;  // and its appellant is confidential or anonymous
};

// A18: whether he may hear its recording.
bool may_hear(const Actor& actor, const RecordedCall& call);

// A10: whom a file is for that this actor adds for everyone to see.
Audience audience_of_new_file(const Actor& actor, const Ticket& ticket);

}  // namespace hotline::ticketing
