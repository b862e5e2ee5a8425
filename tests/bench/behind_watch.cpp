#include "tests/bench/behind_watch.hpp"

#include "integrations/mysql/derive_store.hpp"
#include "tests/bench/tables.hpp"

namespace hotline::bench {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

}  // namespace

BehindWatch::BehindWatch(const Instance& instance)
    : instance_(instance), thread_([this](const std::stop_token& stop) { look(stop); }) {}

void BehindWatch::look(const std::stop_token& stop) {
    const mysql::ThreadScope scope;
    mysql::Connection db = must(mysql::Connection::open(instance_.owner()));
    while (!stop.stop_requested()) {
        const std::uint64_t behind = must(mysql::derive_backlog(db));
        if (behind > most_) most_ = behind;
        std::this_thread::sleep_for(250ms);
    }
}

double BehindWatch::seconds_to_level(std::chrono::seconds limit) const {
    const auto start = Clock::now();
    while (count(instance_, "SELECT COUNT(*) FROM derive_todo") > 0 && Clock::now() - start < limit
    ) {
        std::this_thread::sleep_for(50ms);
    }
    return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace hotline::bench
