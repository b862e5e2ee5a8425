#include "integrations/mysql/pool.hpp"
#include "integrations/mysql/store_error.hpp"
#include "tests/support/private_stores.hpp"
#include "tests/support/tcp_gate.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using namespace hotline;
using namespace hotline::mysql;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

// A pool that reaches the shared MariaDB over TCP through a gate.
struct Gated {
    Settings direct = test::mariadb().new_schema();
    test::TcpGate gate{test::mariadb().socket().string()};
    Settings through = [&] {
        Settings settings = direct;
        settings.socket.clear();
        settings.port = gate.port();
        return settings;
    }();

    Gated() {
        const ThreadScope scope;
        auto db = Connection::open(direct);
        REQUIRE(db->execute("CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB"));
    }

    std::int64_t count() const {
        const ThreadScope scope;
        return Connection::open(direct)->query("SELECT COUNT(*) FROM t")->front().integer(0);
    }
};

auto insert(int id) {
    return [id](Connection& db) { return db.execute("INSERT INTO t VALUES (?)", {id}); };
}

auto ask = [](Connection& db) { return db.query("SELECT 1"); };

std::chrono::steady_clock::duration measured(auto deed) {
    const auto started = std::chrono::steady_clock::now();
    deed();
    return std::chrono::steady_clock::now() - started;
}

}  // namespace

TEST_CASE("connections cut while idle are replaced without the caller noticing") {
    Gated gated;
    Pool pool{gated.through, {.threads = 2}};
    for (int round = 0; round < 5; ++round) {
        REQUIRE(pool.transact_now(insert(round)));
        gated.gate.cut();
        std::this_thread::sleep_for(30ms);
    }
    CHECK(gated.count() == 5);
}

TEST_CASE("a transaction cut in the middle is run again as a whole") {
    Gated gated;
    Pool pool{gated.through, {.threads = 1}};
    int runs = 0;
    const auto done = pool.transact_now([&](Connection& db) -> Result<int> {
        if (const auto one = db.execute("INSERT INTO t VALUES (1)"); !one)
            return std::unexpected(one.error());
        if (++runs == 1) {
            gated.gate.cut();
            std::this_thread::sleep_for(50ms);
        }
        if (const auto two = db.execute("INSERT INTO t VALUES (2)"); !two)
            return std::unexpected(two.error());
        return runs;
    });
    REQUIRE_MESSAGE(done.has_value(), done.error().detail);
    CHECK(*done == 2);
    CHECK(gated.count() == 2);
}

TEST_CASE("a commit whose answer is lost is reported as unknown and not run again") {
    Gated gated;
    Pool pool{gated.through, {.threads = 1}};
    REQUIRE(pool.transact_now(insert(1)));
    // COM_QUERY before it: a connection that opens meanwhile asks for READ COMMITTED.
    gated.gate.cut_answer_to(
        "\x03"
        "COMMIT"
    );
    const auto unknown = pool.transact_now(insert(2));
    REQUIRE_FALSE(unknown);
    CHECK(outcome_unknown(unknown.error()));
    const auto found = pool.read_now([](Connection& db) {
        return db.query("SELECT id FROM t WHERE id = ?", {2});
    });
    CHECK(found.value().size() == 1);
}

TEST_CASE("when the server refuses connections jobs fail fast, and work again when it is back") {
    Gated gated;
    Pool pool{gated.through, {.threads = 2}};
    REQUIRE(pool.read_now(ask));
    gated.gate.refuse(true);
    gated.gate.cut();
    CHECK(measured([&] {
              CHECK(pool.read_now(ask).error().code == ErrorCode::store_unavailable);
          }) < 2s);
    REQUIRE(test::eventually([&] { return !pool.healthy(); }));
    CHECK(measured([&] { CHECK_FALSE(pool.read_now(ask)); }) < 100ms);
    gated.gate.heal();
    CHECK(test::eventually([&] { return pool.read_now(ask).has_value(); }, 5s));
}

TEST_CASE("a server that accepts and never answers holds nobody longer than a few seconds") {
    Gated gated;
    Pool pool{gated.through, {.threads = 2}};
    REQUIRE(pool.read_now(ask));
    gated.gate.black_hole(true);
    std::vector<std::thread> callers;
    std::atomic<int> failed = 0;
    const auto took = measured([&] {
        for (int caller = 0; caller < 6; ++caller)
            callers.emplace_back([&] {
                if (!pool.read_now(ask)) ++failed;
            });
        for (std::thread& caller : callers) caller.join();
    });
    CHECK(failed == 6);
    CHECK(took < 6s);
    CHECK(measured([&] { CHECK_FALSE(pool.read_now(ask)); }) < 100ms);
    gated.gate.heal();
    CHECK(test::eventually([&] { return pool.read_now(ask).has_value(); }, 8s));
}

TEST_CASE("a slow answer is waited for while the server answers others") {
    Gated gated;
    Pool pool{gated.through, {.threads = 2}};
    const auto slow = pool.read_now([](Connection& db) { return db.query("SELECT SLEEP(3)"); });
    CHECK(slow.has_value());
    CHECK(pool.healthy());
}

TEST_CASE("rows acknowledged before kill -9 of the server are there after its restart") {
    test::PrivateMariadb own;
    const Settings schema = own.new_schema();
    Pool pool{schema, {.threads = 4}};
    REQUIRE(pool.transact_now([](Connection& db) {
        return db.execute("CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB");
    }));
    std::atomic<int> next = 0;
    std::mutex guard;
    std::vector<int> acknowledged;
    std::atomic<bool> stop = false;
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 4; ++writer)
        writers.emplace_back([&] {
            while (!stop) {
                const int id = ++next;
                if (!pool.transact_now(insert(id))) {
                    std::this_thread::sleep_for(5ms);
                    continue;
                }
                const std::lock_guard lock{guard};
                acknowledged.push_back(id);
            }
        });
    std::this_thread::sleep_for(300ms);
    own.restart();
    CHECK(test::eventually([&] { return pool.healthy(); }));
    std::this_thread::sleep_for(300ms);
    stop = true;
    for (std::thread& writer : writers) writer.join();
    const auto rows = pool.read_now([](Connection& db) { return db.query("SELECT id FROM t"); });
    std::vector<bool> stored(static_cast<std::size_t>(next) + 1);
    for (const Row row : rows.value()) stored[row.unsigned_integer(0)] = true;
    REQUIRE(acknowledged.size() > 100);
    for (const int id : acknowledged) REQUIRE(stored[static_cast<std::size_t>(id)]);
}

namespace {

asio::awaitable<void> cancelled_wait(Pool& pool, bool& timer_won) {
    using namespace asio::experimental::awaitable_operators;
    asio::steady_timer timer{co_await asio::this_coro::executor, 200ms};
    const auto result = co_await (pool.transact([](Connection& db) {
        return db.query("SELECT SLEEP(20)");
    }) || timer.async_wait(asio::use_awaitable));
    timer_won = result.index() == 1;
}

}  // namespace

TEST_CASE("a deadline of the caller ends a running job and gives its thread back") {
    Gated gated;
    Pool pool{gated.through, {.threads = 1}};
    asio::io_context io;
    bool timer_won = false;
    const auto took = measured([&] {
        asio::co_spawn(io, cancelled_wait(pool, timer_won), asio::detached);
        io.run();
    });
    CHECK(timer_won);
    CHECK(took < 3s);
    CHECK(pool.read_now(ask).has_value());
}
