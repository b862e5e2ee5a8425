#include "server/live/session.hpp"

#include "server/http/upgrade.hpp"
#include "server/live/operation.hpp"
#include "server/now.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/chrono.h>

#include <algorithm>
#include <utility>

namespace hotline::live {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using asio::awaitable;

namespace {

using Opening = beast::http::request<beast::http::empty_body>;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds close_timeout{5};
// What the system keeps for a page that does not read; left to itself, some megabytes each.
constexpr int unsent_bytes = 64 * 1024;
constexpr std::uint16_t unsupported_data = 1003;
constexpr std::uint16_t policy_violation = 1008;

std::string hello() {
    const auto now = hotline::now();
    const auto seconds = std::chrono::system_clock::to_time_t(now);
    return fmt::format(
        R"({{"op":"hello","server_time":"{:%Y-%m-%dT%H:%M:%S}.{:03}Z"}})",
        fmt::gmtime(seconds),
        now.time_since_epoch().count() % 1000
    );
}

std::string subscribed(const std::vector<std::string>& topics) {
    const boost::json::array list(topics.begin(), topics.end());
    return R"({"op":"subscribed","topics":)" + boost::json::serialize(list) + "}";
}

Opening opening_of(const http::Request& request) {
    Opening opening{beast::http::verb::get, "/", 11};
    for (const auto& header : request.headers) opening.insert(header.name, header.value);
    return opening;
}

// One WebSocket over a plain or TLS connection: a reader, a writer, and the queue between hub and
// writer.
template <class Bytes>
class Session {
public:
    Session(
        Bytes& bytes,
        http::Upgrade& upgrade,
        const EndpointSettings& settings,
        Hub& hub,
        const Replay& replay,
        const Presence& presence,
        std::shared_ptr<Subscriber> who
    );
    ~Session() {
        if (placed_) presence_.left(*who_);
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    awaitable<void> run(Opening opening);

private:
    awaitable<void> read();
    awaitable<void> write();
    awaitable<void> rest(std::chrono::steady_clock::time_point until);
    awaitable<void> obey(Operation operation);
    void cut() {
        boost::system::error_code ignored;
        socket_.close(ignored);
        wake_.cancel();
    }

    websocket::stream<Bytes&> socket_stream_;
    http::TcpSocket& socket_;
    http::Deadline& deadline_;
    const EndpointSettings& settings_;
    Hub& hub_;
    const Replay& replay_;
    const Presence& presence_;
    asio::steady_timer wake_;
    std::shared_ptr<Subscriber> who_;
    bool placed_ = false;  // has said where its person is
    bool over_ = false;
    bool resting_ = false;
};

template <class Bytes>
Session<Bytes>::Session(
    Bytes& bytes,
    http::Upgrade& upgrade,
    const EndpointSettings& settings,
    Hub& hub,
    const Replay& replay,
    const Presence& presence,
    std::shared_ptr<Subscriber> who
)
    : socket_stream_(bytes),
      socket_(upgrade.stream.socket()),
      deadline_(upgrade.deadline),
      settings_(settings),
      hub_(hub),
      replay_(replay),
      presence_(presence),
      wake_(socket_.get_executor(), asio::steady_timer::time_point::max()),
      who_(std::move(who)) {
    socket_stream_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
    boost::system::error_code kept_as_it_is;
    socket_.set_option(asio::socket_base::send_buffer_size(unsent_bytes), kept_as_it_is);
    // permessage-deflate stays off: a small message may unpack to a large one.
    socket_stream_.read_message_max(settings_.message_bytes);
    socket_stream_.auto_fragment(false);
    socket_stream_.text(true);
}

template <class Bytes>
awaitable<void> Session<Bytes>::run(Opening opening) {
    using namespace asio::experimental::awaitable_operators;
    auto [error] = co_await socket_stream_.async_accept(opening, as_result);
    if (error) co_return;
    who_->on_wake([this] {
        if (!resting_ || who_->close_code() != 0) wake_.cancel();
    });
    who_->send(hello());
    co_await (read() && write());
}

template <class Bytes>
awaitable<void> Session<Bytes>::read() {
    beast::flat_buffer buffer;
    while (who_->close_code() == 0) {
        auto [error, count] = co_await socket_stream_.async_read(buffer, as_result);
        if (error) {
            // During our own close the writer sees to the rest.
            if (who_->close_code() != 0) co_return;
            over_ = true;
            cut();
            co_return;
        }
        const std::string_view text(static_cast<const char*>(buffer.data().data()), buffer.size());
        auto operation = parse_operation(text);
        if (!socket_stream_.got_text()) {
            who_->close(unsupported_data);
        } else if (!operation) {
            who_->close(policy_violation);
        } else {
            co_await obey(std::move(*operation));
        }
        buffer.clear();
    }
}

template <class Bytes>
awaitable<void> Session<Bytes>::obey(Operation operation) {
    if (operation.op == Op::ping) {
        who_->send(R"({"op":"pong"})");
    } else if (operation.op == Op::unsubscribe) {
        hub_.unsubscribe(*who_, operation.topics);
    } else if (operation.op == Op::at) {
        if (!presence_.at) co_return;
        placed_ = true;
        co_await presence_.at(*who_, std::move(operation.place));
    } else {
        who_->split_lines(operation.lines);
        auto topics = hub_.subscribe(*who_, operation.topics, operation.since.has_value());
        who_->send(subscribed(topics));
        if (!operation.since) co_return;
        std::optional<std::vector<Message>> replayed;
        if (replay_) replayed = co_await replay_(std::move(topics), std::move(*operation.since));
        if (replayed) {
            hub_.resume(*who_, *replayed);
        } else {
            hub_.restart(*who_);
        }
    }
}

// Until then, or until it is to end; what comes meanwhile waits and wakes nobody.
template <class Bytes>
awaitable<void> Session<Bytes>::rest(std::chrono::steady_clock::time_point until) {
    resting_ = true;
    wake_.expires_at(until);
    co_await wake_.async_wait(as_result);
    wake_.expires_at(asio::steady_timer::time_point::max());
    resting_ = false;
}

template <class Bytes>
awaitable<void> Session<Bytes>::write() {
    std::chrono::steady_clock::time_point rested;
    while (!over_ && who_->close_code() == 0) {
        if (!who_->has_frame()) {
            co_await wake_.async_wait(as_result);
            continue;
        }
        const bool gathers = who_->gathers();
        const auto now = std::chrono::steady_clock::now();
        if (gathers && now < rested) {
            co_await rest(rested);
            continue;
        }
        const auto frame = who_->take_frames();
        // What did not fit does not wait once more.
        if (gathers && !who_->has_frame()) rested = now + settings_.gather;
        deadline_.expire_after(settings_.write_timeout);
        auto [error, count] = co_await socket_stream_.async_write(asio::buffer(frame), as_result);
        deadline_.never();
        if (error) over_ = true;
    }
    if (!over_) {
        deadline_.expire_after(close_timeout);
        const auto code = static_cast<websocket::close_code>(who_->close_code());
        co_await socket_stream_.async_close(websocket::close_reason(code), as_result);
        over_ = true;
    }
    cut();
}

bool same_site(const http::Request& request, std::string_view origin) {
    const auto host = request.header("host");
    const std::string_view scheme = request.secure ? "https://" : "http://";
    return host && origin.starts_with(scheme) && origin.substr(scheme.size()) == *host;
}

}  // namespace

Endpoint::Endpoint(
    Hub& hub, EndpointSettings settings, Authenticate authenticate, Replay replay, Presence presence
)
    : hub_(hub),
      settings_(std::move(settings)),
      authenticate_(std::move(authenticate)),
      replay_(std::move(replay)),
      presence_(std::move(presence)) {}

// Browsers let any page open a WebSocket with the user's cookies; only this check stops it.
bool Endpoint::origin_allowed(const http::Request& request) const {
    const auto origin = request.header("origin");
    if (!origin) return false;
    if (same_site(request, *origin)) return true;
    return std::ranges::find(settings_.allowed_origins, *origin) != settings_.allowed_origins.end();
}

awaitable<std::optional<http::Response>> Endpoint::serve(http::Upgrade& upgrade) const {
    const auto& request = upgrade.request;
    if (!origin_allowed(request)) {
        co_return http::problem(request, ErrorCode::origin_not_allowed);
    }
    // g++ 12 destroys the temporaries of a conditional inside a co_await expression twice.
    const auto found = request.query.find("ticket");
    std::string ticket;
    if (found != request.query.end()) ticket = found->second;
    auto principal = co_await authenticate_(request, std::move(ticket));
    if (!principal) co_return http::problem(request, principal.error());
    auto who = hub_.join(std::move(*principal));
    if (!who) co_return http::problem(request, ErrorCode::queue_full);

    auto opening = opening_of(request);
    if (auto* tls = std::get_if<http::TlsStream>(&upgrade.stream.either())) {
        Session session(*tls, upgrade, settings_, hub_, replay_, presence_, std::move(who));
        co_await session.run(std::move(opening));
    } else {
        auto& plain = std::get<http::TcpSocket>(upgrade.stream.either());
        Session session(plain, upgrade, settings_, hub_, replay_, presence_, std::move(who));
        co_await session.run(std::move(opening));
    }
    co_return std::nullopt;
}

}  // namespace hotline::live
