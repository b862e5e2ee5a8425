#pragma once

#include "integrations/mysql/pool.hpp"
#include "integrations/mysql/serial_lease.hpp"
#include "integrations/redis/intake_stream.hpp"
#include "server/actions/commit_waiters.hpp"
#include "server/city.hpp"
#include "server/desk_loads.hpp"
#include "ticketing/errors.hpp"
#include "ticketing/types/appeal.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace hotline::actions {

struct IntakeLimits {
    std::chrono::milliseconds wait{1000};
    std::uint64_t soft_limit = 20'000;
    std::uint64_t hard_limit = 200'000;
};

// What the caller may be told: rules 1 to 3 of server/README.md.
struct Receipt {
    enum class Status { committed, queued } status = Status::queued;
    std::string ticket_no;
    std::string query_code;
    bool replayed = false;
};

// How full the queue is; written by the worker, read at the door.
struct Backlog {
    std::uint64_t length = 0;
};

// The door every appeal comes in by: portal, agent's form, visit form, other systems. One way:
// number, stream, wait for the commit; straight into MySQL when Redis is away. On the I/O thread.
class AppealDesk {
public:
    AppealDesk(
        redis::IntakeStream& stream,
        mysql::Pool& pool,
        mysql::SerialSource& serials,
        CommitWaiters& waiters,
        const CitySource& city,
        DeskLoads& loads,
        const Backlog& backlog,
        IntakeLimits limits,
        std::string query_code_secret
    );

    // `appeal` is normalised. `wait`: false when the caller asked for respond-async. Errors:
    // idempotency_key_reused, queue_full and store_unavailable (neither copy could be made: nothing
    // is claimed).
    boost::asio::awaitable<Result<Receipt>> submit(ticketing::Appeal appeal, bool wait);

    std::string query_code(std::string_view ticket_no) const;
    const std::string& query_code_secret() const { return secret_; }

private:
    struct Promise;
    boost::asio::awaitable<Result<Receipt>> through_stream(Promise promise, bool wait);
    boost::asio::awaitable<Result<Receipt>> straight(Promise promise);
    Receipt receipt(Receipt::Status status, std::string ticket_no, bool replayed) const;

    redis::IntakeStream& stream_;
    mysql::Pool& pool_;
    mysql::SerialSource& serials_;
    CommitWaiters& waiters_;
    const CitySource& city_;
    DeskLoads& loads_;
    const Backlog& backlog_;
    IntakeLimits limits_;
    std::string secret_;
};

}  // namespace hotline::actions
