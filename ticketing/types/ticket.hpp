#pragma once

#include "sla/clock.hpp"
#include "ticketing/types/act.hpp"
#include "ticketing/types/appeal.hpp"
#include "ticketing/types/ids.hpp"
#include "ticketing/types/mediation.hpp"
#include "ticketing/types/plan.hpp"
#include "ticketing/types/state.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotline::ticketing {

// How the unit says the matter ended. Persisted numbers.
enum class Outcome { solved = 1, partly = 2, explained = 3, unsolvable = 4 };

constexpr auto names_of(Outcome) {
    return NameTable<Outcome, 4>{{
        {Outcome::solved, "solved"},
        {Outcome::partly, "partly"},
        {Outcome::explained, "explained"},
        {Outcome::unsolvable, "unsolvable"},
    }};
}

// The appellant's word on "is it solved". Persisted numbers.
enum class Solved { yes = 1, partly = 2, no = 3 };

constexpr auto names_of(Solved) {
    return NameTable<Solved, 3>{
        {{Solved::yes, "yes"}, {Solved::partly, "partly"}, {Solved::no, "no"}}
    };
}

// 5 非常满意 … 1 非常不满意.
enum class Satisfaction {
    very_dissatisfied = 1,
    dissatisfied = 2,
    basically_satisfied = 3,
    satisfied = 4,
    very_satisfied = 5,
};

constexpr auto names_of(Satisfaction) {
    return NameTable<Satisfaction, 5>{{
        {Satisfaction::very_dissatisfied, "very_dissatisfied"},
        {Satisfaction::dissatisfied, "dissatisfied"},
        {Satisfaction::basically_satisfied, "basically_satisfied"},
        {Satisfaction::satisfied, "satisfied"},
        {Satisfaction::very_satisfied, "very_satisfied"},
    }};
}

// How a closed ticket was closed. Persisted numbers.
enum class ClosedAs {
    immediate = 1,     // on the call
    surveyed = 2,      // satisfied or neutral
    unreasonable = 3,  // dissatisfied, found unreasonable; stays dissatisfied in the raw rate
    no_survey = 4,     // not reached in three attempts; not counted as satisfied
    no_contact = 5,    // praise, or anonymous without a way to call back
};

constexpr auto names_of(ClosedAs) {
    return NameTable<ClosedAs, 5>{{
        {ClosedAs::immediate, "immediate"},
        {ClosedAs::surveyed, "surveyed"},
        {ClosedAs::unreasonable, "unreasonable"},
        {ClosedAs::no_survey, "no_survey"},
        {ClosedAs::no_contact, "no_contact"},
    }};
}

struct Survey {
    Solved solved = Solved::yes;
    Satisfaction satisfaction = Satisfaction::satisfied;
    std::string way;     // phone, web, sms
    std::string reason;  // why dissatisfied
    Instant at;

    bool operator==(const Survey&) const = default;
};

struct CallbackAttempt {
    Instant at;
    bool reached = false;

    bool operator==(const CallbackAttempt&) const = default;
};

struct PendingReturn {
    std::string reason_code;
    std::string basis;
    UnitId suggested_unit;

    bool operator==(const PendingReturn&) const = default;
};

// 工单, the record of the whole flow. A value: decide() takes one and gives the next.
struct Ticket {
    TicketId id;
    std::string number;  // WN + yyyymmdd + serial + check digit
    std::uint32_t version = 1;
    State state = State::accepted;

    Channel channel = Channel::web;
    std::string call_id;
    UserId created_by;
    OfficialId visiting_official;

    Appellant appellant;
    EnterpriseId enterprise;
    std::string enterprise_name;
    std::string uscc;

    AppealType type = AppealType::help;
    std::string category;  // L1
    std::string topic;
    std::string title;
    std::string content;
    std::string place;
    std::string wanted;
    std::string division;  // county or zone of the matter; "" = unknown
    std::string town;
    std::optional<std::int64_t> amount_fen;
    Urgency urgency = Urgency::normal;
    Complexity complexity = Complexity::simple;
    std::uint32_t risk_flags = 0;
    UnitId complained_unit;  // a complaint about this unit is closed to it

    UnitId lead_unit;
    std::vector<UnitId> co_units;
    std::vector<UnitId> co_answered;  // of those, who gave their opinion
    OfficialId official;              // handler
    OfficialId case_owner;            // 连心卡 official who follows it; need not handle it
    bool designated = false;
    std::string route_trace;            // JSON, why this unit and official
    std::vector<UnitId> refused_units;  // returned by them, with approval: never again

    int round = 1;  // > 1: redo
    int dispatch_count = 0;
    int return_count = 0;
    int redo_count = 0;           // by dissatisfaction
    int review_return_count = 0;  // by review
    int urge_count = 0;
    std::optional<Instant> urged_at;
    int repeat_count = 0;
    int supervise_level = 0;
    int extension_count = 0;
    bool extension_pending = false;
    int extension_days_asked = 0;
    int extension_days = 0;  // granted so far, working days
    bool hard_case = false;
    std::vector<Meeting> meetings;      // of a hard case, and what they planned
    std::vector<Milestone> milestones;  // in the order they were set
    int plan_days = 0;                  // working days by which plans moved the handling date
    std::vector<Mediation> mediations;  // the last one is under way while the state is mediating
    std::vector<UnitId> charged_units;  // have or had a milestone or the mediation
    bool needs_entry = false;           // 需人工补录: a stub made for a dead letter
    std::optional<PendingReturn> pending_return;
    TicketId parent;  // merged into
    int suspend_count = 0;
    std::string suspend_reason;  // reason code while parked
    std::optional<Instant> suspended_at;

    Instant accepted_at;
    std::optional<Instant> dispatched_at;
    std::optional<Instant> signed_at;
    std::optional<Instant> first_contact_at;
    std::optional<Instant> submitted_at;
    std::optional<Instant> reviewed_at;
    std::optional<Instant> closed_at;

    std::optional<Outcome> outcome;
    std::string result_text;
    std::string result_basis;
    ArticleId article;  // answered on the call from it (K9), in
    std::uint32_t article_version = 0;
    std::optional<Instant> told_at;  // when the unit told the appellant
    std::string decline_reason;      // reason code, see ticketing/README.md
    std::optional<ClosedAs> closed_as;
    std::vector<CallbackAttempt> callback_attempts;
    std::optional<Survey> survey;

    std::vector<sla::Clock> clocks;  // running and ended, in the order they were started

    bool operator==(const Ticket&) const = default;
};

}  // namespace hotline::ticketing
