#pragma once

#include "integrations/redis/connection.hpp"
#include "integrations/redis/intake_entry.hpp"

#include <boost/asio/awaitable.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hotline::redis {

struct LiveMessage {
    std::string id;  // place in the feed, given by Redis; empty before publishing
    std::string topic;
    std::string json;

    bool operator==(const LiveMessage&) const = default;
};

// What is known of the feed, to judge whether a place in it can still be resumed from.
struct FeedBounds {
    StreamId first;  // first retained; 0-0 when empty
    StreamId last;   // last ever given
    std::uint64_t added = 0;
    std::uint64_t length = 0;
};

// True when messages after `since` may have been dropped, or `since` is not of this feed.
bool is_gone(StreamId since, const FeedBounds& bounds);

struct Replayed {
    bool gone = false;  // start over from a fresh picture
    std::vector<LiveMessage> messages;
};

// The ordered feed of changes all servers share; each server reads all of it and hands it to its
// own WebSocket sessions. Holds the last `retained` messages (roughly), so a client that comes back
// soon resumes without a gap. It carries nothing that is not also in MySQL.
class LiveBus {
public:
    using OnMessage = std::function<void(const LiveMessage&)>;
    using OnGap = std::function<void()>;

    // `reader` must be this bus's own, since run() blocks it. Both outlive the bus.
    LiveBus(
        Connection& commands,
        Connection& reader,
        std::string stream = "live",
        std::uint64_t retained = 20'000
    );

    // Appends in order; gives the ids. On an error the caller delivers to its own sessions.
    boost::asio::awaitable<Result<std::vector<std::string>>> publish(
        std::vector<LiveMessage> messages
    );

    // Delivers everything published from now on, in order, also what came while the connection was
    // away. `on_gap`: messages were lost, sessions must start over. Returns after stop(), which
    // also closes the reader. Spawn it once.
    boost::asio::awaitable<void> run(OnMessage on_message, OnGap on_gap);
    void stop();

    // What came after `since` (an id from a LiveMessage), at most `limit`.
    boost::asio::awaitable<Result<Replayed>> replay(std::string since, std::size_t limit);

private:
    boost::asio::awaitable<Result<FeedBounds>> bounds(Connection& connection);
    boost::asio::awaitable<Result<std::vector<LiveMessage>>> read_after(std::string since);
    boost::asio::awaitable<bool> resume();
    boost::asio::awaitable<bool> deliver_next();

    Connection& commands_;
    Connection& reader_;
    std::string stream_;
    std::uint64_t retained_;
    OnMessage on_message_;
    OnGap on_gap_;
    std::optional<StreamId> place_;  // of the last message delivered
    std::uint64_t checked_handshake_ = 0;
    std::atomic<bool> stopped_ = false;
};

}  // namespace hotline::redis
