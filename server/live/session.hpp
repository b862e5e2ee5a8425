#pragma once

#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/server.hpp"
#include "server/live/hub.hpp"
#include "server/live/presence.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hotline::live {

// Redeems the one-time ticket of the query; called after the Origin check, before the 101.
using Authenticate = std::function<boost::asio::awaitable<Result<std::shared_ptr<const Principal>>>(
    http::Request request, std::string ticket
)>;

// All messages of these topics after the one with id `since`, oldest first; nothing when that is no
// longer known or too much. Whoever sees what is decided by the hub's View afterwards.
using Replay = std::function<boost::asio::awaitable<std::optional<std::vector<Message>>>(
    std::vector<std::string> topics, std::string since
)>;

// Told where a session's person is, one call at a time for each session, and when it has ended
// after having said so once or more.
struct Presence {
    std::function<boost::asio::awaitable<void>(Subscriber& who, std::optional<Place> place)> at;
    std::function<void(Subscriber& who)> left;
};

struct EndpointSettings {
    // "scheme://host[:port]", exactly as browsers send Origin. The asked host itself always is one.
    std::vector<std::string> allowed_origins;
    std::size_t message_bytes = 64 * 1024;  // of a client's message
    std::chrono::milliseconds write_timeout{30'000
    };  // of one frame, to a client that does not read
    // Between two messages of events to who splits lines: what comes meanwhile goes in one.
    std::chrono::milliseconds gather{50};
};

// The WebSocket side of the hub, for http::Hooks::upgrade. Runs until either side ends it. Refusals
// before the 101: origin_not_allowed, what `authenticate` says, queue_full past the hub's bound.
// Ends with 1008 when the client sends what is no operation of ours, 1009 when it sends too much.
class Endpoint {
public:
    Endpoint(
        Hub& hub,
        EndpointSettings settings,
        Authenticate authenticate,
        Replay replay,
        Presence presence = {}
    );

    boost::asio::awaitable<std::optional<http::Response>> serve(http::Upgrade& upgrade) const;

private:
    bool origin_allowed(const http::Request& request) const;

    Hub& hub_;
    EndpointSettings settings_;
    Authenticate authenticate_;
    Replay replay_;
    Presence presence_;
};

}  // namespace hotline::live
