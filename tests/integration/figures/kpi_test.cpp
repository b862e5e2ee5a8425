#include "server/api/kpi.hpp"

#include "sla/date_text.hpp"
#include "tests/integration/auth/auth_world.hpp"
#include "tests/integration/figures/line.hpp"
#include "ticketing/facts.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace std::chrono_literals;

namespace {

struct Office {
    test::Line line;
    test::AuthWorld world;
    CitySource source{
        std::make_shared<const City>(line.world.city, line.world.policy, line.world.calendar)
    };
    api::KpiApi api{world.guard, line.pool, source, world.clock};
    test::Browser browser{world};

    boost::json::object rates(std::map<std::string, std::string> query) {
        http::Request request = browser.get();
        request.query = std::move(query);
        const auto response = world.run(api.rates(std::move(request)));
        REQUIRE(response.status == 200);
        return boost::json::parse(*response.shared_body).as_object();
    }
    sla::PeriodSums expected(const std::function<bool(const sla::CounterKey&)>& wanted) {
        sla::PeriodSums sums;
        for (const test::Life& life : line.lives) {
            const auto facts = ticketing::facts_of(life.walk().events());
            for (const auto& [key, amount] : sla::contributions(*facts)) {
                if (wanted(key)) sums.add(key, amount);
            }
        }
        return sums;
    }
};

void check_rates(const boost::json::object& told, const sla::PeriodSums& sums) {
    const auto& rates = told.at("rates").as_array();
    const auto expected = sla::compute_all(sums);
    REQUIRE(rates.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (expected[i].code == sla::RateCode::overdue_rate) continue;
        CAPTURE(std::string(name(expected[i].code)));
        CHECK(rates[i].at("numerator") == expected[i].numerator);
        CHECK(rates[i].at("denominator") == expected[i].denominator);
    }
}

const std::map<std::string, std::string> year{{"from", "2026-01-01"}, {"to", "2026-12-31"}};

std::map<std::string, std::string> year_by(std::string group) {
    auto query = year;
    query["group_by"] = std::move(group);
    return query;
}

}  // namespace

TEST_CASE("rates come from the logs, whole and in every grouping") {
    Office office;
    office.line.open(40, 300);
    office.line.live_on(25);
    office.line.derive();
    office.world.account("boss", ticketing::Role::supervisor);
    office.browser.log_in("boss");

    const auto all = office.rates(year);
    const auto sums = office.expected([](const auto&) { return true; });
    check_rates(all, sums);
    CHECK(all.at("accepted") == sums.of(sla::Metric::accepted));
    CHECK(sums.of(sla::Metric::accepted) > 10);
    CHECK(sums.of(sla::Metric::closing_due) > 5);

    std::int64_t open = 0;
    const auto by_division = office.rates(year_by("division"));
    for (const auto& group : by_division.at("groups").as_array()) {
        const std::string key = test::text(group.at("key"));
        check_rates(group.as_object(), office.expected([&](const auto& counter) {
            return counter.division == key;
        }));
        open += group.at("open").as_int64();
    }
    CHECK(open == all.at("open").as_int64());
    CHECK(
        open == office.line.number("SELECT COUNT(*) FROM ticket WHERE state BETWEEN 2 AND 8 "
                                   "AND type<>6")
    );
    const auto by_unit = office.rates(year_by("unit"));
    for (const auto& group : by_unit.at("groups").as_array()) {
        const std::string key = test::text(group.at("key"));
        check_rates(group.as_object(), office.expected([&](const auto& counter) {
            return std::to_string(counter.unit) == key;
        }));
        CHECK(group.as_object().contains("accepted") == (key == "0"));
    }
    const auto by_day = office.rates(year_by("day"));
    for (const auto& group : by_day.at("groups").as_array()) {
        const std::string key = test::text(group.at("key"));
        check_rates(group.as_object(), office.expected([&](const auto& counter) {
            return sla::date_text(counter.day) == key;
        }));
    }
}

TEST_CASE("a stranger hears the month's figures, whatever he asks, and no rates of units") {
    Office office;
    office.line.open(6, 900);
    office.line.live_on(15);
    office.line.derive();
    office.world.now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 20};
    http::Request request;
    request.query = year_by("unit");
    const auto response = office.world.run(office.api.figures(request));
    REQUIRE(response.status == 200);
    const auto body = boost::json::parse(*response.shared_body).as_object();
    CHECK(body.at("from") == "2026-03-01");
    CHECK(body.at("to") == "2026-03-20");
    CHECK_FALSE(body.contains("groups"));
    const auto sums = office.expected([](const auto& counter) {
        return sla::date_text(counter.day).starts_with("2026-03") &&
               sla::date_text(counter.day) <= "2026-03-20";
    });
    check_rates(body, sums);
    const auto refused = office.world.run(office.api.rates(request));
    CHECK(refused.status == 401);
}

TEST_CASE("an answer is given again for two seconds, then anew") {
    Office office;
    office.line.open(1, 7);
    office.line.derive();
    office.world.account("boss", ticketing::Role::supervisor);
    office.browser.log_in("boss");
    CHECK(office.rates(year).at("accepted") == 1);
    office.line.open(1, 7);
    office.line.derive();
    office.world.now += 1s;
    CHECK(office.rates(year).at("accepted") == 1);
    office.world.now += 2s;
    CHECK(office.rates(year).at("accepted") == 2);
}

TEST_CASE("those without the verb are refused") {
    Office office;
    office.world.account("agent", ticketing::Role::agent);
    office.browser.log_in("agent");
    CHECK(office.world.run(office.api.rates(office.browser.get())).status == 403);
}
