#pragma once

#include "integrations/http/client.hpp"
#include "tests/stand_ins/http_stand_in.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace hotline::test {

// Limits for stand-ins on this machine.
inline http_client::Limits local_limits() {
    http_client::Limits limits;
    limits.public_addresses_only = false;
    limits.https_only = false;
    return limits;
}

// A client with an event loop that the test turns by hand.
class Caller {
public:
    explicit Caller(http_client::Limits limits = local_limits())
        : client(io.get_executor(), std::move(limits)) {}

    using Outcome = std::expected<http_client::Answer, http_client::Fault>;

    Outcome send(http_client::Request request) { return wait(client.send(std::move(request))); }
    Outcome get_into(std::string url, http_client::Sink sink) {
        http_client::Request request{.method = "GET", .url = std::move(url)};
        return wait(client.send_into(std::move(request), std::move(sink)));
    }
    Outcome wait(boost::asio::awaitable<Outcome> call) {
        std::optional<Outcome> result;
        boost::asio::co_spawn(io, std::move(call), [&](std::exception_ptr thrown, auto answer) {
            if (thrown) std::rethrow_exception(thrown);
            result = std::move(answer);
        });
        io.restart();
        io.run();
        return std::move(*result);
    }
    auto get(std::string url) { return send({.method = "GET", .url = std::move(url)}); }
    // The fault of a call that must not succeed.
    std::optional<http_client::Fault> fault(std::string url) {
        const auto answer = get(std::move(url));
        if (answer) return std::nullopt;
        return answer.error();
    }

    boost::asio::io_context io{1};
    http_client::Client client;
};

}  // namespace hotline::test
