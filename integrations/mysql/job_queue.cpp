#include "integrations/mysql/job_queue.hpp"

#include <algorithm>

namespace hotline::mysql {

namespace {

// One background job in so many goes first, so that busy hours delay the workers but never stop
// them.
constexpr unsigned background_turn = 16;

}  // namespace

JobQueue::JobQueue(std::size_t limit_per_lane, std::size_t threads)
    : limit_(limit_per_lane), background_limit_(std::max<std::size_t>(threads, 2) - 1) {}

bool JobQueue::push(const TicketedJob& job) {
    auto& lane = lanes_[index(job->lane)];
    if (lane.size() >= limit_) return false;
    lane.push_back(job);
    return true;
}

TicketedJob JobQueue::pop() {
    const bool background = !lanes_[1].empty() && busy_[1] < background_limit_;
    const bool interactive = !lanes_[0].empty();
    if (!background && !interactive) return nullptr;
    ++turn_;
    if (background && (!interactive || turn_ % background_turn == 0))
        return take_front(Lane::background);
    return take_front(Lane::interactive);
}

TicketedJob JobQueue::take_front(Lane lane) {
    TicketedJob job = std::move(lanes_[index(lane)].front());
    lanes_[index(lane)].pop_front();
    ++busy_[index(lane)];
    return job;
}

void JobQueue::ended(Lane lane) {
    --busy_[index(lane)];
}

bool JobQueue::remove(const TicketedJob& job) {
    return std::erase(lanes_[index(job->lane)], job) != 0;
}

std::vector<TicketedJob> JobQueue::take_all() {
    std::vector<TicketedJob> all;
    for (auto& lane : lanes_) {
        all.insert(all.end(), lane.begin(), lane.end());
        lane.clear();
    }
    return all;
}

}  // namespace hotline::mysql
