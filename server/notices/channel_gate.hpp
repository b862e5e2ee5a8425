#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace hotline::notices {

struct GateSettings {
    double per_second = 50;     // sent at most; as many at once after a rest
    std::size_t parallel = 32;  // under way at most
    unsigned failures = 8;      // in a row until the channel rests
    std::chrono::milliseconds first_rest{2'000};
    std::chrono::milliseconds longest_rest{120'000};
};

// How much a channel may be given now: its rate, what is under way, and whether it rests after
// failing (circuit breaker). Knows no clock: the time is a parameter.
class ChannelGate {
public:
    using Time = std::chrono::steady_clock::time_point;
    enum class State { closed = 0, trying = 1, open = 2 };

    explicit ChannelGate(GateSettings settings)
        : settings_(settings), tokens_(std::max(1.0, settings.per_second)) {}

    // How many may be sent now.
    std::size_t room(Time now) {
        refill(now);
        if (now < open_until_ || now < asked_until_) return 0;
        const std::size_t parallel = failing() ? 1 : settings_.parallel;
        const std::size_t free = parallel > under_way_ ? parallel - under_way_ : 0;
        return std::min(free, static_cast<std::size_t>(tokens_));
    }

    void began() {
        ++under_way_;
        tokens_ -= 1;
    }
    void succeeded() {
        --under_way_;
        in_a_row_ = 0;
        rest_ = {};
    }
    // The far side is busy and says for how long: no failure.
    void asked_to_wait(Time now, std::chrono::milliseconds time) {
        --under_way_;
        asked_until_ = std::max(asked_until_, now + std::min(time, settings_.longest_rest));
    }
    void failed(Time now, bool broken = false) {
        --under_way_;
        in_a_row_ = broken ? std::max(in_a_row_ + 1, settings_.failures) : in_a_row_ + 1;
        // Those under way when it shut fail with it: one outage, not one each.
        if (!failing() || now < open_until_) return;
        rest_ = rest_ == rest_.zero() ? settings_.first_rest
                                      : std::min(rest_ * 2, settings_.longest_rest);
        open_until_ = now + rest_;
    }

    State state(Time now) const {
        if (!failing()) return State::closed;
        return now < open_until_ ? State::open : State::trying;
    }
    std::size_t under_way() const { return under_way_; }

private:
    bool failing() const { return in_a_row_ >= settings_.failures; }

    void refill(Time now) {
        if (filled_ != Time{}) {
            const std::chrono::duration<double> passed = now - filled_;
            tokens_ += passed.count() * settings_.per_second;
        }
        tokens_ = std::min(tokens_, std::max(1.0, settings_.per_second));
        filled_ = now;
    }

    GateSettings settings_;
    double tokens_;
    std::size_t under_way_ = 0;
    unsigned in_a_row_ = 0;
    std::chrono::milliseconds rest_{};
    Time filled_;
    Time open_until_;
    Time asked_until_;
};

}  // namespace hotline::notices
