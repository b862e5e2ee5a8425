#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>

namespace hotline::sla {

// S49: what came of the calls that asked for an agent. Values add up.
struct CallTally {
    std::int64_t answered = 0;
    std::int64_t abandoned = 0;                  // over without an answer
    std::int64_t flowed_out = 0;                 // left the line to be called back
    std::map<std::int64_t, std::int64_t> waits;  // answered calls by whole seconds, begun
    std::chrono::milliseconds waited{};          // of the answered, together
    std::chrono::milliseconds talked{};          // of the answered that are over
    std::int64_t talks = 0;                      // how many of those

    std::int64_t asked() const { return answered + abandoned + flowed_out; }
    void add(const CallTally& other);

    bool operator==(const CallTally&) const = default;
};

// A call answered within so many seconds was answered at once (15 秒接通率).
inline constexpr std::int64_t soon_seconds = 15;

// Of the answered, after at most so many seconds.
std::int64_t answered_within(const CallTally& tally, std::int64_t seconds);
// Of the answered; nothing when none was.
std::optional<std::chrono::milliseconds> mean_wait(const CallTally& tally);
// The shortest time in which nine of ten answered calls were answered, in seconds.
std::optional<std::int64_t> ninth_decile_wait(const CallTally& tally);
std::optional<std::chrono::milliseconds> mean_talk(const CallTally& tally);

}  // namespace hotline::sla
