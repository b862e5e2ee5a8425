#pragma once

#include "ticketing/types/ids.hpp"
#include "ticketing/types/named_enum.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace hotline::telephony {

// Persisted numbers; the last two are no row's: there is none, or it lies at a platform.
enum class RecordingState {
    at_exchange = 1,
    kept = 2,
    deleted = 3,  // after its time
    lost = 4,     // not to be had from the exchange
    none = 5,
    at_platform = 6,
};

constexpr auto names_of(RecordingState) {
    return ticketing::NameTable<RecordingState, 6>{{
        {RecordingState::at_exchange, "at_exchange"},
        {RecordingState::kept, "kept"},
        {RecordingState::deleted, "deleted"},
        {RecordingState::lost, "lost"},
        {RecordingState::none, "none"},
        {RecordingState::at_platform, "at_platform"},
    }};
}

// T46: until the last of it is written at the exchange.
inline constexpr std::chrono::seconds recording_settles{5};
// T46: how long after the so many-th try the next one is due.
std::chrono::seconds recording_tried_again_after(int tries);
// T46: whether an exchange that does not have it, or gives no recording, is asked once more.
bool is_recording_given_up(ticketing::Instant recorded_at, ticketing::Instant now);
// T46: fetched by then, or somebody is told.
inline constexpr std::chrono::days recording_overdue_after{2};

// T48
ticketing::Instant recording_kept_until(ticketing::Instant recorded_at, std::chrono::days keep);

// How long a WAV is, by its beginning and how many bytes it has: none when it is no such file. What
// it says of its own length may be left from before it was finished.
std::optional<std::chrono::seconds> wav_length(std::string_view beginning, std::uint64_t bytes);

}  // namespace hotline::telephony
