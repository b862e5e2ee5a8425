#include "integrations/telephony/recording_rules.hpp"

#include <algorithm>

namespace hotline::telephony {
namespace {

using namespace std::chrono_literals;

constexpr auto first_wait = 10s;
constexpr auto longest_wait = std::chrono::seconds(1h);
constexpr auto given_up_after = std::chrono::days(30);

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;) {
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
}

}  // namespace

std::chrono::seconds recording_tried_again_after(int tries) {
    std::chrono::seconds wait = first_wait;
    for (int n = 1; n < tries && wait < longest_wait; ++n) wait *= 3;
    return std::min(wait, longest_wait);
}

bool is_recording_given_up(ticketing::Instant recorded_at, ticketing::Instant now) {
    return now - recorded_at > given_up_after;
}

ticketing::Instant recording_kept_until(ticketing::Instant recorded_at, std::chrono::days keep) {
    return recorded_at + keep;
}

// RIFF of the form WAVE, whose first chunk says how it is coded: bytes a second at offset 28.
std::optional<std::chrono::seconds> wav_length(std::string_view beginning, std::uint64_t bytes) {
    constexpr std::size_t head = 44;
    if (beginning.size() < head || bytes < head) return std::nullopt;
    if (!beginning.starts_with("RIFF") || beginning.substr(8, 8) != "WAVEfmt ") return std::nullopt;
    const std::uint32_t a_second = number_at(beginning, 28);
    if (a_second == 0) return std::nullopt;
    const std::uint64_t length = (bytes - head + a_second / 2) / a_second;
    return std::chrono::seconds(static_cast<std::int64_t>(length));
}

}  // namespace hotline::telephony
