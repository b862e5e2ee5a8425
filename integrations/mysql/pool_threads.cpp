#include "integrations/mysql/pool_threads.hpp"

#include "integrations/mysql/store_error.hpp"

#include <algorithm>
#include <chrono>

namespace hotline::mysql {

namespace {

using Steady = std::chrono::steady_clock;

// Milliseconds first: half of one second must not be none.
std::chrono::milliseconds half(std::chrono::seconds limit) {
    return std::chrono::milliseconds{limit} / 2;
}

std::chrono::microseconds micros(Steady::duration duration) {
    return std::chrono::duration_cast<std::chrono::microseconds>(duration);
}

Error away() {
    return Error{ErrorCode::store_unavailable, "the server does not answer", {}};
}

Error stopped() {
    return Error{ErrorCode::store_unavailable, "the pool has been stopped", {}};
}

void end(const TicketedJob& job, Result<void> outcome) {
    job->job->finish(std::move(outcome));
    job->wake();
}

}  // namespace

PoolThreads::PoolThreads(Settings settings, PoolSettings pool, JobObserver observer)
    : settings_(std::move(settings)),
      pool_(pool),
      observer_(std::move(observer)),
      queue_(pool.queue_limit, pool.threads) {
    Connection::initialise_library();
    for (unsigned thread = 0; thread < pool_.threads; ++thread)
        workers_.emplace_back([this, thread] { work(thread + 1); });
    prober_ = std::thread{[this] { probe(); }};
}

void PoolThreads::submit(const TicketedJob& job) {
    job->enqueued = Steady::now();
    std::unique_lock lock{mutex_};
    if (stopping_ || !healthy_) {
        const Error error = stopping_ ? stopped() : away();
        lock.unlock();
        return end(job, std::unexpected(error));
    }
    if (!queue_.push(job)) {
        lock.unlock();
        return end(job, fail(ErrorCode::queue_full));
    }
    call_one();
}

void PoolThreads::cancel(const TicketedJob& job) {
    std::unique_lock lock{mutex_};
    job->cancelled = true;
    if (job->running_on != nullptr) job->running_on->interrupt();
    if (!queue_.remove(job)) return;
    lock.unlock();
    end(job, fail(ErrorCode::deadline_exceeded, "cancelled before it began"));
}

PoolStats PoolThreads::stats() const {
    const std::lock_guard lock{mutex_};
    return {
        queue_.size(Lane::interactive),
        queue_.size(Lane::background),
        queue_.busy(),
        pool_.threads,
        healthy_
    };
}

void PoolThreads::stop() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
        while (!idle_.empty()) call_one();
    }
    fail_waiting(stopped());
    for (std::thread& worker : workers_)
        if (worker.joinable()) worker.join();
    {
        // Only now: a server that hangs is noticed by the prober, which cuts the running jobs.
        const std::lock_guard lock{mutex_};
        workers_gone_ = true;
    }
    probe_now_.notify_all();
    if (prober_.joinable()) prober_.join();
}

// Under the lock.
void PoolThreads::call_one() {
    if (idle_.empty()) return;
    Worker& last = *idle_.back();
    idle_.pop_back();
    last.idle = false;
    last.called.notify_one();
}

TicketedJob PoolThreads::next(Worker& worker) {
    std::unique_lock lock{mutex_};
    while (!stopping_) {
        if (TicketedJob job = queue_.pop()) {
            running_.push_back(job);
            return job;
        }
        worker.idle = true;
        idle_.push_back(&worker);
        worker.called.wait(lock, [&] { return !worker.idle; });
    }
    return nullptr;
}

void PoolThreads::work(unsigned seed) {
    const ThreadScope scope;
    Worker worker{.random = std::minstd_rand{seed}};
    while (const TicketedJob job = next(worker)) run(job, worker);
}

void PoolThreads::run(const TicketedJob& job, Worker& worker) {
    const auto started = Steady::now();
    Attempt result;
    unsigned attempts = 0;
    bool again = true;
    while (again) {
        ++attempts;
        result = run_once(job, worker);
        // A link lost after a long wait is a server in trouble: do not make the caller wait again.
        const bool soon = Steady::now() - started < half(settings_.read_timeout);
        again = result.again && attempts < pool_.max_attempts && soon;
        if (again) pause_before_retry(attempts, worker);
    }
    {
        const std::lock_guard lock{mutex_};
        std::erase(running_, job);
        queue_.ended(job->lane);
        // A background job may start now that could not before, and this thread may take another.
        if (queue_.waiting()) call_one();
    }
    const bool succeeded = result.outcome.has_value();
    if (observer_)
        observer_(
            {job->lane,
             job->kind,
             succeeded,
             attempts,
             micros(started - job->enqueued),
             micros(Steady::now() - started),
             result.commit}
        );
    end(job, std::move(result.outcome));
}

Attempt PoolThreads::run_once(const TicketedJob& job, Worker& worker) {
    if (const auto connected = connect(worker); !connected) return {connected};
    {
        const std::lock_guard lock{mutex_};
        if (job->cancelled) return {fail(ErrorCode::deadline_exceeded, "cancelled")};
        job->running_on = &*worker.link;
    }
    Attempt result = attempt(*job->job, job->kind, *worker.link);
    const std::lock_guard lock{mutex_};
    job->running_on = nullptr;
    if (job->cancelled || stopping_ || !healthy_) result.again = false;
    if (result.drop_link) worker.link.reset();
    return result;
}

Result<void> PoolThreads::connect(Worker& worker) {
    if (worker.link) return {};
    auto opened = Connection::open(settings_);
    if (opened) {
        worker.link.emplace(std::move(*opened));
        return {};
    }
    // Too many sessions (1040, 1203) is a full server, not an absent one: others go on working.
    if (const int number = mysql_code(opened.error()); number != 1040 && number != 1203) {
        set_healthy(false);
        const std::lock_guard lock{mutex_};
        doubted_ = true;
        probe_now_.notify_all();
    }
    return std::unexpected(opened.error());
}

// 1213 hits two that met; full jitter keeps them from meeting again.
void PoolThreads::pause_before_retry(unsigned attempts, Worker& worker) const {
    std::uniform_int_distribution<int> jitter{0, 10 << attempts};
    std::this_thread::sleep_for(std::chrono::milliseconds{jitter(worker.random)});
}

void PoolThreads::probe() {
    const ThreadScope scope;
    Settings settings = settings_;
    settings.read_timeout = pool_.probe_timeout;
    settings.connect_timeout = std::min(settings.connect_timeout, pool_.probe_timeout);
    std::optional<Connection> link;
    unsigned missed = 0;
    while (true) {
        const bool answered = ask(link, settings);
        missed = answered ? 0 : missed + 1;
        set_healthy(answered);
        if (missed >= 2) cut_running();
        std::unique_lock lock{mutex_};
        doubted_ = false;
        probe_now_.wait_for(lock, pool_.probe_every, [&] { return workers_gone_ || doubted_; });
        if (workers_gone_) return;
    }
}

bool PoolThreads::ask(std::optional<Connection>& link, const Settings& settings) const {
    const auto started = Steady::now();
    bool answered = link && link->alive();
    // A link that broke says nothing about the server, a new one that breaks at once says little:
    // two more tries, unless the time is up.
    for (int attempt = 0; attempt < 2 && !answered; ++attempt) {
        if (Steady::now() - started > half(settings.read_timeout)) break;
        link.reset();
        auto opened = Connection::open(settings);
        if (!opened) {
            answered = mysql_code(opened.error()) == 1040;  // full is not away
            continue;
        }
        link.emplace(std::move(*opened));
        answered = link->alive();
    }
    if (!answered) link.reset();
    return answered;
}

void PoolThreads::set_healthy(bool healthy) {
    {
        // Under the lock, so that no submit() can slip in between the mark and the emptying.
        const std::lock_guard lock{mutex_};
        healthy_ = healthy;
    }
    if (!healthy) fail_waiting(away());
}

void PoolThreads::fail_waiting(const Error& error) {
    std::vector<TicketedJob> waiting;
    {
        const std::lock_guard lock{mutex_};
        waiting = queue_.take_all();
    }
    for (const TicketedJob& job : waiting) end(job, std::unexpected(error));
}

void PoolThreads::cut_running() {
    const std::lock_guard lock{mutex_};
    for (const TicketedJob& job : running_)
        if (job->running_on != nullptr) job->running_on->interrupt();
}

}  // namespace hotline::mysql
