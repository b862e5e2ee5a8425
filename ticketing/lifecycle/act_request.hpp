#pragma once

#include "ticketing/types/act.hpp"
#include "ticketing/types/actor.hpp"
#include "ticketing/types/attachment.hpp"
#include "ticketing/types/ticket.hpp"

#include <optional>
#include <string>
#include <vector>

namespace hotline::ticketing {

// One deed somebody wants done to a ticket. Fields an act does not use stay empty; which it needs
// is said by the guards of its transitions.
struct ActRequest {
    Act act = Act::note;
    Actor actor;
    std::string reason;
    UnitId unit;
    std::vector<UnitId> co_units;
    OfficialId official;
    std::string route_trace;  // dispatch by the router: its reasons, JSON
    std::string reason_code;  // decline, return_ticket, suspend
    std::string basis;        // return_ticket, submit_result; suspend: which leader agreed
    std::optional<sla::LocalDay> review_on;  // suspend
    std::optional<sla::LocalDay> answer_by;  // supervise: the policy's limit when not given
    bool keep_limits = false;                // recompute: only the calendar is another one
    UnitId suggested_unit;                   // return_ticket
    std::string contact_way;
    std::string contact_result;
    std::optional<Outcome> outcome;
    std::string result_text;
    std::optional<Instant> told_at;
    ArticleId article;  // close_on_call: what the answer rests on (K9), in
    std::uint32_t article_version = 0;
    bool article_fits = false;  // close_on_call: it is in force in this very version
    TicketId parent;            // merge: found by the caller
    bool parent_fits =
        false;  // merge: same enterprise or number, and the parent is neither archived nor merged
    std::optional<bool> reached;
    std::optional<Solved> solved;
    std::optional<Satisfaction> satisfaction;
    std::optional<bool> reasonable;
    int extension_days = 0;
    int level = 0;
    std::optional<AppealType> type;
    std::string topic;
    std::string category;
    std::optional<Urgency> urgency;
    std::optional<std::string> division;
    std::string title;
    std::string content;
    std::optional<Meeting> meeting;     // plan_hard_case, with
    std::vector<Milestone> milestones;  // text, unit and day of each
    int milestone = 0;                  // meet_milestone: its number
    bool parties_agree = false;         // refer_to_mediation
    std::optional<MediationOutcome> mediation_outcome;
    std::string keeper;                             // of the agreement
    std::optional<sla::LocalDay> keep_by;           // likewise
    std::optional<FileToAttach> file;               // attach
    sla::ClockKind clock = sla::ClockKind::handle;  // the watcher's acts
    std::optional<std::uint16_t> generation;        // likewise; nothing: the one that is open

    bool clock_act() const {
        return act == Act::sign_overdue || act == Act::yellow_card || act == Act::red_card ||
               act == Act::clock_overdue || act == Act::escalate;
    }
};

}  // namespace hotline::ticketing
