#pragma once

#include "integrations/mysql/outbox_store.hpp"
#include "integrations/mysql/pool.hpp"
#include "server/metrics.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace hotline::workers {

// What a sweep found to tell.
struct OutboxNews {
    std::vector<mysql::TicketLine> tickets;
    std::size_t many = 0;  // not 0: so many more that they are not told one by one
};

struct OutboxSettings {
    std::chrono::milliseconds interval{100};
    std::chrono::milliseconds lease{30'000};
    std::size_t batch = 1024;
    // More in one sweep are told as a number: a listener's queue holds 256 messages.
    std::size_t one_by_one = 100;
    std::chrono::milliseconds many_every{1000};
};

// Outbox → whoever listens. Takes rows under a lease, tells, hands them on to the notices: a change
// is told at least once, also when a server dies in between. Runs in the background lane and in
// bounded sweeps, so that a flood of new tickets costs one message a second and never a thread that
// intake needs.
class OutboxWorker {
public:
    using Tell = std::function<boost::asio::awaitable<void>(OutboxNews news)>;

    // What else is written of rows in the transaction that takes them, so that it happens exactly
    // once: those with attempts == 1 are taken for the first time.
    using Also = std::function<Result<void>(mysql::Connection&, std::span<const mysql::OutboxRow>)>;

    OutboxWorker(mysql::Pool& pool, Metrics& metrics, Tell tell, OutboxSettings settings = {});

    // Called after rows were handed on to the notices.
    void on_handed_on(std::function<void()> call) { handed_on_ = std::move(call); }
    // Before run().
    void also(Also write) { also_.push_back(std::move(write)); }

    // Until cancelled. Never ends by itself, whatever the stores do.
    boost::asio::awaitable<void> run();

    // One sweep; the number of rows it took.
    boost::asio::awaitable<Result<std::size_t>> sweep();

private:
    using Clock = std::chrono::steady_clock;
    using Tickets = std::set<ticketing::TicketId>;

    Result<std::vector<mysql::OutboxRow>> take(mysql::Connection& db) const;
    Tickets tickets_of(const std::vector<mysql::OutboxRow>& rows);
    boost::asio::awaitable<Result<std::vector<mysql::TicketLine>>> load(Tickets tickets);
    boost::asio::awaitable<Result<void>> forget_told();
    boost::asio::awaitable<void> measure();

    mysql::Pool& pool_;
    Metrics& metrics_;
    Tell tell_;
    std::function<void()> handed_on_;
    OutboxSettings settings_;
    std::vector<Also> also_;
    std::vector<std::uint64_t> in_hand_;  // rows taken, not deleted yet; in order
    std::size_t flood_ = 0;               // changes in hand to be told as a number
    Clock::time_point next_many_{};
    Clock::time_point next_measure_{};
};

}  // namespace hotline::workers
