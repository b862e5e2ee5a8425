#include "integrations/mysql/ticket_query.hpp"
#include "server/api/figures/kpi_figures.hpp"
#include "server/calendar/local_text.hpp"
#include "sla/date_text.hpp"
#include "tests/integration/figures/office.hpp"
#include "ticketing/permissions.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace hotline;
using test::Office;

namespace {

namespace json = boost::json;
using Query = std::map<std::string, std::string>;
using sla::FigureCode;
using sla::Metric;

const Query whole_year{{"from", "2026-01-01"}, {"to", "2026-12-31"}};

Query whole_year_and(std::string name, std::string value) {
    Query query = whole_year;
    query[std::move(name)] = std::move(value);
    return query;
}

// The board in front of an office.
struct Board {
    Office office;
    api::KpiFiguresApi figures{
        office.world.guard, office.line.pool, office.source, office.world.clock
    };

    http::Response answer(FigureCode code, Query query) {
        http::Request request = office.browser.get();
        request.query = std::move(query);
        return office.world.run(figures.tell(std::move(request), code));
    }
    json::object told(FigureCode code, Query query = whole_year) {
        const auto response = answer(code, std::move(query));
        CAPTURE(response.body);
        REQUIRE(response.status == 200);
        return json::parse(*response.shared_body).as_object();
    }
    http::Response counted(const std::string& metric, Query query) {
        http::Request request = office.browser.get();
        request.query = std::move(query);
        request.params["metric"] = metric;
        return office.world.run(office.behind.list_counted(std::move(request)));
    }
    // The tickets of all pages behind one count.
    std::int64_t behind(const std::string& metric, Query query = whole_year) {
        std::int64_t times = 0;
        query["limit"] = "7";
        for (;;) {
            const auto response = counted(metric, query);
            REQUIRE(response.status == 200);
            const auto page = json::parse(response.body).as_object();
            for (const auto& item : page.at("items").as_array()) {
                times += item.at("times").as_int64();
            }
            if (!page.contains("next_cursor")) {
                CHECK(page.at("total").as_int64() == times);
                return times;
            }
            query["cursor"] = test::text(page.at("next_cursor"));
        }
    }
    std::int64_t listed(const mysql::TicketFilter& filter) {
        const ticketing::Scope scope{.everything = true};
        const mysql::TicketListing listing{
            .scope = scope, .filter = filter, .after = {}, .limit = 50, .now = office.world.now
        };
        const auto count = office.line.in_transaction([&](mysql::Connection& db) {
            return mysql::count_tickets(db, listing, 10'000);
        });
        return static_cast<std::int64_t>(*count);
    }
};

std::int64_t sum(const json::array& numbers) {
    std::int64_t total = 0;
    for (const auto& number : numbers) total += number.as_int64();
    return total;
}

}  // namespace

TEST_CASE("S47: the hours add up to the accepted, and each leads to its tickets") {
    Board board;
    board.office.line.open(40, 300, std::chrono::minutes{95});
    board.office.line.live_on(40);
    board.office.line.derive();
    board.office.log_in("boss", ticketing::Role::supervisor);
    const auto hours = board.told(FigureCode::hours);
    std::int64_t total = 0;
    int looked_at = 0;
    const auto& weekdays = hours.at("weekdays").as_array();
    REQUIRE(weekdays.size() == 7);
    for (std::size_t day = 0; day < 7; ++day) {
        const auto& counts = weekdays[day].as_array();
        REQUIRE(counts.size() == 24);
        total += sum(counts);
        for (std::size_t hour = 0; hour < 24; ++hour) {
            if (counts[hour] == 0 || ++looked_at > 6) continue;
            Query query = whole_year_and("weekday", std::to_string(day + 1));
            query["hour"] = std::to_string(hour);
            CHECK(board.behind("received", query) == counts[hour].as_int64());
        }
    }
    CHECK(looked_at > 3);
    CHECK(total == hours.at("total").as_int64());
    CHECK(total == board.office.rates(whole_year).at("accepted").as_int64());
    CHECK(board.behind("received") == total);
    CHECK(hours.at("scope") == "全市");
    std::int64_t left_out = 0;
    for (const auto& line : hours.at("excluded").as_array()) {
        left_out += board.behind(test::text(line.at("reason")));
        CHECK(line.at("count").as_int64() == board.behind(test::text(line.at("reason"))));
    }
    CHECK(left_out + total == 40);
    CHECK(board.counted("closed", whole_year_and("hour", "9")).status == 422);
    CHECK(board.counted("received", whole_year_and("hour", "24")).status == 422);
    CHECK(board.counted("nonsense", whole_year).status == 404);
}

TEST_CASE("S44: units and counties see their own part, which add up to the city's") {
    Board board;
    board.office.live(40);
    board.office.log_in("boss", ticketing::Role::supervisor);
    const auto whole = board.told(FigureCode::hours).at("total").as_int64();
    std::int64_t of_divisions = 0;
    std::set<std::string> divisions;
    for (const auto& life : board.office.line.lives) {
        divisions.insert(life.walk().ticket().division);
    }
    for (const std::string& division : divisions) {
        if (division.empty()) continue;
        const auto query = whole_year_and("division", division);
        const auto total = board.told(FigureCode::hours, query).at("total").as_int64();
        const auto steps = board.told(FigureCode::funnel, query).at("steps").as_array();
        CHECK(steps.front().at("numerator").as_int64() == total);
        CHECK(board.told(FigureCode::topics, query).at("total").as_int64() == total);
        CHECK(board.behind("received", query) == total);
        of_divisions += total;
    }
    CHECK(of_divisions <= whole);
    CHECK(of_divisions > 0);
    board.office.log_in("clerk", ticketing::Role::unit_clerk, 3);
    const auto expected =
        board.office.expected([](const auto& key) { return key.unit == 3; }).of(Metric::received);
    const auto own = board.told(FigureCode::hours);
    CHECK(own.at("total").as_int64() == expected);
    CHECK(own.at("scope") != "全市");
    CHECK(board.told(FigureCode::topics).at("total").as_int64() == expected);
    CHECK(board.behind("received") == expected);
    CHECK(board.answer(FigureCode::calls, whole_year).status == 403);
    CHECK(board.answer(FigureCode::hours, whole_year_and("unit_id", "1")).status == 403);
}

TEST_CASE("S45: each step of the funnel leads to its tickets, the open ones stand somewhere") {
    Board board;
    board.office.live(60);
    board.office.log_in("boss", ticketing::Role::supervisor);
    const auto funnel = board.told(FigureCode::funnel);
    std::int64_t before = funnel.at("steps").as_array().front().at("denominator").as_int64();
    std::string last;
    for (const auto& step : funnel.at("steps").as_array()) {
        const auto count = step.at("numerator").as_int64();
        const std::string metric = test::text(step.at("metric"));
        CHECK(count <= before);
        CHECK(board.behind(metric) == count);
        if (!last.empty())
            CHECK(board.behind(last, whole_year_and("without", metric)) == before - count);
        before = count;
        last = metric;
    }
    CHECK(before > 0);
    std::int64_t open = 0;
    for (const auto& one : funnel.at("now").as_array()) {
        mysql::TicketFilter filter;
        filter.in_hand = true;
        filter.states = {*ticketing::from_name<ticketing::State>(test::text(one.at("state")))};
        filter.accepted_from = sla::LocalDay{std::chrono::year{2026} / 1 / 1};
        filter.accepted_to = sla::LocalDay{std::chrono::year{2026} / 12 / 31};
        CHECK(board.listed(filter) == one.at("count").as_int64());
        open += one.at("count").as_int64();
    }
    CHECK(open == funnel.at("open").as_int64());
    CHECK(open == board.office.rates(whole_year).at("open").as_int64());
}

TEST_CASE("S46, S48: open tickets by age and by desk are those of the lists") {
    Board board;
    board.office.live(60);
    board.office.log_in("boss", ticketing::Role::supervisor);
    board.office.world.now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 20};
    const auto open = board.listed({.in_hand = true});
    CHECK(open > 10);
    const auto ageing = board.told(FigureCode::ageing);
    CHECK(ageing.at("open").as_int64() == open);
    std::int64_t in_bands = 0;
    for (const auto& band : ageing.at("bands").as_array()) {
        for (const bool natural : {false, true}) {
            const auto& heap = band.at(natural ? "natural" : "working").as_object();
            mysql::TicketFilter filter{.in_hand = true, .natural = natural};
            const auto day = [&](const char* name) {
                return *calendar::date_of(test::text(heap.at(name)));
            };
            if (heap.contains("from")) filter.accepted_from = day("from");
            filter.accepted_to = day("to");
            CHECK(board.listed(filter) == heap.at("open").as_int64());
            filter.overdue = true;
            CHECK(board.listed(filter) == heap.at("overdue").as_int64());
            in_bands += heap.at("open").as_int64();
        }
    }
    CHECK(in_bands == open);
    std::int64_t on_desks = 0;
    for (const auto& unit : ageing.at("units").as_array()) {
        const ticketing::UnitId desk{static_cast<std::uint64_t>(unit.at("unit_id").as_int64())};
        CHECK(board.listed({.in_hand = true, .desk = desk}) == unit.at("open").as_int64());
        CHECK(sum(unit.at("bands").as_array()) == unit.at("open").as_int64());
        on_desks += unit.at("open").as_int64();
    }
    CHECK(on_desks == open);
}

TEST_CASE("S48: the load of units and officials is that of the lists and of the rates") {
    Board board;
    board.office.live(60);
    board.office.log_in("boss", ticketing::Role::supervisor);
    for (const std::string by : {"unit", "official"}) {
        CAPTURE(by);
        const auto load = board.told(FigureCode::load, whole_year_and("by", by));
        CHECK(load.at("measured") == true);
        std::int64_t open = 0;
        std::int64_t closed = 0;
        for (const auto& value : load.at("lines").as_array()) {
            const auto& line = value.as_object();
            const auto id = static_cast<std::uint64_t>(line.at("id").as_int64());
            open += line.at("open").as_int64();
            closed += line.at("closed").as_int64();
            const auto sums = board.office.expected([&](const auto& key) {
                return (by == "unit" ? key.unit : key.official) == id;
            });
            CHECK(line.at("closed").as_int64() == sums.of(Metric::closed));
            const auto& on_time = line.at("on_time").as_object();
            CHECK(on_time.at("denominator").as_int64() == sums.of(Metric::closing_due));
            CHECK(on_time.contains("percent") == (sums.of(Metric::closing_due) >= 10));
            CHECK(line.at("to_resolve").at("cases").as_int64() <= line.at("closed").as_int64());
            if (by == "unit") {
                const auto desk = whole_year_and("desk", std::to_string(id));
                CHECK(board.behind("closed", desk) == line.at("closed").as_int64());
            }
            if (id == 0) continue;
            mysql::TicketFilter filter{.in_hand = true};
            if (by == "unit") filter.desk = ticketing::UnitId{id};
            if (by == "official") filter.handler = ticketing::OfficialId{id};
            CHECK(board.listed(filter) == line.at("open").as_int64());
            filter.overdue = true;
            CHECK(board.listed(filter) == line.at("overdue").as_int64());
            filter.overdue = false;
            filter.due_today = true;
            CHECK(board.listed(filter) == line.at("due_today").as_int64());
        }
        CHECK(open == board.listed({.in_hand = true}));
        CHECK(closed == board.office.expected([](const auto&) { return true; }).of(Metric::closed));
    }
    CHECK(board.answer(FigureCode::load, whole_year_and("by", "colour")).status == 422);
}

TEST_CASE("S51: topics add up, with what they were in the period before") {
    Board board;
    board.office.live(40);
    board.office.log_in("boss", ticketing::Role::supervisor);
    const Query later{{"from", "2026-03-10"}, {"to", "2026-03-31"}};
    const auto topics = board.told(FigureCode::topics, later);
    CHECK(topics.at("before_to") == "2026-03-09");
    CHECK(topics.at("before_from") == "2026-02-16");
    std::int64_t total = 0;
    std::int64_t before = 0;
    for (const auto& topic : topics.at("topics").as_array()) {
        Query query = later;
        query["topic"] = test::text(topic.at("topic"));
        if (!query["topic"].empty()) {
            CHECK(board.behind("received", query) == topic.at("numerator").as_int64());
        }
        total += topic.at("numerator").as_int64();
        before += topic.at("before").as_int64();
        CHECK(
            topic.at("change").as_int64() ==
            topic.at("numerator").as_int64() - topic.at("before").as_int64()
        );
    }
    CHECK(total == topics.at("total").as_int64());
    CHECK(before == topics.at("total_before").as_int64());
    CHECK(total == board.office.rates(later).at("accepted").as_int64());
    CHECK(
        before ==
        board.office.rates({{"from", "2026-02-16"}, {"to", "2026-03-09"}}).at("accepted").as_int64()
    );
}

TEST_CASE("S50: the dissatisfied are the rated less the satisfied, told apart by reason and unit") {
    Board board;
    board.office.live(80);
    board.office.log_in("boss", ticketing::Role::supervisor);
    const auto figure = board.told(FigureCode::dissatisfaction);
    const auto sums = board.office.expected([](const auto&) { return true; });
    const auto& share = figure.at("share").as_object();
    CHECK(share.at("denominator").as_int64() == sums.of(Metric::rated));
    CHECK(share.at("numerator").as_int64() == sums.of(Metric::rated) - sums.of(Metric::satisfied));
    CHECK(share.at("numerator").as_int64() > 0);
    std::int64_t exclusive = 0;
    for (const auto& reason : figure.at("reasons").as_array()) {
        const auto count = reason.at("numerator").as_int64();
        CHECK(board.behind(test::text(reason.at("metric"))) == count);
        if (reason.at("exclusive").as_bool()) exclusive += count;
    }
    CHECK(exclusive == share.at("numerator").as_int64());
    std::int64_t of_units = 0;
    for (const auto& unit : figure.at("units").as_array()) {
        of_units += unit.at("dissatisfied").as_int64();
        const auto id = std::to_string(unit.at("unit_id").as_int64());
        if (id == "0") continue;
        CHECK(
            board.office.expected([&](const auto& key) { return std::to_string(key.unit) == id; }
            ).of(Metric::dissatisfied) == unit.at("dissatisfied").as_int64()
        );
    }
    CHECK(of_units == exclusive);
}

TEST_CASE("S49: calls are counted where they asked for an agent, by half hour and by agent") {
    Board board;
    board.office.log_in("boss", ticketing::Role::supervisor);
    board.office.world.account("agent", ticketing::Role::agent);
    board.office.line.run("DELETE FROM phone_call");
    // 01:10 UTC is 09:10 in China. Answered after 10 s, after 15.2 s, abandoned, left in the menu,
    // called out, not over yet, left the line to be called back.
    board.office.line.run(
        "INSERT INTO phone_call (source, call_id, state, direction, agent_user_id, offered_at, "
        "queued_at, ringing_at, answered_at, ended_at) VALUES "
        "('t','1',8,1,(SELECT id FROM account WHERE login='agent'),'2026-03-02 01:10:00',"
        "'2026-03-02 01:10:05','2026-03-02 01:10:06','2026-03-02 01:10:15','2026-03-02 01:11:15'),"
        "('t','2',4,1,(SELECT id FROM account WHERE login='agent'),'2026-03-02 01:20:00',NULL,"
        "'2026-03-02 01:20:02','2026-03-02 01:20:15.2',NULL),"
        "('t','3',7,1,NULL,'2026-03-02 01:40:00','2026-03-02 01:40:03',NULL,NULL,"
        "'2026-03-02 01:41:00'),"
        "('t','4',8,1,NULL,'2026-03-02 01:50:00',NULL,NULL,NULL,'2026-03-02 01:50:30'),"
        "('t','5',8,2,NULL,'2026-03-02 01:55:00',NULL,NULL,'2026-03-02 01:55:05',"
        "'2026-03-02 01:56:00'),"
        "('t','6',2,1,NULL,'2026-03-02 01:58:00','2026-03-02 01:58:01',NULL,NULL,NULL),"
        "('t','7',10,1,NULL,'2026-03-02 01:45:00','2026-03-02 01:45:01',NULL,NULL,"
        "'2026-03-02 01:46:10')"
    );
    // Ready at 09:00, the first call from 09:10:15 for a minute and 30 s of wrap-up, then ready
    // until he left at 09:15:00.
    board.office.line.run(
        "INSERT INTO agent_move (account_id, at, from_state, from_reason, to_state, to_reason, "
        "cause) SELECT id, m.at, 0, 0, m.state, 0, 1 FROM account JOIN (SELECT "
        "'2026-03-02 01:00:00' AS at, 3 AS state UNION ALL SELECT '2026-03-02 01:10:15', 6 UNION "
        "ALL SELECT '2026-03-02 01:11:15', 8 UNION ALL SELECT '2026-03-02 01:11:45', 3 UNION ALL "
        "SELECT '2026-03-02 01:15:00', 1) m WHERE login='agent' ORDER BY m.at"
    );
    const Query march{{"from", "2026-03-01"}, {"to", "2026-03-31"}};
    const auto calls = board.told(FigureCode::calls, march);
    const auto& total = calls.at("total").as_object();
    CHECK(total.at("asked").as_int64() == 4);
    CHECK(total.at("answered").as_int64() == 2);
    CHECK(total.at("abandoned").as_int64() == 1);
    CHECK(total.at("flowed_out").as_int64() == 1);
    CHECK(total.at("within_15").as_int64() == 1);
    CHECK(total.at("within_20").as_int64() == 2);
    CHECK(total.at("p90_wait_seconds").as_int64() == 16);
    CHECK(total.at("mean_wait_seconds").as_double() == doctest::Approx(12.6));
    CHECK(total.at("mean_talk_seconds").as_double() == doctest::Approx(60.0));
    const auto& half_hours = calls.at("half_hours").as_array();
    REQUIRE(half_hours.size() == 2);
    CHECK(half_hours[0].at("begins") == "09:00");
    CHECK(half_hours[0].at("answered").as_int64() == 2);
    CHECK(half_hours[1].at("begins") == "09:30");
    CHECK(half_hours[1].at("abandoned").as_int64() == 1);
    REQUIRE(calls.at("agents").as_array().size() == 2);
    const auto& agent = calls.at("agents").as_array()[1].as_object();
    CHECK(agent.at("answered").as_int64() == 2);
    CHECK(agent.at("handling_seconds").as_double() == doctest::Approx(90.0));
    CHECK(agent.at("occupancy_percent").as_double() == doctest::Approx(10.0));
    CHECK(total.at("handling_seconds") == agent.at("handling_seconds"));
    CHECK(board.answer(FigureCode::calls, whole_year).status == 422);
}

TEST_CASE("S44: what the board counts is no part of a frozen period, and check knows it") {
    Board board;
    board.office.live(20);
    sla::PeriodFigures figures;
    const auto facts = ticketing::facts_of(board.office.line.lives.front().walk().events());
    const auto made = sla::contributions(*facts);
    sla::add_to(
        figures,
        made,
        sla::LocalDay{std::chrono::year{2020} / 1 / 1},
        sla::LocalDay{std::chrono::year{2030} / 1 / 1}
    );
    for (const auto& [key, amount] : figures) CHECK(sla::is_of_rates(key.metric));
    CHECK(board.office.line.number("SELECT COUNT(*) FROM rollup WHERE metric>=45") > 0);
}

TEST_CASE("S44: sums made anew from the facts are those kept step by step, and nothing else is done"
) {
    Board board;
    board.office.live(20);
    auto& line = board.office.line;
    const auto digest =
        "SELECT CAST(SUM(CRC32(CONCAT_WS(' ',cut,day,metric,unit_id,division,official_id,channel,"
        "type,topic,hour,amount))) AS SIGNED) FROM rollup WHERE amount<>0";
    const auto kept = line.number(digest);
    line.run("DELETE FROM rollup");
    line.run("DELETE FROM kpi_source");
    line.run("UPDATE ticket_facts SET counted=0");
    line.run("INSERT INTO derive_todo (ticket_id, seq) SELECT ticket_id, 0 FROM ticket_facts");
    line.derive_figures(500);
    CHECK(line.number(digest) == kept);
    CHECK(line.number("SELECT COUNT(*) FROM search_todo") == 0);
    CHECK(line.number("SELECT COUNT(*) FROM ticket_facts WHERE counted=0") == 0);
}
