#include "integrations/mysql/pool.hpp"

#include "integrations/mysql/store_error.hpp"
#include "tests/support/private_stores.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <latch>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

using namespace hotline;
using namespace hotline::mysql;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

Settings schema_with_table() {
    Settings settings = test::mariadb().new_schema();
    Pool pool{settings, {.threads = 1}};
    const auto made = pool.transact_now([](Connection& db) {
        return db.execute("CREATE TABLE t (id INT PRIMARY KEY, v INT NOT NULL) ENGINE=InnoDB");
    });
    REQUIRE(made);
    return settings;
}

std::int64_t count(Pool& pool) {
    return pool
        .read_now([](Connection& db) -> Result<std::int64_t> {
            return db.query("SELECT COUNT(*) FROM t")->front().integer(0);
        })
        .value();
}

Result<std::uint64_t> insert(Connection& db, int id) {
    return db.execute("INSERT INTO t VALUES (?, 0)", {id});
}

}  // namespace

TEST_CASE("a job that returns a value is committed, one that returns an error is not") {
    Pool pool{schema_with_table()};
    CHECK(pool.transact_now([](Connection& db) { return insert(db, 1); }).value() == 1);
    const auto refused = pool.transact_now([](Connection& db) -> Result<int> {
        if (!insert(db, 2)) return fail(ErrorCode::internal);
        return fail(ErrorCode::guard_failed, "enough");
    });
    CHECK(refused.error() == Error{ErrorCode::guard_failed, "enough", {}});
    CHECK(count(pool) == 1);
}

TEST_CASE("the session used last is used next, so that a quiet hour keeps few of them warm") {
    Pool pool{schema_with_table(), {.threads = 4}};
    std::set<std::int64_t> used;
    for (int n = 0; n < 40; ++n) {
        const auto session = pool.read_now([](Connection& db) -> Result<std::int64_t> {
            return db.query("SELECT CONNECTION_ID()")->front().integer(0);
        });
        used.insert(session.value());
        std::this_thread::sleep_for(1ms);  // its thread comes to rest
    }
    CHECK(used.size() <= 2);
}

TEST_CASE("a job that throws is rolled back and reported as internal") {
    Pool pool{schema_with_table(), {.threads = 1}};
    const auto thrown = pool.transact_now([](Connection& db) -> Result<int> {
        if (insert(db, 1)) throw std::runtime_error("a bug");
        return 0;
    });
    CHECK(thrown.error().code == ErrorCode::internal);
    CHECK(count(pool) == 0);
}

namespace {

asio::awaitable<void> insert_awaited(Pool& pool, std::thread::id& job, std::thread::id& after) {
    const auto done = co_await pool.transact([&job](Connection& db) {
        job = std::this_thread::get_id();
        return insert(db, 5);
    });
    after = std::this_thread::get_id();
    CHECK(done.has_value());
}

}  // namespace

TEST_CASE("the awaiting coroutine resumes on its own thread, the job runs on another") {
    Pool pool{schema_with_table()};
    asio::io_context io;
    std::thread::id job;
    std::thread::id after;
    asio::co_spawn(io, insert_awaited(pool, job, after), asio::detached);
    io.run();
    CHECK(after == std::this_thread::get_id());
    CHECK(job != after);
    CHECK(count(pool) == 1);
}

TEST_CASE("two transactions in deadlock both get through, one of them at its second attempt") {
    std::mutex guard;
    unsigned most_attempts = 0;
    Pool pool{schema_with_table(), {}, [&](const JobReport& report) {
                  const std::lock_guard lock{guard};
                  most_attempts = std::max(most_attempts, report.attempts);
              }};
    REQUIRE(pool.transact_now([](Connection& db) {
        return db.execute("INSERT INTO t VALUES (1, 0), (2, 0)");
    }));
    std::latch both_hold_one{2};
    const auto add = [&](int from, int to) {
        std::atomic<bool> first_time = true;
        return pool.transact_now([&](Connection& db) -> Result<int> {
            if (const auto one = db.execute("UPDATE t SET v = v + 1 WHERE id = ?", {from}); !one)
                return std::unexpected(one.error());
            if (first_time.exchange(false)) both_hold_one.arrive_and_wait();
            // The failure is overlooked on purpose: half of the work must not be committed.
            (void)db.execute("UPDATE t SET v = v + 1 WHERE id = ?", {to});
            return 0;
        });
    };
    Result<int> other;
    std::thread thread{[&] { other = add(2, 1); }};
    const Result<int> mine = add(1, 2);
    thread.join();
    CHECK(mine.has_value());
    CHECK(other.has_value());
    CHECK(most_attempts == 2);
    const auto sum = pool.read_now([](Connection& db) { return db.query("SELECT SUM(v) FROM t"); });
    CHECK(sum->front().integer(0) == 4);
}

TEST_CASE("a full lane refuses at once and the other lane still takes work") {
    Pool pool{schema_with_table(), {.threads = 1, .queue_limit = 3}};
    std::latch release{1};
    std::latch busy{1};
    std::atomic<int> done = 0;
    std::vector<std::thread> callers;
    callers.emplace_back([&] {
        (void)pool.read_now([&](Connection&) -> Result<int> {
            busy.count_down();
            release.wait();
            return 0;
        });
    });
    busy.wait();
    for (int waiting = 0; waiting < 3; ++waiting)
        callers.emplace_back([&] {
            done += pool.read_now([](Connection&) -> Result<int> { return 1; }).value();
        });
    REQUIRE(test::eventually([&] { return pool.stats().queued_interactive == 3; }));
    const auto refused = pool.read_now([](Connection&) -> Result<int> { return 1; });
    CHECK(refused.error().code == ErrorCode::queue_full);
    callers.emplace_back([&] {
        done +=
            pool.read_now([](Connection&) -> Result<int> { return 1; }, Lane::background).value();
    });
    CHECK(test::eventually([&] { return pool.stats().queued_background == 1; }));
    release.count_down();
    for (std::thread& caller : callers) caller.join();
    CHECK(done == 4);
}

TEST_CASE("background work never holds the last thread") {
    Pool pool{schema_with_table(), {.threads = 3}};
    std::latch release{1};
    std::vector<std::thread> workers;
    for (int worker = 0; worker < 6; ++worker)
        workers.emplace_back([&] {
            (void)pool.read_now(
                [&](Connection&) -> Result<int> {
                    release.wait();
                    return 0;
                },
                Lane::background
            );
        });
    REQUIRE(test::eventually([&] { return pool.stats().queued_background == 4; }));
    CHECK(pool.read_now([](Connection&) -> Result<int> { return 7; }).value() == 7);
    release.count_down();
    for (std::thread& worker : workers) worker.join();
}

TEST_CASE("stop lets the running job end, fails the waiting one and refuses new ones") {
    Pool pool{schema_with_table(), {.threads = 1}};
    std::latch busy{1};
    Result<int> running = fail(ErrorCode::internal);
    Result<int> waiting = 0;
    std::thread first{[&] {
        running = pool.transact_now([&](Connection& db) -> Result<int> {
            busy.count_down();
            std::this_thread::sleep_for(200ms);
            return insert(db, 1) ? Result<int>{1} : fail(ErrorCode::internal);
        });
    }};
    busy.wait();
    std::thread second{[&] {
        waiting = pool.read_now([](Connection&) -> Result<int> { return 1; });
    }};
    REQUIRE(test::eventually([&] { return pool.stats().queued_interactive == 1; }));
    pool.stop();
    first.join();
    second.join();
    CHECK(running.has_value());
    CHECK(waiting.error().code == ErrorCode::store_unavailable);
    CHECK_FALSE(pool.read_now([](Connection&) -> Result<int> { return 1; }));
}
