#include "server/http/stream.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <utility>

namespace hotline::http {

namespace asio = boost::asio;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

}  // namespace

Stream::Stream(TcpSocket socket) : stream_(std::move(socket)) {}

Stream::Stream(TcpSocket socket, asio::ssl::context& tls)
    : stream_(std::in_place_type<TlsStream>, std::move(socket), tls) {}

TcpSocket& Stream::socket() {
    if (auto* tls = std::get_if<TlsStream>(&stream_)) return tls->next_layer();
    return std::get<TcpSocket>(stream_);
}

asio::awaitable<boost::system::error_code> Stream::handshake() {
    auto* tls = std::get_if<TlsStream>(&stream_);
    if (!tls) co_return boost::system::error_code{};
    auto [error] = co_await tls->async_handshake(TlsStream::server, as_result);
    co_return error;
}

// Not a coroutine itself: the operation's own frame is enough.
asio::awaitable<IoResult> Stream::read_some(asio::mutable_buffer into) {
    if (auto* tls = std::get_if<TlsStream>(&stream_)) return tls->async_read_some(into, as_result);
    return std::get<TcpSocket>(stream_).async_read_some(into, as_result);
}

asio::awaitable<IoResult> Stream::write(std::array<asio::const_buffer, 2> buffers) {
    if (auto* tls = std::get_if<TlsStream>(&stream_)) {
        return asio::async_write(*tls, buffers, as_result);
    }
    return asio::async_write(std::get<TcpSocket>(stream_), buffers, as_result);
}

asio::awaitable<void> Stream::end_output() {
    if (auto* tls = std::get_if<TlsStream>(&stream_)) co_await tls->async_shutdown(as_result);
    boost::system::error_code ignored;
    socket().shutdown(TcpSocket::shutdown_send, ignored);
}

}  // namespace hotline::http
