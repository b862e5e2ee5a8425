#pragma once

#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"
#include "ticketing/errors.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::http {

class Upgrade;  // server/http/upgrade.hpp; only server/live looks inside

// What a stranger may hold of the server. Sizes in bytes; rates in bytes per second.
struct Limits {
    std::size_t header_bytes = 16 * 1024;
    std::size_t body_bytes = 1024 * 1024;
    std::size_t drain_bytes = 64 * 1024 * 1024;  // read and thrown away so that a refusal arrives
    std::size_t min_rate = 16 * 1024;  // past body_timeout a body must have come at least so fast
    std::chrono::milliseconds header_timeout{10'000};
    std::chrono::milliseconds body_timeout{30'000};
    std::chrono::milliseconds idle_timeout{60'000};
    std::chrono::milliseconds write_timeout{30'000};  // for each 64 KiB of an answer
    std::chrono::milliseconds drain_timeout{10'000};
    std::size_t connections = 4096;
    std::size_t connections_per_address = 256;  // 0: no bound. Trusted proxies: their clients count
    std::size_t requests_in_flight = 2000;
    // Requests under way with a body past body_bytes, on the routes that take one.
    std::size_t large_bodies = 24;
    std::size_t large_bodies_per_address = 6;
};

struct Settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;        // 0: any free one, see Server::port()
    std::string certificate_file;  // PEM chain; both or neither
    std::string private_key_file;
    std::vector<std::string> trusted_proxies;  // addresses or CIDR blocks
    Limits limits;
};

// One line per answered request, refused ones included. Views live for the call only.
struct AccessRecord {
    Method method = Method::other;
    std::string_view route;  // the router's pattern; empty when none matched
    std::string_view path;   // decoded; may hold what a stranger typed
    int status = 0;
    std::chrono::nanoseconds duration{};  // from the complete request head to the last byte written
    std::size_t bytes_in = 0;             // body
    std::size_t bytes_out = 0;            // head and body
    std::string_view request_id;
    std::string_view remote_address;
};

// What the server asks of its surroundings; any may be empty.
struct Hooks {
    std::function<void(const AccessRecord&)> on_answer;
    // A handler that threw (the asker gets 500), an accept that failed, a broken task.
    std::function<void(std::string_view where, std::exception_ptr)> on_failure;
    // The bound for this request's body; 0 = Limits::body_bytes. Usually Router::max_body.
    std::function<std::size_t(Method, std::string_view path)> max_body;
    // Takes a WebSocket request over and returns when it is finished, or refuses with a response.
    // Without it, or when it gives back nothing for a path that is not its own, Upgrade is ignored.
    std::function<bool(std::string_view path)> is_upgrade_path;
    std::function<boost::asio::awaitable<std::optional<Response>>(Upgrade&)> upgrade;
};

struct ServerStats {
    std::size_t connections = 0;
    std::size_t requests_in_flight = 0;
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;    // over a connection limit
    std::uint64_t timed_out = 0;  // too slow in header, body or reading the answer; idle ends not
    std::chrono::nanoseconds loop_lag{};  // how late the last 100 ms tick came
};

// Listens, reads complete and well-framed requests, hands them to the handler, writes the answers.
// Lives on one single-threaded executor; every call comes from there (listen() may come before it
// runs).
class Server {
public:
    // Err: internal with the reason (bad address, port taken, unreadable certificate).
    static Result<std::unique_ptr<Server>> listen(
        boost::asio::any_io_executor executor, Settings settings, Handler handler, Hooks hooks = {}
    );
    ~Server();

    std::uint16_t port() const;
    ServerStats stats() const;

    void start();
    // Stops accepting, ends idle connections, lets requests under way finish for at most `drain`,
    // then cancels them. WebSockets count as under way: close them first (live::Hub::close_all).
    boost::asio::awaitable<void> stop(std::chrono::milliseconds drain);

private:
    class Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace hotline::http
