#include "integrations/telephony/agent_state.hpp"

#include <algorithm>

namespace hotline::telephony {
namespace {

using ticketing::Instant;
using Moves = std::vector<AgentMove>;

constexpr AgentPlace place_ready{AgentState::ready, AgentReason::none};

// The only way from place to place. Time never runs backwards: what is told late happened at the
// latest when the step before it did.
void go(AgentStanding& standing, Moves& moves, AgentPlace to, AgentCause cause, Instant at) {
    if (to == standing.place) return;
    at = std::max(at, standing.since);
    moves.push_back({at, standing.place, to, cause, standing.call});
    const bool was_at_hand = takes_calls(standing.place.state);
    standing.place = to;
    standing.since = at;
    standing.due_at.reset();
    if (to.state == AgentState::ready) {
        // A call that rang and went elsewhere costs nobody his place in the line (T20).
        if (!was_at_hand || !standing.idle_since) standing.idle_since = at;
    } else if (to.state != AgentState::reserved && to.state != AgentState::ringing) {
        standing.idle_since.reset();
    }
    if (!is_on_call(to.state) && to.state != AgentState::wrap_up) {
        standing.call.clear();
        standing.next.reset();
    }
}

void go_on(AgentStanding& standing, Moves& moves, AgentCause cause, Instant at) {
    go(standing, moves, standing.next.value_or(place_ready), cause, at);
}

void take_up(AgentStanding& standing, Moves& moves, const std::string& call, Instant at) {
    const AgentState now = standing.place.state;
    const bool talks = now == AgentState::talking || now == AgentState::held;
    const bool elsewhere = talks && !standing.call.empty() && standing.call != call;
    // A second line beside the talk is the telephone's business.
    if (now == AgentState::offline || elsewhere) return;
    standing.call = call;
    if (talks) return;
    if (now == AgentState::not_ready) standing.next = standing.place;  // and back to it
    go(standing, moves, {AgentState::talking, AgentReason::none}, AgentCause::call, at);
}

void leave(AgentStanding& standing, Moves& moves, Instant at) {
    const bool spoke =
        standing.place.state == AgentState::talking || standing.place.state == AgentState::held;
    if (!spoke) return go_on(standing, moves, AgentCause::call, at);
    go(standing, moves, {AgentState::wrap_up, AgentReason::none}, AgentCause::call, at);
    standing.due_at = standing.since + usual_wrap_up;
}

// It was promised to him, or rings at him, and no other call is or does.
bool is_his_to_take(const AgentStanding& standing, const std::string& call) {
    const bool promised = standing.place.state == AgentState::reserved &&
                          (standing.call.empty() || standing.call == call);
    return promised || standing.place.state == AgentState::ready;
}

// T20, T30: why a telephone that was to ring brought nothing.
std::optional<AgentReason> why_in_vain(CallWord word) {
    switch (word) {
        case CallWord::no_answer:
            return AgentReason::no_answer;
        case CallWord::rejected:
            return AgentReason::rejected;
        case CallWord::unreachable:
            return AgentReason::device_lost;
        default:
            return std::nullopt;
    }
}

}  // namespace

bool can_be_chosen(AgentPlace wanted) {
    using enum AgentReason;
    switch (wanted.state) {
        case AgentState::offline:
        case AgentState::ready:
            return wanted.reason == none;
        case AgentState::not_ready:
            return wanted.reason == meal || wanted.reason == rest || wanted.reason == meeting ||
                   wanted.reason == training || wanted.reason == back_office;
        default:
            return false;
    }
}

bool is_on_call(AgentState state) {
    return state == AgentState::reserved || state == AgentState::ringing ||
           state == AgentState::talking || state == AgentState::held;
}

bool takes_calls(AgentState state) {
    return state == AgentState::ready || state == AgentState::reserved ||
           state == AgentState::ringing;
}

Moves choose(AgentStanding& standing, AgentPlace wanted, AgentCause by, Instant now) {
    Moves moves;
    if (is_on_call(standing.place.state)) {
        if (wanted == place_ready) {
            standing.next.reset();
        } else {
            standing.next = wanted;
        }
        return moves;
    }
    // T16: nobody is rung at by signing in alone.
    if (standing.place.state == AgentState::offline && wanted.state != AgentState::offline) {
        go(standing, moves, {AgentState::not_ready, AgentReason::signed_in}, by, now);
    }
    go(standing, moves, wanted, by, now);
    return moves;
}

Moves hear(AgentStanding& standing, CallWord word, const std::string& call, Instant at) {
    Moves moves;
    const bool his = !standing.call.empty() && standing.call == call;
    switch (word) {
        case CallWord::rings:
            if (is_his_to_take(standing, call)) {
                standing.call = call;
                go(standing, moves, {AgentState::ringing, {}}, AgentCause::call, at);
            }
            break;
        case CallWord::answered:
            take_up(standing, moves, call, at);
            break;
        case CallWord::held:
            if (his && standing.place.state == AgentState::talking) {
                go(standing, moves, {AgentState::held, {}}, AgentCause::call, at);
            }
            break;
        case CallWord::resumed:
            if (his && standing.place.state == AgentState::held) {
                go(standing, moves, {AgentState::talking, {}}, AgentCause::call, at);
            }
            break;
        case CallWord::no_answer:
        case CallWord::rejected:
        case CallWord::unreachable:
            if (his && takes_calls(standing.place.state)) {
                const AgentPlace vain{AgentState::not_ready, *why_in_vain(word)};
                go(standing, moves, vain, AgentCause::call, at);
            }
            break;
        case CallWord::left:
            if (his && is_on_call(standing.place.state)) leave(standing, moves, at);
            break;
        case CallWord::waits:
            if (his && is_on_call(standing.place.state) &&
                standing.place.state != AgentState::reserved) {
                leave(standing, moves, at);
            }
            break;
        case CallWord::reserved:
            if (standing.place == place_ready) {
                standing.call = call;
                go(standing, moves, {AgentState::reserved, {}}, AgentCause::call, at);
            }
            break;
        case CallWord::dials:
            if (standing.place.state == AgentState::offline) break;
            if (is_on_call(standing.place.state)) break;
            // Back to where he was, when it is over.
            if (standing.place.state == AgentState::not_ready) standing.next = standing.place;
            standing.call = call;
            go(standing, moves, {AgentState::reserved, {}}, AgentCause::agent, at);
            break;
        case CallWord::ran_out:
            if (his && takes_calls(standing.place.state)) {
                go_on(standing, moves, AgentCause::clock, at);
            }
            break;
    }
    return moves;
}

Moves believe(AgentStanding& standing, AgentPlace told, Instant at) {
    Moves moves;
    if (standing.told_at && at <= *standing.told_at) return moves;
    standing.told_at = at;
    const bool rests = told.state == AgentState::not_ready && told.reason == AgentReason::none;
    const bool same = told.state == standing.place.state;
    // It told no reason where one is known already.
    if (!(rests && same)) go(standing, moves, told, AgentCause::platform, at);
    standing.due_at.reset();  // whoever tells the states owns their clocks
    return moves;
}

bool wrap_up_longer(AgentStanding& standing) {
    if (standing.place.state != AgentState::wrap_up || !standing.due_at) return false;
    const Instant most = standing.since + longest_wrap_up;
    if (*standing.due_at >= most) return false;
    standing.due_at = std::min(*standing.due_at + usual_wrap_up, most);
    return true;
}

Moves pass_time(AgentStanding& standing, Instant now) {
    Moves moves;
    if (standing.place.state != AgentState::wrap_up || !standing.due_at) return moves;
    if (*standing.due_at <= now) go_on(standing, moves, AgentCause::clock, *standing.due_at);
    return moves;
}

}  // namespace hotline::telephony
