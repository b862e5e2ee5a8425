#pragma once

#include "server/http/request.hpp"
#include "ticketing/types/ids.hpp"

#include <boost/asio/awaitable.hpp>

#include <span>
#include <string>
#include <string_view>

namespace hotline::redis {
class Limits;
}

namespace hotline::api {

// A masked field somebody wants in clear, and what for.
struct RevealWish {
    std::string field;
    std::string reason;

    // For the audit: no number stands in it.
    std::string detail() const;
};
Result<RevealWish> read_wish(
    const http::Request& request, std::span<const std::string_view> fields
);

// Thirty an hour for each person, of whatever. Errors: rate_limited.
boost::asio::awaitable<Result<void>> take_reveal(redis::Limits& limits, ticketing::UserId user);

}  // namespace hotline::api
