#include "integrations/mysql/derive_store.hpp"
#include "integrations/mysql/freeze_store.hpp"
#include "server/actions/check_records.hpp"
#include "server/actions/freeze_period.hpp"
#include "sla/date_text.hpp"
#include "tests/integration/figures/line.hpp"
#include "tests/simulated_year/year.hpp"
#include "ticketing/facts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>

using namespace hotline;
using namespace std::chrono_literals;

namespace {

// A simulated year in the database, derived, each settled month published.
struct YearOfRecords : test::Line {
    simulated_year::World city;
    std::vector<simulated_year::Play> plays;
    test::TemporaryFolder folder;
    crypto::Signer signer = *crypto::Signer::open(folder.path() / "key.pem");

    explicit YearOfRecords(int appeals_a_day)
        : plays(simulated_year::whole_year(city, appeals_a_day)) {
        constexpr std::size_t batch = 250;
        for (std::size_t at = 0; at < plays.size(); at += batch) {
            std::vector<mysql::NewTicket> fresh;
            const auto end = std::min(plays.size(), at + batch);
            for (auto i = at; i < end; ++i) fresh.push_back(record_of(plays[i]));
            in_transaction([&](mysql::Connection& db) { return mysql::insert_tickets(db, fresh); });
        }
        derive();
    }

    static mysql::NewTicket record_of(const simulated_year::Play& play) {
        mysql::NewTicket fresh;
        fresh.ticket = play.steps.empty() ? play.first : play.steps.back().second;
        fresh.idempotency_key = "year-" + std::to_string(fresh.ticket.id.value);
        ticketing::Digest previous{};
        for (ticketing::Event event : play.events) {
            ticketing::seal(event, previous, crypto::sm3);
            previous = event.hash;
            fresh.events.push_back(std::move(event));
        }
        return fresh;
    }

    void publish(unsigned month) {
        const auto first = std::chrono::year{2026} / std::chrono::month{month};
        actions::FreezeOrder order;
        order.from = sla::LocalDay{first / 1};
        order.to = sla::LocalDay{first / std::chrono::last};
        order.by_name = "督办员";
        order.now = std::chrono::sys_days{std::chrono::year{2027} / 6 / 1};
        in_transaction([&](mysql::Connection& db) {
            return actions::freeze_period(db, signer, city.calendar, order);
        });
    }

    std::map<std::string, actions::CheckResult> checked() {
        const actions::CheckSettings settings{std::chrono::sys_days{std::chrono::year{2027} / 6 / 1}
        };
        const auto results = pool.read_now([&](mysql::Connection& db) {
            return actions::check_records(db, signer, settings);
        });
        REQUIRE(results);
        std::map<std::string, actions::CheckResult> by_name;
        for (const auto& result : *results) by_name.emplace(result.name, result);
        return by_name;
    }

    // What the sums would have been, had the line reckoned the tickets so.
    sla::Rollups change_by(const std::function<void(sla::TicketFacts&)>& mistake) const {
        sla::DailyCounters changed;
        for (const auto& play : plays) {
            const auto facts = ticketing::facts_of(play.events);
            auto mistaken = *facts;
            mistake(mistaken);
            sla::add_to(changed, sla::delta(*facts, mistaken));
        }
        sla::Rollups sums;
        sla::add_to(sums, changed);
        return sums;
    }
};

struct Mistake {
    std::string_view rule;
    std::function<void(sla::TicketFacts&)> make;
};

auto counts_all_the_same(sla::Exclusion excluded) {
    return [excluded](sla::TicketFacts& facts) {
        if (facts.excluded == excluded) facts.excluded = sla::Exclusion::none;
    };
}

// The line without one of its exclusions.
const Mistake mistakes[] = {
    {"declined", counts_all_the_same(sla::Exclusion::declined)},
    {"withdrawn", counts_all_the_same(sla::Exclusion::withdrawn)},
    {"merged", counts_all_the_same(sla::Exclusion::merged)},
    {"praise", counts_all_the_same(sla::Exclusion::praise)},
    {"test", counts_all_the_same(sla::Exclusion::test)},
    {"unreasonable", [](sla::TicketFacts& facts) { facts.unreasonable = false; }},
    {"nobody to call", [](sla::TicketFacts& facts) { facts.contactable = true; }},
    {"not reached",
     [](sla::TicketFacts& facts) {
         if (facts.attempts_exhausted && !facts.survey) {
             facts.survey = sla::SurveyFact{*facts.closed_at, true, sla::SolvedAnswer::yes};
         }
     }},
    {"given back",
     [](sla::TicketFacts& facts) {
         for (auto& assignment : facts.assignments) assignment.returned_at.reset();
     }},
    {"a refusal by the review is no redo",
     [](sla::TicketFacts& facts) { facts.redo_count += facts.sent_back ? 1 : 0; }},
};

}  // namespace

TEST_CASE("figure 5: check recomputes the rates of a whole year from its events: no difference") {
    YearOfRecords year(60);
    REQUIRE(year.plays.size() == 248 * 60);
    for (unsigned month = 1; month <= 12; ++month) year.publish(month);
    const auto checks = year.checked();
    const auto& sums = checks.at("rollups");
    CAPTURE(sums.first);
    CHECK(sums.ok());
    CHECK(sums.looked_at > 100'000);
    CHECK(checks.at("event_chains").ok());
    const auto& frozen = checks.at("frozen");
    CAPTURE(frozen.first);
    CHECK(frozen.ok());
    CHECK(frozen.looked_at > 5'000);
}

TEST_CASE("figure 5: sums reckoned without any one exclusion make check fail") {
    YearOfRecords year(3);
    REQUIRE(year.checked().at("rollups").ok());
    for (const Mistake& mistake : mistakes) {
        CAPTURE(mistake.rule);
        auto change = year.change_by(mistake.make);
        REQUIRE_FALSE(change.empty());
        const auto add = [&] {
            year.in_transaction([&](mysql::Connection& db) {
                return mysql::add_to_rollups(db, change);
            });
        };
        add();
        CHECK_FALSE(year.checked().at("rollups").ok());
        for (auto& [key, amount] : change) amount = -amount;
        add();
    }
    CHECK(year.checked().at("rollups").ok());
}
