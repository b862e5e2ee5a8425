#pragma once

#include "server/http/core.hpp"

#include <memory>

namespace hotline::http {

// Reads requests and writes answers, one after the other, until either side has had enough.
boost::asio::awaitable<void> serve_connection(
    Seat seat, TcpSocket socket, boost::asio::ip::address peer
);

// Says why with Retry-After and closes.
boost::asio::awaitable<void> refuse_connection(
    std::shared_ptr<Core> core, TcpSocket socket, ErrorCode why
);

}  // namespace hotline::http
