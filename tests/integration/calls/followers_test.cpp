#include "server/actions/index_search_texts.hpp"
#include "server/workers/derive.hpp"
#include "tests/integration/calls/calls_world.hpp"

using namespace hotline;
using namespace hotline::test;

namespace {

// The followers of the logs at work, until the test ends.
struct Followers {
    CallsStore store;
    Loop loop;
    Metrics metrics;
    actions::Backlog intake;
    workers::FiguresNews news{0ms};
    int told = 0;
    crypto::BlindIndex blind{"a key"};

    Followers() {
        news.tell_by([this]() -> boost::asio::awaitable<void> {
            ++told;
            co_return;
        });
        loop.spawn(workers::derive(store.pool, intake, metrics, news));
        loop.spawn(workers::index_search(store.pool, intake, metrics, blind));
    }
    // What they have in hand ends before what they stand on.
    ~Followers() { store.pool.stop(); }

    std::int64_t count(std::string_view sql) {
        return store.now([&](mysql::Connection& db) -> Result<std::int64_t> {
            const auto rows = db.query(sql);
            if (!rows) return std::unexpected(rows.error());
            return rows->front().integer(0);
        });
    }
    void until_nothing_waits() {
        loop.until([&] {
            return count(
                       "SELECT (SELECT COUNT(*) FROM derive_todo)+"
                       "(SELECT COUNT(*) FROM search_todo)"
                   ) == 0;
        });
    }
};

}  // namespace

TEST_CASE("figures and search follow what is filed, again and again, and boards are told of it") {
    Followers at_work;
    for (int n = 1; n <= 3; ++n) {
        CAPTURE(n);
        at_work.store.file(CallsStore::appeal("13800138000"));
        at_work.until_nothing_waits();
        at_work.loop.until([&] { return at_work.told == n; });
        CHECK(at_work.count("SELECT SUM(amount) FROM rollup WHERE cut=1 AND metric=1") == n);
        CHECK(at_work.count("SELECT COUNT(*) FROM person_key") == n);
    }
    const auto told = at_work.told;
    at_work.loop.turn_for(700ms);
    CHECK(at_work.told == told);  // nothing new
}

TEST_CASE("an index that a new key begins is taken up while the server works") {
    Followers at_work;
    at_work.store.file(CallsStore::appeal("13800138000"));
    at_work.until_nothing_waits();
    const crypto::BlindIndex next("another key");
    at_work.loop.spawn(
        workers::catch_up_search(at_work.store.pool, at_work.intake, at_work.metrics, next)
    );
    const auto keyed = [&] {
        return at_work.store.now([&](mysql::Connection& db) -> Result<bool> {
            const auto rows = db.query(
                "SELECT 1 FROM person_key WHERE mac=?", {actions::key_of_phone(next, "13800138000")}
            );
            if (!rows) return std::unexpected(rows.error());
            return !rows->empty();
        });
    };
    at_work.loop.until(keyed);
    CHECK(at_work.count("SELECT COUNT(*) FROM person_key") == 1);
}
