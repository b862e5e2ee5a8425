#pragma once

#include "integrations/ari/calls.hpp"
#include "integrations/telephony/call_state.hpp"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

// Recorded events through the scripts, in their order and in disorder: what each call came to.
// Pure.
namespace hotline::ari {

struct Recorded {
    Instant received{};
    Event event;
};

struct Scenario {
    std::string name;
    std::vector<Recorded> events;
};

struct Recording {
    std::vector<Scenario> scenarios;
    std::size_t lines = 0;
    std::size_t unread = 0;  // lines whose event means nothing
};

// JSON Lines of {"rx","scenario","event"}. What stands in brackets after a scenario's name is a
// part of it. Err: "line N: …".
std::expected<Recording, std::string> read_recording(std::string_view text);

struct CallResult {
    std::string call;
    telephony::CallStory story;
    int ends = 0;           // events that say it is over; never more than one
    bool end_seen = false;  // the stream had the end of its caller in it
    std::optional<int> score;
    std::size_t commands = 0;
};

// Agents are offered as those of the recording were: by the number of their legs.
std::vector<CallResult> play(const std::vector<Recorded>& events);

// In the ways events may come. Each is the same for the same seed.
std::vector<Recorded> shuffled(std::vector<Recorded> events, std::uint32_t seed);
std::vector<Recorded> doubled(const std::vector<Recorded>& events);
// Every one may come up to `places` later than it should.
std::vector<Recorded> delayed(std::vector<Recorded> events, std::size_t places, std::uint32_t seed);

// The promises that hold whatever comes (README.md, A8); a sentence for each that is broken.
std::vector<std::string> broken_promises(const std::vector<CallResult>& results);

// "ended, answered by 1001 after 1.5 s, score 5, recorded"
std::string in_words(const CallResult& result);

}  // namespace hotline::ari
