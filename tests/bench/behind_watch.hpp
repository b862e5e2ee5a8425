#pragma once

#include "tests/bench/instance.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>

namespace hotline::bench {

// How many changes of tickets the roll-ups are behind, looked at four times a second as long as it
// lives.
class BehindWatch {
public:
    // `instance` must outlive it.
    explicit BehindWatch(const Instance& instance);

    std::uint64_t most() const { return most_; }
    // Waits until nothing is behind, `limit` at most; the seconds that took.
    double seconds_to_level(std::chrono::seconds limit) const;

private:
    void look(const std::stop_token& stop);

    const Instance& instance_;
    std::atomic<std::uint64_t> most_ = 0;
    std::jthread thread_;
};

}  // namespace hotline::bench
