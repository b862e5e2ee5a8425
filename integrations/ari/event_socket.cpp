#include "integrations/ari/event_socket.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <chrono>
#include <utility>

namespace hotline::ari {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using asio::ip::tcp;
using TlsStream = asio::ssl::stream<tcp::socket>;

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
    websocket::stream<Stream>& socket, const EventSocket::Opening& opening, const Ears& ears
) {
    websocket::stream_base::timeout limits{open_within, silent_for, true};
    socket.set_option(limits);
    socket.read_message_max(longest_message);
    socket.set_option(websocket::stream_base::decorator([&](websocket::request_type& ask) {
        ask.set(beast::http::field::authorization, opening.authorization);
    }));
    websocket::response_type answer;
    const auto host = opening.url.authority();
    const auto [refused] =
        co_await socket.async_handshake(answer, host, opening.url.target, as_result);
    if (refused) {
        const bool said = refused == websocket::error::upgrade_declined;
        co_return said ? "refused with " + std::to_string(answer.result_int()) : refused.message();
    }
    ears.first();
    beast::flat_buffer buffer;
    for (;;) {
        const auto [error, size] = co_await socket.async_read(buffer, as_result);
        if (error) co_return error.message();
        const auto data = buffer.cdata();
        ears.second({static_cast<const char*>(data.data()), data.size()});
        buffer.consume(buffer.size());
    }
}

// Closes a socket that is not open in time.
class OpenAlarm {
public:
    OpenAlarm(asio::any_io_executor executor, std::function<void()> end)
        : timer_(std::move(executor), open_within) {
        timer_.async_wait([end = std::move(end)](boost::system::error_code stopped) {
            if (!stopped) end();
        });
    }

private:
    asio::steady_timer timer_;
};

}  // namespace

asio::awaitable<std::string> EventSocket::run(
    Opening opening, std::function<void()> opened, std::function<void(std::string_view)> text
) {
    const auto state = state_;
    if (state->closed) co_return "closed";
    const Ears ears(std::move(opened), std::move(text));
    tcp::resolver resolver(state->executor);
    const auto [unknown, places] = co_await resolver.async_resolve(
        opening.url.host, std::to_string(opening.url.port), as_result
    );
    if (unknown) co_return unknown.message();
    auto socket = std::make_shared<tcp::socket>(state->executor);
    state->end = [socket] {
        boost::system::error_code ignored;
        socket->close(ignored);
    };
    boost::system::error_code failed;
    {
        const OpenAlarm alarm(state->executor, state->end);
        for (const auto& place : places) {
            std::tie(failed) = co_await socket->async_connect(place.endpoint(), as_result);
            if (!failed || state->closed) break;
            boost::system::error_code ignored;
            socket->close(ignored);
        }
    }
    if (failed) co_return failed.message();
    boost::system::error_code ignored;
    socket->set_option(tcp::no_delay(true), ignored);
    if (!opening.url.secure) {
        auto plain = std::make_shared<websocket::stream<tcp::socket>>(std::move(*socket));
        state->end = [plain] {
            boost::system::error_code unheard;
            plain->next_layer().close(unheard);
        };
        co_return co_await listen(*plain, opening, ears);
    }
    asio::ssl::context tls(asio::ssl::context::tls_client);
    tls.set_default_verify_paths();
    if (!opening.ca_file.empty()) tls.load_verify_file(opening.ca_file, failed);
    if (failed) co_return opening.ca_file + ": " + failed.message();
    auto secure = std::make_shared<websocket::stream<TlsStream>>(std::move(*socket), tls);
    state->end = [secure] {
        boost::system::error_code unheard;
        secure->next_layer().next_layer().close(unheard);
    };
    auto& stream = secure->next_layer();
    SSL_ctrl(
        stream.native_handle(),
        SSL_CTRL_SET_TLSEXT_HOSTNAME,
        TLSEXT_NAMETYPE_host_name,
        opening.url.host.data()
    );
    stream.set_verify_mode(asio::ssl::verify_peer);
    stream.set_verify_callback(asio::ssl::host_name_verification(opening.url.host));
    {
        const OpenAlarm alarm(state->executor, state->end);
        std::tie(failed) = co_await stream.async_handshake(TlsStream::client, as_result);
    }
    if (failed) co_return "TLS: " + failed.message();
    co_return co_await listen(*secure, opening, ears);
}

}  // namespace hotline::ari
