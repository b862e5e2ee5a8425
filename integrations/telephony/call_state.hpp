#pragma once

#include "integrations/telephony/cti_event.hpp"

#include <optional>
#include <string>
#include <vector>

namespace hotline::telephony {

// Persisted numbers.
enum class CallState {
    offered = 1,
    queued = 2,
    ringing = 3,
    talking = 4,
    held = 5,
    transferred = 6,
    abandoned = 7,
    ended = 8,
    lost = 9,       // over, and nobody knows how (T23)
    callback = 10,  // left the line to be called back (T34)
};

constexpr auto names_of(CallState) {
    return ticketing::NameTable<CallState, 10>{{
        {CallState::offered, "offered"},
        {CallState::queued, "queued"},
        {CallState::ringing, "ringing"},
        {CallState::talking, "talking"},
        {CallState::held, "held"},
        {CallState::transferred, "transferred"},
        {CallState::abandoned, "abandoned"},
        {CallState::ended, "ended"},
        {CallState::lost, "lost"},
        {CallState::callback, "callback"},
    }};
}

// T3
constexpr bool is_over(CallState state) {
    return state == CallState::abandoned || state == CallState::ended || state == CallState::lost ||
           state == CallState::callback;
}

// What a call has come to.
struct CallStory {
    CallState state = CallState::offered;
    Direction direction = Direction::in;
    std::string ani;
    std::string dnis;
    std::string queue;
    std::string agent;  // extension of whom it rang at or who spoke last (T5)
    std::optional<ticketing::Instant> offered_at;
    std::optional<ticketing::Instant> queued_at;
    std::optional<ticketing::Instant> ringing_at;  // the first time each
    std::optional<ticketing::Instant> answered_at;
    std::optional<ticketing::Instant> ended_at;
    std::string recording;
    std::optional<int> score;  // T35
    std::int64_t last_seq = 0;

    bool operator==(const CallStory&) const = default;
};

// T2
std::vector<CtiEvent> in_order(std::vector<CtiEvent> events);

// T1–T5: the story of one call from those of its events that are known, in any order.
CallStory story_of(std::vector<CtiEvent> events);

}  // namespace hotline::telephony
