#pragma once

#include "integrations/http/inside.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::http_client {

struct Header {
    std::string name, value;
};

struct Request {
    std::string method = "POST";
    std::string url;
    std::vector<Header> headers;  // Host, length and connection are ours to say
    std::string body;
};

struct Answer {
    unsigned status = 0;
    std::vector<Header> headers;
    std::string body;

    // The first of that name in any case; "" when there is none.
    std::string_view header(std::string_view name) const;
};

enum class Fault {
    bad_url,      // not a URL, a method or header fields that can be sent
    not_allowed,  // https only, the host is not on the list or an address of it may not be called
    unreachable,  // no such name, nobody listens
    tls,          // no common protocol, or not the certificate of this host
    timeout,
    cut,        // ended before its answer, or answered something that is not HTTP
    too_large,  // the answer
};
std::string_view name(Fault fault);

struct Limits {
    std::chrono::milliseconds connect{3000};  // look-up, connection and TLS together
    std::chrono::milliseconds total{10000};   // the same and everything else
    std::size_t answer_bytes = 65536;
    // The name is looked up once, every address it has must be public or `inside`, and that address
    // is the one connected to. Redirects are answers like any other and never followed.
    bool public_addresses_only = true;
    Inside inside;
    bool https_only = true;
    std::vector<std::string> hosts;  // empty: any; else exact or ".suffix"
    // Connections to one server at a time; further requests wait within `total`.
    std::size_t connections_per_server = 16;
    // PEM of further authorities, beside those the machine trusts. Empty: none.
    std::string ca_file;
};

// Takes a body as it comes, a piece at a time; the next is read when it has. False: enough.
using Sink = std::function<boost::asio::awaitable<bool>(std::string_view piece)>;

// Calls to other systems over HTTP/1.1. Certificate and host name are always verified. All calls on
// the executor's thread. A request is sent once: whether to try again is the caller's to know.
class Client {
public:
    // Throws std::runtime_error when the authorities in `ca_file` cannot be read.
    explicit Client(boost::asio::any_io_executor executor, Limits limits);
    ~Client();
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;

    // May outlive the client.
    boost::asio::awaitable<std::expected<Answer, Fault>> send(Request request);
    // The body of a 200 goes to `sink` and not into the answer; `answer_bytes` bounds it all the
    // same. What was taken is worth nothing unless the answer comes. A sink that has enough ends
    // the call as `cut`.
    boost::asio::awaitable<std::expected<Answer, Fault>> send_into(Request request, Sink sink);

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace hotline::http_client
