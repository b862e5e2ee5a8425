#pragma once

#include "integrations/mysql/pool.hpp"
#include "integrations/redis/commit_notices.hpp"
#include "integrations/redis/intake_stream.hpp"
#include "server/actions/accept_appeals.hpp"
#include "server/actions/appeal_desk.hpp"
#include "server/city.hpp"
#include "server/desk_loads.hpp"
#include "server/metrics.hpp"
#include "server/workers/intake_rush.hpp"

#include <boost/asio/awaitable.hpp>

#include <span>
#include <string>
#include <vector>

namespace hotline::workers {

struct IntakeWorkerSettings {
    std::string consumer;   // stable over restarts: what it had in hand it takes up again at once
    std::string server_id;  // entries of this origin have their waiters here
    int batch_size = 256;
    bool stands_by = false;  // reads only in a rush, or what nobody else took
};

// Stream → tickets. One loop per worker, each with a reading connection of its own: take a batch,
// one transaction, tell the waiters, acknowledge. An entry leaves the stream only after its COMMIT.
class IntakeWorker {
public:
    IntakeWorker(
        redis::IntakeStream& stream,
        redis::CommitNotices& notices,
        mysql::Pool& pool,
        actions::CommitWaiters& waiters,
        const CitySource& city,
        DeskLoads& loads,
        IntakeRush& rush,
        Metrics& metrics,
        IntakeWorkerSettings settings
    );

    // Until cancelled. Never ends by itself, whatever the stores do.
    boost::asio::awaitable<void> run();

    // Takes over what dead consumers hold and puts orphans back. Run beside run(), by one worker
    // per server.
    boost::asio::awaitable<void> tidy();

private:
    struct Entry;
    struct Told;

    boost::asio::awaitable<void> take_up_own();
    boost::asio::awaitable<Result<std::vector<redis::Delivery>>> next_batch();
    boost::asio::awaitable<void> gather(std::vector<redis::Delivery>& batch);
    boost::asio::awaitable<void> process(std::vector<redis::Delivery> deliveries, bool look_first);
    boost::asio::awaitable<void> process_suspects(std::vector<redis::Delivery> deliveries);
    boost::asio::awaitable<void> commit(std::vector<Entry> entries, bool look_first);
    boost::asio::awaitable<Result<std::vector<actions::Acceptance>>> try_commit(
        const std::vector<actions::PromisedAppeal>& appeals, bool look_first
    );
    boost::asio::awaitable<void> bury(actions::DeadLetter letter, std::string origin);
    boost::asio::awaitable<void> tell(std::vector<Told> told);
    boost::asio::awaitable<void> wait_for_database();

    redis::IntakeStream& stream_;
    redis::CommitNotices& notices_;
    mysql::Pool& pool_;
    actions::CommitWaiters& waiters_;
    const CitySource& city_;
    DeskLoads& loads_;
    IntakeRush& rush_;
    Metrics& metrics_;
    IntakeWorkerSettings settings_;
    std::size_t last_batch_ = 0;
};

// Keeps an eye on the queue's length and age.
boost::asio::awaitable<void> watch_backlog(
    redis::IntakeStream& stream, actions::Backlog& backlog, Metrics& metrics
);

// Leases ticket numbers ahead of time.
boost::asio::awaitable<void> keep_serials(
    mysql::Pool& pool, mysql::SerialSource& serials, Metrics& metrics
);

}  // namespace hotline::workers
