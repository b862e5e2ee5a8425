#include "integrations/mysql/proof_store.hpp"
#include "integrations/mysql/search_index.hpp"
#include "server/actions/derive_tickets.hpp"
#include "tests/integration/figures/line.hpp"
#include "ticketing/facts.hpp"
#include "ticketing/search_tokens.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

using namespace hotline;

namespace {

sla::Rollups kept(test::Line& line) {
    return *line.in_transaction([](mysql::Connection& db) { return mysql::read_rollups(db); });
}

sla::Rollups rebuilt(const test::Line& line) {
    std::vector<sla::TicketFacts> all;
    for (const test::Life& life : line.lives) {
        all.push_back(*ticketing::facts_of(life.walk().events()));
    }
    sla::Rollups sums;
    sla::add_to(sums, sla::rebuild(all));
    return sums;
}

std::vector<std::uint64_t> found(test::Line& line, std::string_view typed) {
    return *line.in_transaction([&](mysql::Connection& db) {
        const auto query = ticketing::search_query(typed);
        return mysql::SearchWalk(query.wanted, 1'000).next(db);
    });
}

mysql::Sources kept_sources(test::Line& line) {
    return *line.in_transaction([](mysql::Connection& db) { return mysql::read_sources(db); });
}

void add_unmet(mysql::Sources& sources, std::uint64_t ticket, const sla::TicketFacts& facts) {
    for (const sla::RateDefinition& rate : sla::rate_definitions()) {
        if (!rate.numerator) continue;
        std::map<sla::CounterKey, std::int64_t> left;
        for (auto [counter, amount] : sla::contributions(facts)) {
            if (counter.metric == *rate.numerator) amount = -amount;
            const bool of_rate =
                counter.metric == *rate.numerator || counter.metric == *rate.denominator;
            counter.metric = *rate.denominator;
            if (of_rate) left[counter] += amount;
        }
        for (const auto& [counter, amount] : left) {
            const std::chrono::year_month_day date{counter.day};
            const sla::LocalDay month{date.year() / date.month() / 1};
            if (amount > 0) {
                sources[{month, ticket}].unmet |= std::uint64_t{1} << static_cast<int>(rate.code);
            }
        }
    }
}

// Told without counted_months(): a bit for every metric of a ticket in a month, and for every rate
// in which some day, unit and matter has more cases than make the numerator.
mysql::Sources counted_sources(const test::Line& line) {
    mysql::Sources sources;
    for (const test::Life& life : line.lives) {
        const auto facts = ticketing::facts_of(life.walk().events());
        for (const auto& [counter, amount] : sla::contributions(*facts)) {
            const std::chrono::year_month_day date{counter.day};
            const sla::LocalDay month{date.year() / date.month() / 1};
            const auto metric = static_cast<unsigned>(counter.metric);
            sources[{month, life.walk().ticket().id.value}].metrics |= std::uint64_t{1} << metric;
        }
        add_unmet(sources, life.walk().ticket().id.value, *facts);
    }
    return sources;
}

}  // namespace

TEST_CASE("S26: property: roll-ups derived in pieces equal those rebuilt from every log") {
    test::Line line;
    for (std::uint64_t round = 0; round < 6; ++round) {
        line.open(8, 100 * round + 1);
        line.live_on(6);
        line.derive(round % 2 == 0 ? 500 : 7);
        REQUIRE(kept(line) == rebuilt(line));
        REQUIRE(kept_sources(line) == counted_sources(line));
    }
    CHECK(kept(line).size() > 50);
    CHECK(line.number("SELECT COUNT(*) FROM derive_todo") == 0);
}

TEST_CASE("the facts of a birth are written with it and counted without reading its log") {
    test::Line line;
    line.open(3);
    CHECK(line.number("SELECT COUNT(*) FROM ticket_facts WHERE counted=0") == 3);
    const auto expected = rebuilt(line);
    line.run("UPDATE ticket_event SET changes='{\"type\":['");
    line.derive();
    CHECK(line.number("SELECT COUNT(*) FROM ticket_facts WHERE counted=1") == 3);
    CHECK(kept(line) == expected);
}

TEST_CASE("a ticket that moves on before its birth is counted is counted once, as it is now") {
    test::Line line;
    line.open(4);
    line.live_on(2);
    line.derive(1);
    CHECK(kept(line) == rebuilt(line));
    CHECK(kept_sources(line) == counted_sources(line));
    CHECK(found(line, "停电") == std::vector<std::uint64_t>{4, 3, 2, 1});
}

TEST_CASE("work that comes twice, or again after everything is derived, counts nothing twice") {
    test::Line line;
    line.open(5);
    line.live_on(10);
    line.derive();
    const auto once = kept(line);
    line.run("INSERT INTO derive_todo (ticket_id) SELECT id FROM ticket");
    line.run("INSERT INTO derive_todo (ticket_id) SELECT id FROM ticket");
    CHECK(line.derive(3) == 10);
    CHECK(kept(line) == once);
}

TEST_CASE("several servers derive beside the working line without losing or doubling anything") {
    test::Line line;
    line.open(20, 1000);
    std::atomic<bool> living = true;
    std::vector<std::thread> servers;
    std::atomic<int> failures = 0;
    for (int i = 0; i < 3; ++i) {
        servers.emplace_back([&] {
            while (living) {
                const auto done = line.pool.transact_now([](mysql::Connection& db) {
                    return actions::derive_tickets(db, 9);
                });
                if (!done) ++failures;
            }
        });
    }
    for (int i = 0; i < 12; ++i) line.live_on(1);
    living = false;
    for (std::thread& server : servers) server.join();
    line.derive();
    CHECK(failures == 0);
    CHECK(kept(line) == rebuilt(line));
}

TEST_CASE("a ticket is found by pairs of its characters, also by those of its result") {
    test::Line line;
    line.open(1, 3);
    line.derive();
    CHECK(found(line, "停电") == std::vector<std::uint64_t>{1});
    line.run("UPDATE ticket SET result_text='线路已经抢修完毕'");
    line.run("INSERT INTO derive_todo (ticket_id) SELECT id FROM ticket");
    line.derive();
    CHECK(found(line, "抢修").empty());  // no act has written a text
    line.run(
        "UPDATE ticket_event SET act=" +
        std::to_string(static_cast<int>(ticketing::Act::submit_result)) +
        " ORDER BY seq DESC LIMIT 1"
    );
    line.run("UPDATE ticket_facts SET upto_seq=0, facts=''");
    line.run("DELETE FROM rollup");
    line.run("INSERT INTO derive_todo (ticket_id) SELECT id FROM ticket");
    line.derive();
    CHECK(found(line, "抢修") == std::vector<std::uint64_t>{1});
    CHECK(found(line, "停电") == std::vector<std::uint64_t>{1});
}

TEST_CASE("a log that cannot be read stops nobody else's figures") {
    test::Line line;
    line.open(3);
    line.run("DELETE FROM ticket_facts");  // of births of before facts were written with them
    line.run("UPDATE ticket_event SET changes='{\"type\":[' WHERE ticket_id=2");
    const auto done =
        line.in_transaction([](mysql::Connection& db) { return actions::derive_tickets(db, 100); });
    CHECK(done->unreadable == std::vector<ticketing::TicketId>{{2}});
    CHECK(line.number("SELECT COUNT(*) FROM ticket_facts WHERE upto_seq>0") == 2);
    CHECK(line.number("SELECT COUNT(*) FROM derive_todo") == 0);
}
