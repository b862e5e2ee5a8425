#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace hotline::webhooks {

// V5: after a failed attempt the next one waits longer and longer, six hours at most, each message
// a little differently; what the receiver asks for by Retry-After counts when it is longer, up to
// the same six hours.
std::chrono::seconds back_off(unsigned attempts, std::uint64_t message);
std::chrono::seconds wait_before(
    unsigned attempts, std::uint64_t message, std::optional<std::chrono::seconds> asked_for
);

// V6: so long an endpoint that fails is left alone as a whole; one attempt follows.
std::chrono::seconds pause(unsigned failures, std::optional<std::chrono::seconds> asked_for);

// V5: a message is given up, V7: an endpoint that never answered well in that time is switched off.
inline constexpr std::chrono::hours longest{72};
inline constexpr unsigned fewest_failures = 10;

enum class Verdict { delivered, again, gone };
// 0: no answer. 2xx counts; 410 says that nobody listens there any more (V7).
Verdict verdict_of(unsigned status);

}  // namespace hotline::webhooks
