#pragma once

#include "integrations/redis/connection.hpp"
#include "tests/support/private_stores.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>

namespace hotline::test {

using namespace std::chrono_literals;

// An event loop the test turns by hand.
class Loop {
public:
    boost::asio::io_context io{1};

    // Spawns and forgets. What it throws ends the test.
    template <class T>
    void spawn(boost::asio::awaitable<T> work) {
        boost::asio::co_spawn(io, std::move(work), [](std::exception_ptr thrown, auto&&...) {
            if (thrown) std::rethrow_exception(thrown);
        });
    }
    void spawn(boost::asio::awaitable<void> work) {
        boost::asio::co_spawn(io, std::move(work), [](std::exception_ptr thrown) {
            if (thrown) std::rethrow_exception(thrown);
        });
    }

    // Turns the loop until the work is done and gives its value.
    template <class T>
    T wait(boost::asio::awaitable<T> work) {
        std::optional<T> value;
        boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr thrown, T result) {
            if (thrown) std::rethrow_exception(thrown);
            value = std::move(result);
        });
        until([&] { return value.has_value(); });
        return std::move(*value);
    }

    // Turns the loop until `done` or too long.
    template <class Predicate>
    void until(Predicate done, std::chrono::milliseconds limit = 60s) {
        const auto give_up = std::chrono::steady_clock::now() + limit;
        while (!done()) {
            if (std::chrono::steady_clock::now() > give_up) throw std::runtime_error("test hangs");
            io.restart();
            io.run_one_for(5ms);
        }
    }

    void turn_for(std::chrono::milliseconds time) {
        io.restart();
        io.run_for(time);
    }
};

inline redis::ConnectionSettings settings_for(
    const PrivateRedis& server, std::chrono::milliseconds command_deadline = 800ms
) {
    redis::ConnectionSettings settings;
    settings.unix_socket = server.socket().string();
    settings.command_deadline = command_deadline;
    return settings;
}

// A connection that is up, and is gone cleanly when the test ends.
class Linked {
public:
    Linked(Loop& loop, redis::ConnectionSettings settings, bool wait = true)
        : loop_(loop), connection(loop.io.get_executor(), std::move(settings)) {
        boost::asio::co_spawn(loop.io, connection.run(), [this](std::exception_ptr) {
            ended_ = true;
        });
        if (wait) loop.until([this] { return connection.available(); });
    }
    ~Linked() {
        connection.close();
        loop_.until([this] { return ended_; });
    }
    Linked(const Linked&) = delete;
    Linked& operator=(const Linked&) = delete;

private:
    Loop& loop_;
    bool ended_ = false;

public:
    redis::Connection connection;
};

}  // namespace hotline::test
