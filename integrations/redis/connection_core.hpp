#pragma once

#include "integrations/redis/connection.hpp"
#include "integrations/redis/link.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace hotline::redis {

// The state behind a Connection. Lives on `executor` except for the atomics and last_failure.
class Connection::Core : public std::enable_shared_from_this<Core> {
public:
    Core(boost::asio::any_io_executor executor, ConnectionSettings settings);

    static boost::asio::awaitable<void> run(std::shared_ptr<Core> self);

    struct Item {
        Command command;
        std::shared_ptr<Waiter> waiter;
    };
    // Sends all items back to back or completes all with the same error.
    void submit(std::vector<Item> items, std::chrono::milliseconds deadline);
    void submit_one(
        Command command, std::shared_ptr<Waiter> waiter, std::chrono::milliseconds deadline
    );
    void subscribe(std::string channel, OnMessage on_message);
    void close();

    const boost::asio::any_io_executor executor;
    const ConnectionSettings settings;
    std::atomic<bool> available = false;
    std::string last_failure() const;
    ConnectionCounts counts() const noexcept;

private:
    struct Handshake;

    static boost::asio::awaitable<bool> bring_up(std::shared_ptr<Core> self);
    static boost::asio::awaitable<Result<void>> open(std::shared_ptr<Core> self);
    static boost::asio::awaitable<bool> shake_hands(
        std::shared_ptr<Core> self, Link::Clock::time_point due
    );
    static boost::asio::awaitable<void> serve(std::shared_ptr<Core> self);
    static boost::asio::awaitable<void> pause(
        std::shared_ptr<Core> self, std::chrono::milliseconds time
    );

    std::vector<Command> greeting() const;
    Result<void> admit(std::size_t count) const;
    void expire(Link::Clock::time_point now);
    void changed();
    void drop(ErrorCode code, std::string why);
    void note_failure(std::string why);
    void start_subscriptions();
    std::chrono::milliseconds tick() const;

    std::shared_ptr<Link> link_;
    boost::asio::steady_timer timer_;
    std::vector<std::pair<std::string, OnMessage>> subscriptions_;
    bool stopped_ = false;

    std::atomic<std::uint64_t> commands_ = 0;
    std::atomic<std::uint64_t> connects_ = 0;
    std::atomic<std::uint64_t> expiries_ = 0;
    std::atomic<std::size_t> outstanding_ = 0;
    mutable std::mutex failure_mutex_;
    std::string failure_;
};

}  // namespace hotline::redis
