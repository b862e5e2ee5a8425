#pragma once

#include "integrations/mysql/attempt.hpp"
#include "integrations/mysql/job_queue.hpp"
#include "integrations/mysql/pool.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <random>
#include <thread>
#include <vector>

namespace hotline::mysql {

// The threads behind Pool: one per connection, and one that asks the server whether it is there.
class PoolThreads {
public:
    PoolThreads(Settings settings, PoolSettings pool, JobObserver observer);
    ~PoolThreads() { stop(); }
    PoolThreads(const PoolThreads&) = delete;
    PoolThreads& operator=(const PoolThreads&) = delete;

    // Always ends in job->finish() and wake(), never inside the call itself when it was accepted.
    void submit(const TicketedJob& job);
    void cancel(const TicketedJob& job);
    PoolStats stats() const;
    void stop();

private:
    struct Worker {  // one thread's own
        std::optional<Connection> link;
        std::minstd_rand random;
        std::condition_variable called;  // to work, or to its end
        bool idle = false;
    };

    void work(unsigned seed);
    TicketedJob next(Worker& worker);
    void call_one();
    void run(const TicketedJob& job, Worker& worker);
    Attempt run_once(const TicketedJob& job, Worker& worker);
    Result<void> connect(Worker& worker);
    void pause_before_retry(unsigned attempts, Worker& worker) const;

    void probe();
    bool ask(std::optional<Connection>& link, const Settings& settings) const;
    void set_healthy(bool healthy);
    void fail_waiting(const Error& error);
    void cut_running();

    const Settings settings_;
    const PoolSettings pool_;
    const JobObserver observer_;

    mutable std::mutex mutex_;
    std::condition_variable probe_now_;
    // Who came to rest last is called first: its connection has the statements prepared and the
    // memory warm, and what a quiet hour does not need stays small.
    std::vector<Worker*> idle_;
    JobQueue queue_;
    std::vector<TicketedJob> running_;
    bool stopping_ = false;
    bool workers_gone_ = false;
    bool doubted_ = false;  // a worker lost its link and could not get another: ask at once
    std::atomic<bool> healthy_ = true;

    std::vector<std::thread> workers_;
    std::thread prober_;
};

}  // namespace hotline::mysql
