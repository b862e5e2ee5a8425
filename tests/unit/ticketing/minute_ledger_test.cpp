#include "ticketing/minute_ledger.hpp"

#include "tests/unit/ticketing/stage.hpp"
#include "tests/unit/ticketing/walk.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

using namespace hotline;
using namespace hotline::ticketing;
using namespace std::chrono_literals;

namespace {

using std::chrono::milliseconds;

std::int64_t minutes_of(const MinuteLedger& ledger, Party party, UnitId unit = {}) {
    for (const LedgerLine& line : ledger.lines) {
        if (line.party == party && line.unit == unit) {
            return std::chrono::duration_cast<std::chrono::minutes>(line.time).count();
        }
    }
    return 0;
}

// A log written by hand: what the ledger reads of it and nothing else.
struct Log {
    std::vector<Event> events;
    Instant at = sla::test::at(2026, 11, 23, 9);  // a Monday

    Log& then(Act act, State to, std::chrono::minutes after = {}, std::string changes = {}) {
        at += after;
        Event event;
        event.seq = static_cast<std::uint32_t>(events.size() + 1);
        event.act = act;
        event.at = at;
        event.from = events.empty() ? State::draft : events.back().to;
        event.to = to;
        event.changes = std::move(changes);
        events.push_back(std::move(event));
        return *this;
    }
    MinuteLedger ledger(Instant now) const {
        static const walk::World world;
        const auto made = minute_ledger(events, world.at(now));
        REQUIRE(made);
        return *made;
    }
};

}  // namespace

TEST_CASE("M2 and M5: whoever has the ticket pays, and a wrong unit's time stays its own") {
    Log log;
    log.then(Act::create, State::accepted)
        .then(Act::dispatch, State::dispatched, 10min, R"({"unit":[null,4]})")
        .then(Act::return_ticket, State::return_pending, 60min)
        .then(Act::approve_return, State::accepted, 20min, R"({"unit":[4,null]})")
        .then(Act::dispatch, State::dispatched, 5min, R"({"unit":[null,9]})")
        .then(Act::sign_for, State::handling, 15min)
        .then(Act::submit_result, State::submitted, 30min)
        .then(Act::review_pass, State::callback, 10min)
        .then(Act::callback, State::closed, 10min);
    const auto ledger = log.ledger(log.at + 90 * 24h);
    CHECK(minutes_of(ledger, Party::centre) == 10 + 20 + 5 + 10 + 10);
    CHECK(minutes_of(ledger, Party::unit, {4}) == 60);
    CHECK(minutes_of(ledger, Party::unit, {9}) == 15 + 30);
    CHECK(ledger.life == 160min);  // M1: a closed ticket has no more time to spend
}

TEST_CASE("M3: a ticket waits for the appellant while he is to complete it or does not answer") {
    Log log;
    log.then(Act::create, State::draft)
        .then(Act::complete, State::accepted, 30min)
        .then(Act::dispatch, State::dispatched, 10min, R"({"unit":[null,4]})")
        .then(Act::submit_result, State::submitted, 20min)
        .then(Act::review_pass, State::callback, 5min)
        .then(Act::callback, State::callback, 15min)
        .then(Act::callback, State::closed, 40min);
    const auto ledger = log.ledger(log.at);
    CHECK(minutes_of(ledger, Party::appellant) == 30 + 40);
    CHECK(minutes_of(ledger, Party::centre) == 10 + 5 + 15);
}

TEST_CASE("M4: nights, noons and feasts are nobody's, unless the matter is handled round the clock"
) {
    Log log;
    log.at = sla::test::at(2026, 9, 30, 17);  // the eve of a feast of seven days
    log.then(Act::create, State::accepted)
        .then(Act::dispatch, State::dispatched, {}, R"({"unit":[null,4]})");
    const Instant after = sla::test::at(2026, 10, 8, 10);
    const auto normal = log.ledger(after);
    CHECK(minutes_of(normal, Party::unit, {4}) == 120);
    CHECK(normal.life == after - log.at);
    CHECK(minutes_of(normal, Party::closed) == (after - log.at) / 1min - 120);

    log.events.front().changes = R"({"urgency":["normal","urgent"]})";
    const auto urgent = log.ledger(after);
    CHECK(minutes_of(urgent, Party::unit, {4}) == (after - log.at) / 1min);
    CHECK(minutes_of(urgent, Party::closed) == 0);
}

TEST_CASE("M1: a reopened ticket lives on; the time between is nobody's") {
    Log log;
    log.then(Act::create, State::accepted)
        .then(Act::close_on_call, State::closed, 10min)
        .then(Act::reopen, State::handling, 60min, R"({"unit":[null,4]})");
    const auto ledger = log.ledger(log.at + 30min);
    CHECK(ledger.life == 40min);
    CHECK(minutes_of(ledger, Party::unit, {4}) == 30);
}

TEST_CASE("M6: in any life, at any moment, the lines add up to the life and none is negative") {
    const walk::World world;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        walk::Walk life(world, seed);
        for (int i = 0; i < 40 && life.step(); ++i) {
        }
        const Instant last = life.events().back().at;
        milliseconds before{};
        for (const auto later : {0h, 1h, 30h, 900h}) {
            const auto ledger = minute_ledger(life.events(), world.at(last + later));
            REQUIRE(ledger);
            const auto sum = std::accumulate(
                ledger->lines.begin(),
                ledger->lines.end(),
                milliseconds{},
                [](milliseconds total, const LedgerLine& line) { return total + line.time; }
            );
            REQUIRE(sum == ledger->life);
            REQUIRE(ledger->life >= before);
            REQUIRE(std::ranges::all_of(ledger->lines, [](const LedgerLine& line) {
                return line.time >= 0ms && (line.unit.value != 0) == (line.party == Party::unit);
            }));
            before = ledger->life;
        }
    }
}

TEST_CASE("a log that cannot be read is told by its event") {
    Log log;
    log.then(Act::create, State::accepted)
        .then(Act::dispatch, State::dispatched, 1min, "{\"unit\":[");
    const walk::World world;
    const auto refused = minute_ledger(log.events, world.at(log.at));
    REQUIRE(!refused);
    CHECK(refused.error().detail == "2");
    CHECK(!minute_ledger({}, world.at(log.at)));
}
