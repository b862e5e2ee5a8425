#pragma once

#include "integrations/mysql/pool.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace hotline::mysql {

// One job on its way through the pool. All fields belong to whoever holds the pool's lock, except
// `job`, which the running thread uses alone.
struct Ticketed {
    std::shared_ptr<Job> job;
    JobKind kind;
    Lane lane;
    std::move_only_function<void()> wake;
    std::chrono::steady_clock::time_point enqueued;
    Connection* running_on = nullptr;  // set while a statement may be under way
    bool cancelled = false;
};
using TicketedJob = std::shared_ptr<Ticketed>;

// The two lanes. Not thread-safe: the pool's lock guards it.
class JobQueue {
public:
    JobQueue(std::size_t limit_per_lane, std::size_t threads);

    bool push(const TicketedJob& job);  // false: lane is full
    TicketedJob pop();                  // what may start now; null when nothing may
    void ended(Lane lane);              // a popped job has ended
    bool remove(const TicketedJob& job);
    std::vector<TicketedJob> take_all();

    std::size_t size(Lane lane) const { return lanes_[index(lane)].size(); }
    bool waiting() const { return !lanes_[0].empty() || !lanes_[1].empty(); }
    std::size_t busy() const { return busy_[0] + busy_[1]; }

private:
    static constexpr std::size_t index(Lane lane) { return lane == Lane::interactive ? 0 : 1; }
    TicketedJob take_front(Lane lane);

    std::size_t limit_;
    std::size_t background_limit_;  // threads the background lane may hold at once
    std::array<std::deque<TicketedJob>, 2> lanes_;
    std::array<std::size_t, 2> busy_{};
    unsigned turn_ = 0;
};

}  // namespace hotline::mysql
