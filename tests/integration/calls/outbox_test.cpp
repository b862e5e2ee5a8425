#include "tests/integration/calls/calls_world.hpp"

using namespace hotline;
using namespace hotline::test;
using workers::OutboxNews;
using workers::OutboxWorker;

namespace {

struct Outbox {
    CallsStore store;
    Loop loop;
    Metrics metrics;
    std::vector<OutboxNews> told;

    boost::asio::awaitable<void> tell(OutboxNews news) {
        told.push_back(std::move(news));
        co_return;
    }
    OutboxWorker worker(workers::OutboxSettings settings = {}) {
        return OutboxWorker(
            store.pool, metrics, [this](OutboxNews news) { return tell(std::move(news)); }, settings
        );
    }
    std::size_t sweep(OutboxWorker& worker) {
        const auto taken = loop.wait(worker.sweep());
        REQUIRE(taken);
        return *taken;
    }
    std::size_t rows() {
        return store.now([](mysql::Connection& db) { return mysql::outbox_length(db, 100'000); });
    }
    std::vector<mysql::OutboxRow> take(ticketing::Instant now, std::size_t limit = 100) {
        return store.now([&](mysql::Connection& db) {
            return mysql::take_outbox(db, {now, 30s, limit});
        });
    }
    std::vector<std::string> numbers() const {
        std::vector<std::string> found;
        for (const auto& news : told) {
            for (const auto& line : news.tickets) found.push_back(line.ticket.number);
        }
        return found;
    }
};

}  // namespace

TEST_CASE("a change is told once, with what permissions and summaries need, and its row goes") {
    Outbox box;
    auto appeal = CallsStore::appeal("13800138000");
    appeal.created_by = box.store.account("li", ticketing::Role::agent, "8001");
    appeal.call_id = "c1";
    const auto number = box.store.file(appeal);
    auto worker = box.worker();
    CHECK(box.sweep(worker) == 1);
    REQUIRE(box.numbers() == std::vector{number});
    const auto& line = box.told[0].tickets[0];
    CHECK(line.ticket.created_by == appeal.created_by);
    CHECK(line.ticket.call_id == "c1");
    CHECK(line.ticket.lead_unit == small_city::id_of(box.store.city->directory, "610526.housing"));
    CHECK(line.next_due_at);
    CHECK(line.next_clock);
    CHECK(box.rows() == 0);
    CHECK(box.sweep(worker) == 0);
    CHECK(box.numbers().size() == 1);
}

TEST_CASE("what a teller took and never told is told by another when the lease is over") {
    Outbox box;
    const auto number = box.store.file(CallsStore::appeal("13800138000"));
    const auto now = hotline::now();
    REQUIRE(box.take(now).size() == 1);  // and its server dies
    CHECK(box.take(now + 29s).empty());
    const auto again = box.take(now + 31s);
    REQUIRE(again.size() == 1);
    CHECK(again[0].attempts == 2);
    CHECK(box.rows() == 1);
}

TEST_CASE("what a teller has in hand it does not take again, however long it takes to tell") {
    Outbox box;
    box.store.file(std::vector<ticketing::Appeal>(3, CallsStore::appeal("13800138000")));
    const auto now = hotline::now();
    const auto first = box.take(now);
    REQUIRE(first.size() == 3);
    const auto later = [&](std::uint64_t after) {
        return box.store.now([&](mysql::Connection& db) {
            return mysql::take_outbox(db, {now + 31s, 30s, 100, after});
        });
    };
    CHECK(later(first.back().id).empty());
    CHECK(later(first.front().id).size() == 2);
}

TEST_CASE("two tellers at once never have the same row in hand, and neither waits") {
    Outbox box;
    std::vector<ticketing::Appeal> appeals(8, CallsStore::appeal("13800138000"));
    box.store.file(appeals);
    const auto now = hotline::now();
    std::size_t second = 0;
    const auto first = box.store.now([&](mysql::Connection& db) {
        auto taken = mysql::take_outbox(db, {now, 30s, 5});
        second = box.take(now).size();  // while the first transaction is open
        return taken;
    });
    CHECK(first.size() == 5);
    CHECK(second == 3);
}

TEST_CASE("more than can be told one by one are told as one number, and none is left behind") {
    Outbox box;
    box.store.file(std::vector<ticketing::Appeal>(30, CallsStore::appeal("13800138000")));
    auto worker = box.worker({.batch = 10, .one_by_one = 4});
    while (box.sweep(worker) == 10) {
    }
    std::size_t many = 0;
    for (const auto& news : box.told) many += news.many;
    CHECK(many == 30);
    CHECK(box.numbers().empty());
    CHECK(box.rows() == 0);
    std::size_t messages = 0;
    for (const auto& news : box.told) messages += news.many > 0 ? 1 : 0;
    CHECK(messages == 2);  // the first at once, the rest when the flood is over
}

TEST_CASE("a row that never comes to its end is given up and does not hold up the others") {
    Outbox box;
    box.store.file(CallsStore::appeal("13800138000"));
    auto now = hotline::now();
    for (int n = 0; n < 10; ++n, now += 31s) REQUIRE(box.take(now).size() == 1);
    REQUIRE(box.store.pool.transact_now([](mysql::Connection& db) {
        return db.execute("UPDATE outbox SET next_at=UTC_TIMESTAMP(3)");
    }));
    const auto number = box.store.file(CallsStore::appeal("13800138000"));
    auto worker = box.worker();
    box.sweep(worker);
    CHECK(box.numbers() == std::vector{number});
    CHECK(box.rows() == 0);
}
