#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/pool.hpp"
#include "ticketing/errors.hpp"

#include <chrono>

namespace hotline::mysql {

// What one run of a job on one connection came to.
struct Attempt {
    Result<void> outcome;
    bool again = false;      // nothing happened in the database; the same job may be run once more
    bool drop_link = false;  // the session is lost or in doubt
    std::chrono::microseconds commit{0};
};

// Runs the job once, in a transaction when `kind` says so. Exceptions of the job end here.
Attempt attempt(Job& job, JobKind kind, Connection& connection);

}  // namespace hotline::mysql
