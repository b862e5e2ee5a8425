#pragma once

#include "integrations/mysql/pool.hpp"
#include "ticketing/errors.hpp"

#include <boost/asio/awaitable.hpp>

#include <utility>

namespace hotline::api {

constexpr int most_tellings = 4;

// A platform's word as a transaction. Two lines of one platform may bring the same event at once:
// who is refused for that tries again, and then finds it there. store_unavailable: still refused;
// nothing is known to be kept, and sending the same again is harmless.
template <class Job>
auto transact_again(mysql::Pool& pool, Job job)
    -> boost::asio::awaitable<decltype(job(std::declval<mysql::Connection&>()))> {
    for (int attempt = 1;; ++attempt) {
        auto one = job;
        auto done = co_await pool.transact(std::move(one));
        if (done || done.error().code != ErrorCode::conflict) co_return done;
        if (attempt == most_tellings) co_return fail(ErrorCode::store_unavailable);
    }
}

}  // namespace hotline::api
