#include "sla/waiting.hpp"

namespace hotline::sla {

void CallTally::add(const CallTally& other) {
    answered += other.answered;
    abandoned += other.abandoned;
    flowed_out += other.flowed_out;
    for (const auto& [seconds, calls] : other.waits) waits[seconds] += calls;
    waited += other.waited;
    talked += other.talked;
    talks += other.talks;
}

std::int64_t answered_within(const CallTally& tally, std::int64_t seconds) {
    std::int64_t soon = 0;
    for (const auto& [waited, calls] : tally.waits) {
        if (waited <= seconds) soon += calls;
    }
    return soon;
}

std::optional<std::chrono::milliseconds> mean_wait(const CallTally& tally) {
    if (tally.answered == 0) return std::nullopt;
    return tally.waited / tally.answered;
}

std::optional<std::int64_t> ninth_decile_wait(const CallTally& tally) {
    std::int64_t calls = 0;
    for (const auto& [seconds, some] : tally.waits) {
        calls += some;
        if (10 * calls >= 9 * tally.answered) return seconds;
    }
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> mean_talk(const CallTally& tally) {
    if (tally.talks == 0) return std::nullopt;
    return tally.talked / tally.talks;
}

}  // namespace hotline::sla
