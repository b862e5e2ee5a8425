#include "integrations/ari/event_socket.hpp"

#include "integrations/http/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <chrono>
#include <utility>

namespace hotline::ari {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using http_client::Connection;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds open_within{5};
// Pinged after half of it. A PBX that is gone without a word is noticed by then (A21).
constexpr std::chrono::seconds silent_for{20};
constexpr std::size_t longest_message = 1024 * 1024;

}  // namespace

struct EventSocket::State {
    explicit State(asio::any_io_executor e) : executor(std::move(e)) {}

    asio::any_io_executor executor;
    std::function<void()> end = [] {};  // closes what is open just now
    bool closed = false;
};

EventSocket::EventSocket(asio::any_io_executor executor)
    : state_(std::make_shared<State>(std::move(executor))) {}
EventSocket::~EventSocket() {
    close();
}

void EventSocket::close() {
    state_->closed = true;
    state_->end();
}

namespace {

using Ears = std::pair<std::function<void()>, std::function<void(std::string_view)>>;

template <class Stream>
asio::awaitable<std::string> listen(
    Stream stream, const EventSocket::Opening& opening, const Ears& ears, std::function<void()>& end
) {
    auto socket = std::make_shared<websocket::stream<Stream>>(std::move(stream));
    end = [socket] {
        boost::system::error_code ignored;
        beast::get_lowest_layer(*socket).close(ignored);
    };
    websocket::stream_base::timeout limits{open_within, silent_for, true};
    socket->set_option(limits);
    socket->read_message_max(longest_message);
    socket->set_option(websocket::stream_base::decorator([&](websocket::request_type& ask) {
        ask.set(beast::http::field::authorization, opening.authorization);
    }));
    websocket::response_type answer;
    const auto host = opening.url.authority();
    const auto [refused] =
        co_await socket->async_handshake(answer, host, opening.url.target, as_result);
    if (refused) {
        const bool said = refused == websocket::error::upgrade_declined;
        co_return said ? "refused with " + std::to_string(answer.result_int()) : refused.message();
    }
    ears.first();
    beast::flat_buffer buffer;
    for (;;) {
        const auto [error, size] = co_await socket->async_read(buffer, as_result);
        if (error) co_return error.message();
        const auto data = buffer.cdata();
        ears.second({static_cast<const char*>(data.data()), data.size()});
        buffer.consume(buffer.size());
    }
}

}  // namespace

asio::awaitable<std::string> EventSocket::run(
    Opening opening, std::function<void()> opened, std::function<void(std::string_view)> text
) {
    const auto state = state_;
    if (state->closed) co_return "closed";
    const Ears ears(std::move(opened), std::move(text));
    // The address is the administrator's word, and a PBX stands inside.
    http_client::Limits limits;
    limits.public_addresses_only = false;
    const auto connection = std::make_shared<Connection>(state->executor);
    state->end = [connection] { connection->close(); };
    const auto until = std::chrono::steady_clock::now() + open_within;
    const auto there = co_await connection->open(opening.url, limits, opening.trust, until);
    if (!there) co_return connection->trouble();
    if (state->closed) co_return "closed";
    auto stream = connection->take();
    if (auto* tls = std::get_if<Connection::TlsStream>(&stream)) {
        co_return co_await listen(std::move(*tls), opening, ears, state->end);
    }
    auto& plain = std::get<Connection::TcpSocket>(stream);
    co_return co_await listen(std::move(plain), opening, ears, state->end);
}

}  // namespace hotline::ari
