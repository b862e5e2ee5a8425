#include "server/actions/freeze_period.hpp"
#include "sla/date_text.hpp"
#include "tests/integration/figures/office.hpp"
#include "ticketing/minute_ledger.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace hotline;
using test::Office;

namespace {

// Some day in May 2026: March is settled.
constexpr ticketing::Instant in_may{std::chrono::sys_days{std::chrono::year{2026} / 5 / 20}};
const std::string march = R"({"from":"2026-03-01","to":"2026-03-31"})";

http::Response publish(Office& office, const std::string& body) {
    return office.world.run(office.frozen.freeze(office.browser.post(body)));
}

boost::json::object parsed(const http::Response& response) {
    REQUIRE(response.status / 100 == 2);
    return boost::json::parse(response.body).as_object();
}

http::Request about(
    Office& office, std::int64_t freeze, std::map<std::string, std::string> query = {}
) {
    http::Request request = office.browser.get();
    request.params["freeze_id"] = std::to_string(freeze);
    request.query = std::move(query);
    return request;
}

// The same rates with the same counts.
void check_same(const boost::json::array& a, const boost::json::array& b) {
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::string code = test::text(a[i].at("code"));
        CAPTURE(code);
        CHECK(a[i].at("code") == b[i].at("code"));
        if (!sla::definition(*sla::value_of<sla::RateCode>(code)).numerator) continue;
        CHECK(a[i].at("numerator") == b[i].at("numerator"));
        CHECK(a[i].at("denominator") == b[i].at("denominator"));
    }
}

}  // namespace

TEST_CASE("S39: what a supervisor publishes is what the board showed, and stays so") {
    Office office;
    office.live();
    office.world.now = in_may;
    office.log_in("boss", ticketing::Role::supervisor);
    const std::map<std::string, std::string> query{{"from", "2026-03-01"}, {"to", "2026-03-31"}};
    const auto live = office.rates(query);
    const auto period = parsed(publish(office, march));
    const auto id = period.at("id").as_int64();
    CHECK(period.at("revision") == 1);
    CHECK(period.at("frozen_by") == "测试");
    office.line.live_on(20);
    office.line.derive();
    const auto shown = parsed(office.world.run(office.frozen.show(about(office, id))));
    check_same(shown.at("kpi").at("rates").as_array(), live.at("rates").as_array());
    const auto by_unit =
        parsed(office.world.run(office.frozen.show(about(office, id, {{"group_by", "unit"}}))));
    CHECK(by_unit.at("kpi").at("groups").as_array().size() > 1);
    const auto verdict = parsed(office.world.run(office.frozen.verify(about(office, id))));
    CHECK(verdict.at("intact").as_bool());
    CHECK(verdict.at("figures").as_int64() > 100);
    office.line.run("UPDATE kpi_freeze_figure SET amount=amount+1 LIMIT 1");
    const auto caught = parsed(office.world.run(office.frozen.verify(about(office, id))));
    CHECK_FALSE(caught.at("intact").as_bool());
    CHECK(caught.contains("first"));
    const auto entries = office.line.number("SELECT COUNT(*) FROM audit WHERE action='kpi.freeze'");
    CHECK(entries == 1);
}

TEST_CASE("every way to a published period is found by the router") {
    Office office;
    std::vector<http::Route> routes;
    office.frozen.add_routes(routes);
    office.boards.add_routes(routes);
    office.behind.add_routes(routes);
    office.api.add_routes(routes);
    const http::Router router(std::move(routes), {});
    for (const std::string path :
         {"/api/v1/kpi",
          "/api/v1/kpi/scorecard",
          "/api/v1/kpi/minutes",
          "/api/v1/kpi/frozen",
          "/api/v1/kpi/frozen/1",
          "/api/v1/kpi/frozen/1/verify",
          "/api/v1/kpi/frozen/1/on_time_rate/tickets",
          "/api/v1/kpi/on_time_rate/tickets"}) {
        CAPTURE(path);
        http::Request request = office.browser.get();
        request.path = path;
        CHECK(office.world.run(router.dispatch(std::move(request))).status == 401);
    }
}

TEST_CASE("S40: a refusal to freeze says why in a sentence") {
    Office office;
    office.live(10);
    office.world.now = in_may;
    office.log_in("boss", ticketing::Role::supervisor);
    const auto early = publish(office, R"({"from":"2026-05-01","to":"2026-05-19"})");
    CHECK(early.status == 409);
    CHECK(early.body.find("尚未稳定") != early.body.npos);
    CHECK(publish(office, march).status == 201);
    const auto again = publish(office, march);
    CHECK(again.status == 409);
    CHECK(again.body.find("更正") != again.body.npos);
    const auto corrected =
        publish(office, R"({"from":"2026-03-01","to":"2026-03-31","reason":"补录"})");
    CHECK(parsed(corrected).at("revision") == 2);
    const auto listed = parsed(office.world.run(office.frozen.list(office.browser.get())));
    CHECK(listed.at("items").as_array().size() == 2);
    CHECK(publish(office, R"({"from":"2026-03-01"})").status == 422);
    CHECK(publish(office, R"({"from":"2026-03-01","to":"2026-03-02","x":1})").status == 422);
    CHECK(office.world.run(office.frozen.show(about(office, 4711))).status == 404);
}

TEST_CASE("an auditor counts the tickets behind a published rate without seeing one") {
    Office office;
    office.live();
    office.world.now = in_may;
    office.log_in("boss", ticketing::Role::supervisor);
    const auto id = parsed(publish(office, march)).at("id").as_int64();
    const auto shown = parsed(office.world.run(office.frozen.show(about(office, id))));
    office.log_in("auditor", ticketing::Role::auditor);
    for (const auto& told : shown.at("kpi").at("rates").as_array()) {
        const std::string code = test::text(told.at("code"));
        if (test::text(told.at("basis")) == "snapshot") continue;
        CAPTURE(code);
        std::int64_t times = 0;
        std::map<std::string, std::string> query{{"side", "denominator"}, {"limit", "6"}};
        for (;;) {
            http::Request request = about(office, id, query);
            request.params["rate"] = code;
            const auto page = parsed(office.world.run(office.frozen.cases(std::move(request))));
            for (const auto& item : page.at("items").as_array()) {
                times += item.at("times").as_int64();
                CHECK_FALSE(item.at("visible").as_bool());
                CHECK(item.at("sm3").as_string().size() == 64);
            }
            if (!page.contains("next_cursor")) break;
            query["cursor"] = test::text(page.at("next_cursor"));
        }
        CHECK(times == told.at("denominator").as_int64());
    }
    CHECK(office.world.run(office.api.rates(office.browser.get())).status == 403);
    CHECK(publish(office, march).status == 403);
}

TEST_CASE("a county's manager reads what was published and publishes nothing") {
    Office office;
    office.live(5);
    office.world.now = in_may;
    office.log_in("county", ticketing::Role::manager);
    REQUIRE(office.world.pool.transact_now([](mysql::Connection& db) {
        return db.execute("UPDATE account SET division='610526' WHERE login='county'");
    }));
    office.browser.log_in("county");
    CHECK(publish(office, march).status == 403);
    CHECK(office.world.run(office.frozen.list(office.browser.get())).status == 200);
}

TEST_CASE("S41: the scores of the units follow from their rates, and a unit sees its own place") {
    Office office;
    office.live();
    office.log_in("boss", ticketing::Role::supervisor);
    http::Request request = office.browser.get();
    request.query = {{"from", "2026-01-01"}, {"to", "2026-12-31"}};
    const auto all = parsed(office.world.run(office.boards.scorecard(request)));
    CHECK(all.at("version") == 1);
    CHECK(all.at("lines").as_array().size() == 4);
    const auto by_unit =
        office.rates({{"from", "2026-01-01"}, {"to", "2026-12-31"}, {"group_by", "unit"}});
    REQUIRE(all.at("units").as_array().size() > 1);
    for (const auto& unit : all.at("units").as_array()) {
        const auto id = std::to_string(unit.at("unit_id").as_int64());
        const auto& groups = by_unit.at("groups").as_array();
        const auto group = std::ranges::find_if(groups, [&](const auto& one) {
            return one.at("key").as_string() == id;
        });
        REQUIRE(group != groups.end());
        const auto& on_time = unit.at("lines").as_array().front();
        CHECK(on_time.at("numerator") == group->at("rates").at(1).at("numerator"));
        const auto denominator = on_time.at("denominator").as_int64();
        CHECK(denominator == group->at("rates").at(1).at("denominator").as_int64());
        if (denominator < 10) CHECK_FALSE(unit.as_object().contains("rank"));
    }
    office.log_in("clerk", ticketing::Role::unit_clerk, 3);
    request = office.browser.get();
    request.query = {{"from", "2026-01-01"}, {"to", "2026-12-31"}};
    const auto own = parsed(office.world.run(office.boards.scorecard(request)));
    CHECK(own.at("ranked") == all.at("ranked"));
    REQUIRE(own.at("units").as_array().size() == 1);
    CHECK(own.at("units").as_array().front().at("unit_id") == 3);
}

TEST_CASE("M6: the minutes of the closed tickets add up to their lives, unit by unit") {
    Office office;
    office.live(200);
    office.log_in("boss", ticketing::Role::supervisor);
    http::Request request = office.browser.get();
    request.query = {{"from", "2026-01-01"}, {"to", "2026-12-31"}};
    const auto sums = parsed(office.world.run(office.boards.minutes(request)));
    std::map<std::pair<ticketing::Party, std::uint64_t>, std::chrono::milliseconds> expected;
    std::chrono::milliseconds life{};
    std::int64_t tickets = 0;
    for (const test::Life& one : office.line.lives) {
        const auto facts = ticketing::facts_of(one.walk().events());
        const auto made = sla::contributions(*facts);
        if (std::ranges::none_of(made, [](const auto& part) {
                return part.key.metric == sla::Metric::closed;
            })) {
            continue;
        }
        ++tickets;
        const auto ledger =
            ticketing::minute_ledger(one.walk().events(), office.line.world.at(office.world.now));
        REQUIRE(ledger);
        life += ledger->life;
        for (const auto& line : ledger->lines) expected[{line.party, line.unit.value}] += line.time;
    }
    CHECK(tickets > 3);
    CHECK(sums.at("tickets").as_int64() == tickets);
    const auto minutes = [](std::chrono::milliseconds time) {
        return doctest::Approx(std::chrono::duration<double, std::ratio<60>>(time).count());
    };
    CHECK(sums.at("life_minutes").as_double() == minutes(life));
    CHECK(sums.at("lines").as_array().size() == expected.size());
    double all = 0;
    for (const auto& line : sums.at("lines").as_array()) {
        const auto party = *sla::value_of<ticketing::Party>(test::text(line.at("party")));
        const auto* unit = line.as_object().if_contains("unit_id");
        const auto id = unit == nullptr ? 0 : static_cast<std::uint64_t>(unit->as_int64());
        CHECK(line.at("minutes").as_double() == minutes(expected.at({party, id})));
        all += line.at("minutes").as_double();
    }
    CHECK(all == minutes(life));
}
