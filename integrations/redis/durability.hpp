#pragma once

#include "integrations/redis/connection.hpp"

#include <boost/asio/awaitable.hpp>

namespace hotline::redis {

// Reads appendonly, appendfsync, no-appendfsync-on-rewrite and maxmemory-policy. With any other
// value than yes / always / no / noeviction an accepted appeal could be lost, so the server must
// refuse to start. The error (code internal) names the setting, what it is and what it must be.
boost::asio::awaitable<Result<void>> check_durable_settings(Connection& connection);

}  // namespace hotline::redis
