#pragma once

#include "integrations/mysql/session_store.hpp"
#include "integrations/redis/limits.hpp"
#include "server/auth/settings.hpp"
#include "ticketing/errors.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <unordered_map>

namespace hotline::auth {

// One-time tickets for the WebSocket, whose handshake can carry no CSRF header. A ticket names the
// session, lives thirty seconds and is authenticated by a key all servers share, so any server can
// redeem it. That it is used once is remembered in Redis, and without Redis by each server for
// itself.
class LiveTickets {
public:
    LiveTickets(redis::Limits& limits, const Settings& settings, Clock clock);

    std::string issue(const mysql::TokenDigest& session) const;

    // The session it was issued for; not_authenticated when forged, too old or used before.
    boost::asio::awaitable<Result<mysql::TokenDigest>> redeem(std::string ticket);

private:
    bool first_use_here(const std::string& nonce, ticketing::Instant now);

    redis::Limits& limits_;
    const Settings& settings_;
    Clock clock_;
    std::unordered_map<std::string, ticketing::Instant> used_;  // nonce → when it is over anyway
};

}  // namespace hotline::auth
