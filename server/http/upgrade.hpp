#pragma once

#include "server/http/deadlines.hpp"
#include "server/http/request.hpp"
#include "server/http/stream.hpp"

#include <utility>

namespace hotline::http {

// A connection whose request asks to become a WebSocket, lent to server/live for as long as the
// WebSocket lasts. Nothing has been answered yet, nothing is buffered.
class Upgrade {
public:
    Upgrade(Request asked, Stream& bytes, Deadline& limit)
        : request(std::move(asked)), stream(bytes), deadline(limit) {}

    Request request;
    Stream& stream;
    Deadline& deadline;  // cancels every wait on the socket; for the one write under way
};

}  // namespace hotline::http
