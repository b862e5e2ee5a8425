#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/city.hpp"

#include <boost/asio/awaitable.hpp>

namespace hotline::workers {

// Puts a new snapshot of the city in force within two seconds of a change of calendar, policy or
// directory, and when the day changes in China: asks for their numbers every second and reads the
// city only when one has changed.
// What is under way finishes with the snapshot it began with.
boost::asio::awaitable<void> watch_city(mysql::Pool& pool, CitySource& city);

}  // namespace hotline::workers
