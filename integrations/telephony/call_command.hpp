#pragma once

#include "integrations/telephony/agent_state.hpp"
#include "integrations/telephony/call_state.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// What people ask of a call at their desks, in the words of no call platform (README.md, T36 to
// T40).
namespace hotline::telephony {

// Persisted numbers.
enum class CallAction {
    hold = 1,
    resume = 2,
    hang_up = 3,
    transfer = 4,    // without announcing it
    conference = 5,  // a third joins
    drop = 6,        // whoever was called in is let go
    dial = 7,        // a call of ours to somebody outside
    listen = 8,
    whisper = 9,  // the agent alone hears the shift lead
    barge = 10,   // everybody does
};

constexpr auto names_of(CallAction) {
    return ticketing::NameTable<CallAction, 10>{{
        {CallAction::hold, "hold"},
        {CallAction::resume, "resume"},
        {CallAction::hang_up, "hang_up"},
        {CallAction::transfer, "transfer"},
        {CallAction::conference, "conference"},
        {CallAction::drop, "drop"},
        {CallAction::dial, "dial"},
        {CallAction::listen, "listen"},
        {CallAction::whisper, "whisper"},
        {CallAction::barge, "barge"},
    }};
}

// Why it cannot be done, or came to nothing. Persisted numbers.
enum class CommandFault {
    not_his = 1,      // he is not on that call
    wrong_state = 2,  // it is held already, nobody talks …
    on_a_call = 3,    // who wants to dial is
    not_able = 4,     // its platform cannot do that
    not_taken = 5,    // no platform was there
    no_word = 6,      // nobody told what came of it
    not_reached = 7,  // nobody answered there
    own_phone = 8,    // his own telephone was not answered
    over = 9,         // the call is
    refused = 10,     // its platform could not
};

constexpr auto names_of(CommandFault) {
    return ticketing::NameTable<CommandFault, 10>{{
        {CommandFault::not_his, "not_his"},
        {CommandFault::wrong_state, "wrong_state"},
        {CommandFault::on_a_call, "on_a_call"},
        {CommandFault::not_able, "not_able"},
        {CommandFault::not_taken, "not_taken"},
        {CommandFault::no_word, "no_word"},
        {CommandFault::not_reached, "not_reached"},
        {CommandFault::own_phone, "own_phone"},
        {CommandFault::over, "over"},
        {CommandFault::refused, "refused"},
    }};
}

// Persisted numbers.
enum class CommandEnd { done = 1, failed = 2 };

constexpr auto names_of(CommandEnd) {
    return ticketing::NameTable<CommandEnd, 2>{
        {{CommandEnd::done, "done"}, {CommandEnd::failed, "failed"}}
    };
}

// T36: whose it is to ask for. A shift lead who is on a call himself is its agent like anybody.
bool is_for_shift_lead(CallAction action);
// Whom the call is to go to, or who is to join it.
bool needs_target(CallAction action);

struct AskedOf {
    CallState call = CallState::offered;  // not of dial
    bool own = false;                     // who asks is on this call
    AgentState asker = AgentState::offline;
};
// T37
std::optional<CommandFault> why_not(CallAction action, const AskedOf& of);

// T38: as it is dialled, without spaces and hyphens; none when it is no number we call.
std::optional<std::string> outside_number(std::string_view typed);

// How the names of calls of ours begin.
constexpr std::string_view our_calls = "out-";

// T39
constexpr auto taken_within = std::chrono::seconds(4);
constexpr auto done_within = std::chrono::seconds(75);
constexpr auto handed_out_again_after = std::chrono::seconds(5);

// T40
constexpr auto able_for = std::chrono::seconds(30);
// "hold resume", and back; what is no action is left out.
std::string actions_text(std::span<const CallAction> actions);
std::vector<CallAction> actions_of(std::string_view text);

}  // namespace hotline::telephony
