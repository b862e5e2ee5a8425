#include "integrations/webhooks/retry.hpp"

#include <algorithm>
#include <array>

namespace hotline::webhooks {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::seconds, 8> steps{5s, 30s, 2min, 10min, 30min, 1h, 3h, 6h};
constexpr std::chrono::seconds longest_wait = steps.back();
constexpr std::chrono::seconds longest_pause = 5min;
constexpr unsigned spread_percent = 20;

}  // namespace

std::chrono::seconds back_off(unsigned attempts, std::uint64_t message) {
    const std::size_t step =
        std::min<std::size_t>(attempts == 0 ? 0 : attempts - 1, steps.size() - 1);
    // Knuth's multiplicative hash: neighbours differ most.
    const auto scatter =
        static_cast<std::int64_t>((message * 2654435761U >> 8) % (spread_percent + 1));
    return steps[step] - steps[step] * scatter / 100;
}

std::chrono::seconds wait_before(
    unsigned attempts, std::uint64_t message, std::optional<std::chrono::seconds> asked_for
) {
    const auto own = back_off(attempts, message);
    return asked_for ? std::max(own, std::min(*asked_for, longest_wait)) : own;
}

std::chrono::seconds pause(unsigned failures, std::optional<std::chrono::seconds> asked_for) {
    // The first failures may be one message's own.
    if (failures < 3 && !asked_for) return 0s;
    const auto own = std::min(longest_pause, std::chrono::seconds(1U << std::min(failures, 9U)));
    return asked_for ? std::max(std::min(*asked_for, longest_wait), own) : own;
}

Verdict verdict_of(unsigned status) {
    if (status >= 200 && status < 300) return Verdict::delivered;
    return status == 410 ? Verdict::gone : Verdict::again;
}

}  // namespace hotline::webhooks
