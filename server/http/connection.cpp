#include "server/http/connection.hpp"

#include "server/http/request_reader.hpp"
#include "server/http/serialize.hpp"
#include "server/http/upgrade.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace hotline::http {

namespace {

namespace asio = boost::asio;
using asio::awaitable;
using std::chrono::milliseconds;

constexpr std::size_t write_slice = 64 * 1024;
constexpr milliseconds farewell{1000};

class Connection {
public:
    Connection(Core& core, TcpSocket socket, asio::ip::address peer);

    awaitable<void> run();
    awaitable<void> turn_away(ErrorCode why);

private:
    awaitable<void> serve();
    awaitable<void> run_upgrade();
    awaitable<Response> handle();
    awaitable<void> answer(const Request& asker, Response response);
    awaitable<bool> write(std::string_view head, std::string_view body);
    awaitable<void> linger(milliseconds limit);
    void record(const Request& asker, const Response& response, std::size_t sent) const;

    Core& core_;
    const Limits& limits_;
    Stream stream_;
    Deadline deadline_;
    RequestReader reader_;
    std::string out_;
    bool keep_alive_ = true;
};

Stream stream_for(Core& core, TcpSocket socket) {
    return core.tls ? Stream(std::move(socket), *core.tls) : Stream(std::move(socket));
}

Connection::Connection(Core& core, TcpSocket socket, asio::ip::address peer)
    : core_(core),
      limits_(core_.settings.limits),
      stream_(stream_for(core_, std::move(socket))),
      deadline_(core_.deadlines, stream_.socket()),
      reader_(core_, stream_, deadline_, std::move(peer)) {}

awaitable<void> Connection::run() {
    deadline_.expire_after(limits_.header_timeout);
    if (co_await stream_.handshake()) co_return;
    while (keep_alive_ && !core_.draining) {
        const auto read = co_await reader_.next();
        if (read == Read::ended) co_return;
        keep_alive_ = reader_.keep_alive();
        if (read == Read::complete) {
            co_await serve();
            continue;
        }
        keep_alive_ = false;
        co_await answer(reader_.asker(), problem(reader_.asker(), reader_.refusal()));
        // Whoever was too slow gets no more time.
        if (read == Read::refused) co_await linger(limits_.drain_timeout);
        co_return;
    }
    deadline_.expire_after(farewell);
    co_await stream_.end_output();
}

awaitable<void> Connection::turn_away(ErrorCode why) {
    Request nobody;
    nobody.method = Method::other;
    nobody.request_id = core_.next_request_id();
    keep_alive_ = false;
    co_await answer(nobody, problem(nobody, why));
    co_await linger(farewell);
}

awaitable<void> Connection::serve() {
    const auto& asker = reader_.asker();
    // Requests that share a proxy's connections are counted by the client they come from.
    std::optional<HeldByClient> share;
    if (reader_.behind_proxy()) {
        share.emplace(
            core_.requests_by_client, asker.remote_address, limits_.connections_per_address
        );
    }
    if (share && !*share) {
        co_await answer(asker, problem(asker, ErrorCode::rate_limited));
    } else if (reader_.wants_websocket() && core_.hooks.upgrade && core_.hooks.is_upgrade_path &&
               core_.hooks.is_upgrade_path(asker.path)) {
        co_await run_upgrade();
    } else if (core_.stats.requests_in_flight >= limits_.requests_in_flight) {
        co_await answer(asker, problem(asker, ErrorCode::queue_full));
    } else {
        deadline_.never();
        auto response = co_await handle();
        reader_.served();
        co_await answer(asker, std::move(response));
    }
}

awaitable<Response> Connection::handle() {
    const Held under_way(core_.stats.requests_in_flight);
    std::exception_ptr failure;
    try {
        co_return co_await core_.handler(std::move(reader_.request()));
    } catch (...) {
        failure = std::current_exception();
    }
    core_.failed("handler", failure);
    co_return problem(reader_.asker(), ErrorCode::internal);
}

awaitable<void> Connection::run_upgrade() {
    keep_alive_ = false;
    const auto& asker = reader_.asker();
    // Frames before the 101 belong to nobody (RFC 6455 section 4.1).
    if (reader_.has_unread()) {
        co_await answer(asker, problem(asker, ErrorCode::bad_request, "early_frames"));
        co_return;
    }
    deadline_.never();
    Upgrade upgrade(std::move(reader_.request()), stream_, deadline_);
    auto refusal = co_await core_.hooks.upgrade(upgrade);
    if (refusal) {
        co_await answer(asker, std::move(*refusal));
    } else {
        Response switched;
        switched.status = 101;
        record(asker, switched, 0);
    }
}

awaitable<void> Connection::answer(const Request& asker, Response response) {
    keep_alive_ = keep_alive_ && !response.close && !core_.draining;
    write_head(
        out_,
        response,
        Envelope{
            core_.deadlines.date(), asker.request_id, keep_alive_, reader_.http_1_0(), asker.secure
        }
    );
    const bool bodiless =
        asker.method == Method::head || response.status == 204 || response.status == 304;
    const auto body = bodiless ? std::string_view{} : body_of(response);
    if (!co_await write(out_, body)) keep_alive_ = false;
    record(asker, response, out_.size() + body.size());
}

// In slices, so that a slow reader is told from a dead one and needs no more than the minimum rate.
awaitable<bool> Connection::write(std::string_view head, std::string_view body) {
    do {
        const auto slice = body.substr(0, write_slice);
        body.remove_prefix(slice.size());
        deadline_.expire_after(limits_.write_timeout);
        const std::array<asio::const_buffer, 2> buffers{asio::buffer(head), asio::buffer(slice)};
        auto [error, count] = co_await stream_.write(buffers);
        if (error) co_return false;
        head = {};
    } while (!body.empty());
    co_return true;
}

void Connection::record(const Request& asker, const Response& response, std::size_t sent) const {
    if (!core_.hooks.on_answer) return;
    AccessRecord entry;
    entry.method = asker.method;
    entry.route = response.route;
    entry.path = asker.path;
    entry.status = response.status;
    if (asker.received != Deadlines::Clock::time_point{}) {
        entry.duration = Deadlines::Clock::now() - asker.received;
    }
    entry.bytes_in = reader_.body_size();
    entry.bytes_out = sent;
    entry.request_id = asker.request_id;
    entry.remote_address = asker.remote_address;
    core_.hooks.on_answer(entry);
}

// Closing with unread input resets the connection and may take the answer away from a client that
// is still sending (RFC 9112 section 9.6): read on for a bounded while.
awaitable<void> Connection::linger(milliseconds limit) {
    deadline_.expire_after(farewell);
    co_await stream_.end_output();
    deadline_.expire_after(limit, true);
    std::array<char, 16 * 1024> waste;
    for (std::size_t drained = 0; drained < limits_.drain_bytes;) {
        auto [error, count] = co_await stream_.socket().async_read_some(
            asio::buffer(waste), asio::as_tuple(asio::use_awaitable)
        );
        if (error) co_return;
        drained += count;
    }
}

}  // namespace

awaitable<void> serve_connection(Seat seat, TcpSocket socket, asio::ip::address peer) {
    Connection connection(*seat.core, std::move(socket), std::move(peer));
    co_await connection.run();
}

awaitable<void> refuse_connection(std::shared_ptr<Core> core, TcpSocket socket, ErrorCode why) {
    const Held refusal(core->refusals);
    Connection connection(*core, std::move(socket), {});
    co_await connection.turn_away(why);
}

}  // namespace hotline::http
