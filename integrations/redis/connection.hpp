#pragma once

#include "integrations/redis/reply.hpp"
#include "ticketing/errors.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace hotline::redis {

struct ConnectionSettings {
    std::string unix_socket;  // wins over host and port
    std::string host = "127.0.0.1";
    std::uint16_t port = 6379;
    std::string user;      // ACL user; empty = the default user
    std::string password;  // empty = no AUTH
    std::string name;      // shown by CLIENT LIST
    std::chrono::milliseconds command_deadline{800};
    std::chrono::milliseconds connect_deadline{1000};  // connect + AUTH + first PING
    std::chrono::milliseconds ping_every{5000};        // when nothing else is on the way
    std::chrono::milliseconds backoff_first{50};       // doubles up to backoff_last
    std::chrono::milliseconds backoff_last{1000};
    std::size_t max_outstanding = 50'000;  // past it: queue_full
};

struct ConnectionCounts {
    std::uint64_t commands = 0;   // sent
    std::uint64_t connects = 0;   // handshakes passed
    std::uint64_t expiries = 0;   // times a deadline passed
    std::size_t outstanding = 0;  // sent, not yet answered
};

// One pipelined connection to one Redis, kept up for as long as run() runs.
//
// Commands of all callers go out in the order of the calls and share round trips. The link is up
// only after connect, AUTH and PING were answered. The first failure opens the circuit: the link is
// torn down, available() is false, and commands fail at once until a new handshake has passed, so a
// caller can take its other way without waiting.
//
// All members may be called from any thread; completions arrive on the caller's executor, whose
// context must outlive the connection.
class Connection {
public:
    using OnMessage = std::function<void(std::string payload)>;

    Connection(boost::asio::any_io_executor executor, ConnectionSettings settings);
    ~Connection();  // = close()
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Connects, watches deadlines, reconnects with back-off; returns after close() or when its
    // coroutine is cancelled. Spawn it once, on the connection's executor.
    boost::asio::awaitable<void> run();

    // True when the last handshake passed and nothing has failed since.
    bool available() const noexcept;

    // Waits until available(), at most `limit`; store_unavailable when it did not come about.
    boost::asio::awaitable<Result<void>> wait_available(std::chrono::milliseconds limit);

    // Sends one command. A Redis error is a Reply of kind error (see unless_error).
    //   store_unavailable  not sent, or the link broke before the answer: unknown if it was sent
    //   deadline_exceeded  no answer in time: unknown. When Redis has been silent, every
    //                      outstanding command gets this and the circuit opens; while it still
    //                      answers others, only the late command
    //   queue_full         max_outstanding reached, not sent
    boost::asio::awaitable<Result<Reply>> command(Command command);
    boost::asio::awaitable<Result<Reply>> command(
        Command command, std::chrono::milliseconds deadline
    );

    // Sends the commands back to back with nothing of other callers in between (MULTI … EXEC) and
    // gives their replies in order. Same errors as command().
    boost::asio::awaitable<Result<std::vector<Reply>>> pipeline(std::vector<Command> commands);
    boost::asio::awaitable<Result<std::vector<Reply>>> pipeline(
        std::vector<Command> commands, std::chrono::milliseconds deadline
    );

    // Receives what is published on `channel`, again after each reconnect. A connection with
    // subscriptions accepts no commands. `on_message` runs on the connection's executor.
    // Call before run().
    void subscribe(std::string channel, OnMessage on_message);

    // Fails what is outstanding with store_unavailable and lets run() return.
    void close();

    ConnectionCounts counts() const noexcept;
    // Why the last attempt or link ended, for /readyz and the log; empty while all is well.
    std::string last_failure() const;
    const ConnectionSettings& settings() const noexcept;

private:
    class Core;
    std::shared_ptr<Core> core_;
};

}  // namespace hotline::redis
