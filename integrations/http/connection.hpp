#pragma once

#include "integrations/http/client.hpp"
#include "integrations/http/tls.hpp"
#include "integrations/http/url.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>

#include <chrono>
#include <expected>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

namespace hotline::http_client {

using Instant = std::chrono::steady_clock::time_point;

// One connection to one server, plain or over TLS; one exchange at a time.
class Connection {
public:
    explicit Connection(boost::asio::any_io_executor executor);

    // Looks the name up, refuses what `limits` does not admit, connects, and has it proved over TLS
    // that it is this host.
    boost::asio::awaitable<std::expected<void, Fault>> open(
        Url url, Limits limits, Trust trust, Instant until
    );
    // What came in its way, in one sentence.
    const std::string& trouble() const { return trouble_; }
    // Ends an opening under way.
    void close();

    using TcpSocket = boost::asio::ip::tcp::socket;
    using TlsStream = boost::asio::ssl::stream<TcpSocket>;
    using Stream = std::variant<TcpSocket, TlsStream>;
    // What was opened, for another protocol than this.
    Stream take() { return std::move(stream_); }

    boost::asio::awaitable<std::expected<Answer, Fault>> exchange(
        std::string request, bool to_head, std::size_t answer_bytes, Instant until, Sink sink
    );

    // Whether the last exchange left it fit for another one.
    bool reusable() const { return reusable_; }
    // Whether the server has neither ended it nor said anything since.
    bool quiet();

private:
    using IoResult = std::tuple<boost::system::error_code, std::size_t>;

    TcpSocket& socket();
    boost::asio::awaitable<std::expected<void, Fault>> secure(
        std::string host, Trust trust, Instant until
    );
    std::unexpected<Fault> fail(Fault fault, std::string why);
    boost::asio::awaitable<IoResult> read_some(boost::asio::mutable_buffer into);
    boost::asio::awaitable<IoResult> write(boost::asio::const_buffer bytes);

    Stream stream_;
    std::string trouble_;
    bool reusable_ = false;
};

}  // namespace hotline::http_client
