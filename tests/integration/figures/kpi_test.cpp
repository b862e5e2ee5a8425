#include "sla/date_text.hpp"
#include "tests/integration/figures/office.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace hotline;
using namespace std::chrono_literals;
using test::Office;

namespace {

void check_rates(const boost::json::object& told, const sla::PeriodSums& sums) {
    const auto& rates = told.at("rates").as_array();
    const auto expected = sla::compute_all(sums);
    REQUIRE(rates.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (!sla::definition(expected[i].code).numerator) continue;  // a picture of now
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
    office.live(40);
    office.log_in("boss", ticketing::Role::supervisor);

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
        open == office.line.number("SELECT COUNT(*) FROM ticket WHERE state IN (2,3,4,5,6,7,8,14) "
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

TEST_CASE("S37: every grouping and every filter gives what the logs give, from sums or one by one"
) {
    Office office;
    office.live(40);
    office.log_in("boss", ticketing::Role::supervisor);
    using Key = sla::CounterKey;
    const std::map<std::string, std::function<std::string(const Key&)>> groupings{
        {"official", [](const Key& key) { return std::to_string(key.official); }},
        {"channel",
         [](const Key& key) {
             return std::string(ticketing::name(static_cast<ticketing::Channel>(key.channel)));
         }},
        {"type",
         [](const Key& key) {
             return std::string(ticketing::name(static_cast<ticketing::AppealType>(key.type)));
         }},
        {"topic", [](const Key& key) { return key.topic; }},
        {"unit", [](const Key& key) { return std::to_string(key.unit); }},
        {"division", [](const Key& key) { return key.division; }},
    };
    struct Filter {
        std::string name;
        std::string value;
        std::function<bool(const Key&)> takes;
    };
    const Filter filters[] = {
        {"from",
         "2026-03-10",
         [](const Key& key) { return sla::date_text(key.day) >= "2026-03-10"; }},
        {"division", "610526", [](const Key& key) { return key.division == "610526"; }},
        {"unit_id", "3", [](const Key& key) { return key.unit == 3; }},
        {"official_id", "1", [](const Key& key) { return key.official == 1; }},
        {"channel", "phone", [](const Key& key) { return key.channel == 2; }},
        {"type", "complaint", [](const Key& key) { return key.type == 3; }},
        {"topic", "规划 建设", [](const Key& key) { return key.topic == "规划 建设"; }},
    };
    REQUIRE(ticketing::from_name<ticketing::AppealType>("complaint") == ticketing::AppealType{3});
    for (const auto& [grouping, group_of] : groupings) {
        for (const Filter& filter : filters) {
            CAPTURE(grouping);
            CAPTURE(filter.name);
            auto query = year_by(grouping);
            query[filter.name] = filter.value;
            const auto told = office.rates(query);
            check_rates(told, office.expected(filter.takes));
            std::set<std::string> seen;
            for (const auto& group : told.at("groups").as_array()) {
                const std::string key = test::text(group.at("key"));
                seen.insert(key);
                check_rates(group.as_object(), office.expected([&](const Key& counter) {
                    return filter.takes(counter) && group_of(counter) == key;
                }));
            }
            if (filter.name == "from") CHECK(seen.size() > 1);
        }
    }
}

TEST_CASE("S38: for every rate the tickets behind it are as many as its counts say") {
    Office office;
    office.live();
    office.log_in("boss", ticketing::Role::supervisor);
    const auto all = office.rates(year);
    std::int64_t listed = 0;
    for (const auto& told : all.at("rates").as_array()) {
        const auto& rate = told.as_object();
        const std::string code = test::text(rate.at("code"));
        CAPTURE(code);
        if (test::text(rate.at("basis")) == "snapshot") {
            CHECK(office.cases(code, year).status == 404);
            continue;
        }
        const auto numerator = rate.at("numerator").as_int64();
        const auto denominator = rate.at("denominator").as_int64();
        CHECK(office.cases_told(code, "numerator").times == numerator);
        CHECK(office.cases_told(code, "denominator").times == denominator);
        CHECK(office.cases_told(code, "missing").times == denominator - numerator);
        std::int64_t excluded = 0;
        for (const auto& line : rate.at("excluded").as_array()) {
            const auto count = line.at("count").as_int64();
            excluded += count;
            auto query = year;
            query["reason"] = test::text(line.at("reason"));
            CHECK(office.cases_told(code, "excluded", query).times == count);
        }
        CHECK(office.cases_told(code, "excluded").times == excluded);
        listed += numerator + excluded;
    }
    CHECK(listed > 200);
    CHECK(office.cases("nonsense", year).status == 404);
    auto query = year;
    query["side"] = "sideways";
    CHECK(office.cases("on_time_rate", query).status == 422);
    query = year;
    query["cursor"] = "x";
    CHECK(office.cases("on_time_rate", query).status == 422);
}

TEST_CASE("S38: a unit may count what it has given away, and is told no more of it than the number"
) {
    Office office;
    office.live();
    office.log_in("clerk", ticketing::Role::unit_clerk, 3);
    const auto told = office.cases_told("return_rate", "denominator");
    CHECK(
        told.times ==
        office.expected([](const auto& key) { return key.unit == 3; }).of(sla::Metric::dispatched)
    );
    CHECK(told.hidden > 0);
    CHECK(told.visible > 0);
    for (const auto& item : told.items) {
        const auto& one = item.as_object();
        CHECK(one.contains("state") == one.at("visible").as_bool());
        const auto lead = office.line.number(
            "SELECT COALESCE(lead_unit_id, 0) FROM ticket WHERE number='" +
            test::text(one.at("ticket_no")) + "'"
        );
        if (!one.at("visible").as_bool()) CHECK(lead != 3);
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
