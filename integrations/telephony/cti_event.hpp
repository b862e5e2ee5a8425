#pragma once

#include "ticketing/types/ids.hpp"
#include "ticketing/types/named_enum.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace hotline::telephony {

enum class CtiKind {
    offered = 1,
    queued = 2,
    ringing = 3,
    answered = 4,
    held = 5,
    resumed = 6,
    transferred = 7,
    abandoned = 8,
    ended = 9,
    recording_ready = 10,
    no_answer = 11,           // it rang at an agent in vain; the call goes on
    lost = 12,                // its platform does not know it any more (T23)
    callback_requested = 13,  // instead of waiting on; the caller leaves the line with it (T34)
    survey_scored = 14,
};

constexpr auto names_of(CtiKind) {
    return ticketing::NameTable<CtiKind, 14>{{
        {CtiKind::offered, "call.offered"},
        {CtiKind::queued, "call.queued"},
        {CtiKind::ringing, "call.ringing"},
        {CtiKind::answered, "call.answered"},
        {CtiKind::held, "call.held"},
        {CtiKind::resumed, "call.resumed"},
        {CtiKind::transferred, "call.transferred"},
        {CtiKind::abandoned, "call.abandoned"},
        {CtiKind::ended, "call.ended"},
        {CtiKind::recording_ready, "recording.ready"},
        {CtiKind::no_answer, "call.no_answer"},
        {CtiKind::lost, "call.lost"},
        {CtiKind::callback_requested, "callback.requested"},
        {CtiKind::survey_scored, "survey.scored"},
    }};
}

// Persisted numbers.
enum class Direction { in = 1, out = 2 };

constexpr auto names_of(Direction) {
    return ticketing::NameTable<Direction, 2>{{{Direction::in, "in"}, {Direction::out, "out"}}};
}

// T35
constexpr int best_score = 5;

// One thing that happened to a call, as its platform tells it. Texts may be empty: not told.
struct CtiEvent {
    std::string event_id;  // unique within the source; what makes sending again harmless
    std::string call_id;   // likewise
    CtiKind kind = CtiKind::offered;
    ticketing::Instant occurred_at;
    std::optional<std::int64_t> seq;  // counts up within the call
    std::optional<Direction> direction;
    std::string ani;   // who calls
    std::string dnis;  // the number called
    std::string queue;
    std::string agent;         // extension
    std::string recording;     // where it lies, for the platform's own player
    std::optional<int> score;  // of survey.scored: 1, very bad, to 5 (T35)

    bool operator==(const CtiEvent&) const = default;
};

}  // namespace hotline::telephony
