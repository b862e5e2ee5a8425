#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <variant>

namespace hotline::http {

using TcpSocket = boost::asio::ip::tcp::socket;
using TlsStream = boost::asio::ssl::stream<TcpSocket>;
using IoResult = std::tuple<boost::system::error_code, std::size_t>;

// A connection's bytes, plain or over TLS. One read and one write at a time.
class Stream {
public:
    explicit Stream(TcpSocket socket);
    Stream(TcpSocket socket, boost::asio::ssl::context& tls);

    bool secure() const { return std::holds_alternative<TlsStream>(stream_); }
    TcpSocket& socket();
    std::variant<TcpSocket, TlsStream>& either() { return stream_; }

    // Nothing to do on a plain connection.
    boost::asio::awaitable<boost::system::error_code> handshake();
    boost::asio::awaitable<IoResult> read_some(boost::asio::mutable_buffer into);
    // All of both buffers.
    boost::asio::awaitable<IoResult> write(std::array<boost::asio::const_buffer, 2> buffers);
    // Tells the peer that nothing more will come; what it still sends can be read from socket().
    boost::asio::awaitable<void> end_output();

private:
    std::variant<TcpSocket, TlsStream> stream_;
};

}  // namespace hotline::http
