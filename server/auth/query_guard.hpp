#pragma once

#include "integrations/redis/limits.hpp"
#include "ticketing/errors.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <unordered_map>

namespace hotline::auth {

// Who may look at a ticket with number and code. A number is no secret and can be guessed; the
// code's thirty bits hold because five wrong ones an hour close a number, and an address asks sixty
// times a minute at most. Answers alike, and without asking the database, for numbers that do not
// exist and for wrong codes.
class QueryGuard {
public:
    // `secret`: the one query codes are derived from.
    QueryGuard(redis::Limits& limits, std::string secret);

    // Errors: rate_limited (detail: seconds), wrong_query_code.
    boost::asio::awaitable<Result<void>> admit(
        std::string ticket_no, std::string code, std::string address
    );

private:
    std::optional<std::chrono::seconds> closed_for(const std::string& ticket_no);
    void close(const std::string& ticket_no, std::chrono::seconds wait);

    redis::Limits& limits_;
    std::string secret_;
    // Numbers with too many wrong codes, and until when. Bounded: see close().
    std::unordered_map<std::string, std::chrono::steady_clock::time_point> closed_;
};

}  // namespace hotline::auth
