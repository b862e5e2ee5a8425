#pragma once

#include "ticketing/types/ids.hpp"
#include "ticketing/types/named_enum.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

// Where an agent's telephone stands (README.md, T15 to T21).
namespace hotline::telephony {

// Persisted numbers.
enum class AgentState {
    offline = 1,
    not_ready = 2,
    ready = 3,
    reserved = 4,  // a call is on its way to him
    ringing = 5,
    talking = 6,
    held = 7,
    wrap_up = 8,
};

constexpr auto names_of(AgentState) {
    return ticketing::NameTable<AgentState, 8>{{
        {AgentState::offline, "offline"},
        {AgentState::not_ready, "not_ready"},
        {AgentState::ready, "ready"},
        {AgentState::reserved, "reserved"},
        {AgentState::ringing, "ringing"},
        {AgentState::talking, "talking"},
        {AgentState::held, "held"},
        {AgentState::wrap_up, "wrap_up"},
    }};
}

// Why somebody is not ready. Persisted numbers.
enum class AgentReason {
    none = 0,
    signed_in = 1,  // just now
    meal = 2,
    rest = 3,
    meeting = 4,
    training = 5,
    back_office = 6,
    no_answer = 7,    // it rang in vain (RONA)
    rejected = 8,     // he would not take it
    device_lost = 9,  // his telephone cannot be reached
    forced = 10,      // by the shift lead
    left = 11,        // offline: his session is over
};

constexpr auto names_of(AgentReason) {
    return ticketing::NameTable<AgentReason, 12>{{
        {AgentReason::none, "none"},
        {AgentReason::signed_in, "signed_in"},
        {AgentReason::meal, "meal"},
        {AgentReason::rest, "rest"},
        {AgentReason::meeting, "meeting"},
        {AgentReason::training, "training"},
        {AgentReason::back_office, "back_office"},
        {AgentReason::no_answer, "no_answer"},
        {AgentReason::rejected, "rejected"},
        {AgentReason::device_lost, "device_lost"},
        {AgentReason::forced, "forced"},
        {AgentReason::left, "left"},
    }};
}

// Who brought it about. Persisted numbers.
enum class AgentCause {
    agent = 1,
    shift_lead = 2,
    platform = 3,  // it told his state
    call = 4,      // it told of a call
    clock = 5,     // his time was up
};

constexpr auto names_of(AgentCause) {
    return ticketing::NameTable<AgentCause, 5>{{
        {AgentCause::agent, "agent"},
        {AgentCause::shift_lead, "shift_lead"},
        {AgentCause::platform, "platform"},
        {AgentCause::call, "call"},
        {AgentCause::clock, "clock"},
    }};
}

struct AgentPlace {
    AgentState state = AgentState::offline;
    AgentReason reason = AgentReason::none;

    bool operator==(const AgentPlace&) const = default;
};

struct AgentStanding {
    AgentPlace place;
    ticketing::Instant since{};
    std::string call;                              // the one he is on, or wraps up
    std::optional<AgentPlace> next;                // where he goes when that is over (T17)
    std::optional<ticketing::Instant> due_at;      // the end of his wrap-up (T18)
    std::optional<ticketing::Instant> idle_since;  // T20
    std::optional<ticketing::Instant> told_at;     // the platform's latest word of his state

    bool operator==(const AgentStanding&) const = default;
};

// One step, as the log keeps it.
struct AgentMove {
    ticketing::Instant at{};
    AgentPlace from;
    AgentPlace to;
    AgentCause cause{};
    std::string call;

    bool operator==(const AgentMove&) const = default;
};

// T18
constexpr auto usual_wrap_up = std::chrono::seconds(30);
constexpr auto longest_wrap_up = std::chrono::minutes(5);

// What somebody may ask for himself; the other reasons are the rules' own.
bool can_be_chosen(AgentPlace wanted);
// On a call, or about to be.
bool is_on_call(AgentState state);
// T16: in his place to be rung at.
bool takes_calls(AgentState state);

// What a call does to an agent.
enum class CallWord {
    rings,
    answered,
    held,
    resumed,
    no_answer,
    left,  // it is over, or somebody else's now
    // T19: it waits in its queue; whom it was promised to meanwhile is not touched by that.
    waits,
    // The distribution's (T29, T30).
    reserved,
    rejected,
    unreachable,
    ran_out,
    dials,  // he has asked for a call of ours: nobody else is to ring at him (T37)
};

// Each applies one word to the standing and gives the steps it led to; none when it changes
// nothing.
std::vector<AgentMove> choose(
    AgentStanding& standing, AgentPlace wanted, AgentCause by, ticketing::Instant now
);
std::vector<AgentMove> hear(
    AgentStanding& standing, CallWord word, const std::string& call, ticketing::Instant at
);
// T21
std::vector<AgentMove> believe(AgentStanding& standing, AgentPlace told, ticketing::Instant at);
// T18: whether there was a wrap-up to make longer.
bool wrap_up_longer(AgentStanding& standing);
std::vector<AgentMove> pass_time(AgentStanding& standing, ticketing::Instant now);

}  // namespace hotline::telephony
