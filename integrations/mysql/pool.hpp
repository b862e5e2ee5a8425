#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/settings.hpp"
#include "ticketing/errors.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace hotline::mysql {

// People wait in the first lane, workers in the second. Workers never hold the last free thread.
enum class Lane { interactive, background };

enum class JobKind { transaction, reading };

// Told once per finished job, on a database thread; must be quick and must not throw.
struct JobReport {
    Lane lane;
    JobKind kind;
    bool succeeded;
    unsigned attempts;
    std::chrono::microseconds waited;
    std::chrono::microseconds ran;
    std::chrono::microseconds commit;  // of the last COMMIT; 0 when there was none
};
using JobObserver = std::function<void(const JobReport&)>;

struct PoolStats {
    std::size_t queued_interactive;
    std::size_t queued_background;
    std::size_t busy;  // threads at work
    std::size_t threads;
    bool healthy;
};

// A job as the pool's threads see it; see Pool::transact for the rules.
class Job {
public:
    virtual ~Job() = default;
    virtual Result<void> run(Connection& connection) = 0;  // true: commit
    virtual void finish(Result<void> outcome) = 0;         // once, before the waiter wakes
};

// Threads that own one connection each. A job is a callable `Result<T>(Connection&)`:
//   * it runs on a database thread, synchronously, and may run more than once (deadlock, lost
//   link):
//     it must not move out of its captures nor have effects besides the database;
//   * transact: START TRANSACTION, job, COMMIT when it returns a value, ROLLBACK when an error;
//   * read: no transaction around it.
// Failures besides the job's own: queue_full (lane is full), store_unavailable (server away: known
// within probe_every + probe_timeout), conflict (still deadlocked after max_attempts), and
// outcome_unknown(error). The awaiting coroutine resumes on its own executor, always after the job
// has ended, so a job may refer to the awaiting frame. The io_context must outlive the pool's jobs:
// stop() the pool first. Cancelling the wait drops a waiting job and cuts the connection of a
// running one.
class Pool {
public:
    // Connects lazily: starting works while the server is away.
    Pool(Settings settings, PoolSettings pool = {}, JobObserver observer = {});
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    template <class F>
    using JobResult = std::invoke_result_t<F&, Connection&>;

    template <class F>
    boost::asio::awaitable<JobResult<F>> transact(F job, Lane lane = Lane::interactive) {
        auto task = std::make_shared<Task<F>>(std::move(job));
        co_await wait_for(task, JobKind::transaction, lane);
        co_return std::move(*task).result();
    }

    template <class F>
    boost::asio::awaitable<JobResult<F>> read(F job, Lane lane = Lane::interactive) {
        auto task = std::make_shared<Task<F>>(std::move(job));
        co_await wait_for(task, JobKind::reading, lane);
        co_return std::move(*task).result();
    }

    // The same, blocking the calling thread: for the command line and tests, never on an I/O
    // thread.
    template <class F>
    JobResult<F> transact_now(F job, Lane lane = Lane::interactive) {
        auto task = std::make_shared<Task<F>>(std::move(job));
        block_on(task, JobKind::transaction, lane);
        return std::move(*task).result();
    }

    template <class F>
    JobResult<F> read_now(F job, Lane lane = Lane::interactive) {
        auto task = std::make_shared<Task<F>>(std::move(job));
        block_on(task, JobKind::reading, lane);
        return std::move(*task).result();
    }

    bool healthy() const;  // the server answered the last time it was asked
    PoolStats stats() const;

    // Refuses new jobs, fails the waiting ones (store_unavailable), lets the running ones end.
    void stop();

private:
    template <class F>
    class Task final : public Job {
    public:
        explicit Task(F job) : job_(std::move(job)) {}

        Result<void> run(Connection& connection) override {
            value_.emplace(job_(connection));
            if (*value_) return {};
            return std::unexpected(value_->error());
        }

        void finish(Result<void> outcome) override { outcome_ = std::move(outcome); }

        JobResult<F> result() && {
            if (!outcome_) return std::unexpected(std::move(outcome_.error()));
            return std::move(*value_);
        }

    private:
        F job_;
        std::optional<JobResult<F>> value_;
        Result<void> outcome_ = fail(ErrorCode::internal, "job without outcome");
    };

    boost::asio::awaitable<void> wait_for(std::shared_ptr<Job> job, JobKind kind, Lane lane);
    void block_on(std::shared_ptr<Job> job, JobKind kind, Lane lane);

    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hotline::mysql
