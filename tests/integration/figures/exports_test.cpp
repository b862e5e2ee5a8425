#include "server/api/exports/exports.hpp"

#include "server/api/figures/kpi_figures.hpp"
#include "server/api/ticket_list.hpp"
#include "server/city/import/csv.hpp"
#include "tests/integration/figures/office.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace hotline;
using test::Office;

namespace {

using Query = std::map<std::string, std::string>;

struct Counter {
    Office office;
    api::KpiFiguresApi figures{
        office.world.guard, office.line.pool, office.source, office.world.clock
    };
    crypto::BlindIndex blind{"a key of the tests"};
    api::TicketListApi ticket_list{
        office.world.guard, office.line.pool, office.source, blind, office.world.clock
    };
    api::ExportsApi exports{
        office.world.guard, office.line.pool, office.source, sources(), office.world.clock
    };

    Counter() { office.live(); }

    api::ExportsApi::Sources sources() {
        using enum api::ExportTable;
        api::ExportsApi::Sources out{
            {rates, api::asking(office.api, &api::KpiApi::rates)},
            {groups, api::asking(office.api, &api::KpiApi::rates)},
            {scorecard, api::asking(office.boards, &api::KpiBoardsApi::scorecard)},
            {minutes, api::asking(office.boards, &api::KpiBoardsApi::minutes)},
            {tickets, api::asking(office.behind, &api::KpiCasesApi::list)},
            {listed, api::asking(ticket_list, &api::TicketListApi::list)},
            {frozen, api::asking(office.frozen, &api::KpiFrozenApi::show)},
            {counted, api::asking(office.behind, &api::KpiCasesApi::list_counted)}
        };
        for (const auto& [code, word] : names_of(sla::FigureCode{})) {
            out[*ticketing::from_name<api::ExportTable>(word)] = figures.answering(code);
        }
        return out;
    }

    http::Response ask(const std::string& table, Query query) {
        http::Request request = office.browser.get();
        query.try_emplace("from", "2026-01-01");
        query.try_emplace("to", "2026-12-31");
        request.query = std::move(query);
        request.params["table"] = table;
        return office.world.run(exports.file(std::move(request)));
    }
    // The lines from the one that begins with `heading` on.
    std::vector<std::vector<std::string>> lines(
        const std::string& table, Query query, const std::string& heading
    ) {
        const auto response = ask(table, std::move(query));
        REQUIRE(response.status == 200);
        CHECK(response.body.starts_with(city::byte_order_mark));
        const auto records = city::parse_csv(response.body);
        REQUIRE(records);
        std::vector<std::vector<std::string>> out;
        for (const auto& record : *records) {
            if (!out.empty() || record.cells.front() == heading) out.push_back(record.cells);
        }
        REQUIRE_FALSE(out.empty());
        return out;
    }
};

std::string header(const http::Response& response, std::string_view name) {
    for (const auto& header : response.headers) {
        if (header.name == name) return header.value;
    }
    return {};
}

std::string count(const boost::json::value& value) {
    return std::to_string(value.to_number<std::int64_t>());
}

std::string percent(const boost::json::object& rate) {
    const auto* value = rate.if_contains("percent");
    return value == nullptr ? "" : fmt::format("{}", value->to_number<double>());
}

}  // namespace

TEST_CASE("31: every exported rate is that of the interface, with its counts and definition") {
    Counter counter;
    counter.office.log_in("boss", ticketing::Role::supervisor);
    const auto told = counter.office.rates({{"from", "2026-01-01"}, {"to", "2026-12-31"}});
    const auto lines = counter.lines("rates", {}, "代码");
    const auto& rates = told.at("rates").as_array();
    REQUIRE(lines.size() == rates.size() + 1);
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const auto& rate = rates[i].as_object();
        const auto& line = lines[i + 1];
        CHECK(line[0] == test::text(rate.at("code")));
        CHECK(line[2] == percent(rate));
        CHECK(line[3] == count(rate.at("numerator")));
        CHECK(line[4] == count(rate.at("denominator")));
        CHECK(line[7] == test::text(rate.at("definition")));
    }
}

TEST_CASE("31: exported groups are those of the interface, whatever they are grouped by") {
    Counter counter;
    counter.office.log_in("boss", ticketing::Role::supervisor);
    for (const std::string by : {"division", "unit", "day", "official", "channel", "topic"}) {
        CAPTURE(by);
        const auto told =
            counter.office.rates({{"from", "2026-01-01"}, {"to", "2026-12-31"}, {"group_by", by}});
        const auto lines = counter.lines("groups", {{"group_by", by}}, "代码");
        const auto& groups = told.at("groups").as_array();
        REQUIRE(lines.size() > groups.size());
        for (std::size_t i = 0; i < groups.size(); ++i) {
            const auto& group = groups[i].as_object();
            CHECK(city::without_guard(lines[i + 1][0]) == test::text(group.at("key")));
            const auto& rates = group.at("rates").as_array();
            for (std::size_t r = 0; r < rates.size(); ++r) {
                CHECK(lines[i + 1][5 + 3 * r] == percent(rates[r].as_object()));
                CHECK(lines[i + 1][6 + 3 * r] == count(rates[r].at("numerator")));
                CHECK(lines[i + 1][7 + 3 * r] == count(rates[r].at("denominator")));
            }
        }
    }
}

TEST_CASE("31: the tickets behind a rate are exported to the last, as often as they count") {
    Counter counter;
    counter.office.log_in("boss", ticketing::Role::supervisor);
    const auto told = counter.office.cases_told("closing_rate", "denominator");
    const auto lines =
        counter.lines("tickets", {{"rate", "closing_rate"}, {"side", "denominator"}}, "工单编号");
    REQUIRE(lines.size() == told.items.size() + 1);
    std::int64_t times = 0;
    for (std::size_t i = 1; i < lines.size(); ++i) times += std::stoll(lines[i][1]);
    CHECK(times == told.times);
}

TEST_CASE("33: the exported heat map is the board's, and so are the tickets of one of its counts") {
    Counter counter;
    counter.office.log_in("boss", ticketing::Role::supervisor);
    const auto lines = counter.lines("hours", {}, "星期");
    REQUIRE(lines.size() == 8);
    std::int64_t appeals = 0;
    for (std::size_t day = 1; day < lines.size(); ++day) {
        std::int64_t in_day = 0;
        for (std::size_t hour = 1; hour <= 24; ++hour) in_day += std::stoll(lines[day][hour]);
        CHECK(std::stoll(lines[day][25]) == in_day);
        appeals += in_day;
    }
    const auto funnel = counter.lines("funnel", {}, "名称");
    CHECK(std::stoll(funnel[1][1]) == appeals);
    const auto cases = counter.lines("counted", {{"metric", "received"}}, "工单编号");
    CHECK(static_cast<std::int64_t>(cases.size()) - 1 == appeals);
    CHECK(counter.ask("counted", {}).status == 422);
}

TEST_CASE("33: every figure of the board can be taken away, with its definition, in both formats") {
    Counter counter;
    counter.office.log_in("boss", ticketing::Role::supervisor);
    for (const auto& [code, word] : names_of(sla::FigureCode{})) {
        CAPTURE(word);
        const auto& figure = sla::definition(code);
        const Query quarter{{"from", "2026-10-01"}, {"to", "2026-12-31"}, {"by", "official"}};
        const auto csv = counter.ask(std::string(word), quarter);
        REQUIRE(csv.status == 200);
        CHECK(csv.body.find("口径,") != std::string::npos);
        CHECK(csv.body.find(std::string(figure.numerator.zh)) != std::string::npos);
        Query as_workbook = quarter;
        as_workbook["format"] = "xlsx";
        const auto xlsx = counter.ask(std::string(word), as_workbook);
        REQUIRE(xlsx.status == 200);
        CHECK(xlsx.body.starts_with("PK"));
    }
}

TEST_CASE("a list of tickets is exported to the last, and says what it was narrowed to") {
    Counter counter;
    counter.office.log_in("boss", ticketing::Role::supervisor);
    const Query asked{
        {"in_hand", "true"}, {"counting", "working"}, {"state", "handling,submitted"}
    };
    const auto lines = counter.lines("listed", asked, "工单编号");
    const auto found = counter.office.line.number(
        "SELECT COUNT(*) FROM ticket WHERE state IN (4,7) AND type<>6 "
        "AND COALESCE(handle_limit,0)<>1"
    );
    CHECK(found > 0);
    CHECK(static_cast<std::int64_t>(lines.size()) - 1 == found);
    const auto file = counter.ask("listed", asked);
    for (const auto* part : {"状态,办理中、待审核\r\n", "期限计法,工作日\r\n", "筛选,在办\r\n"}) {
        CAPTURE(part);
        CHECK(file.body.find(part) != std::string::npos);
    }
}

TEST_CASE("tickets behind a part of a count say which part, and a figure its own scope") {
    Counter counter;
    counter.office.log_in("boss", ticketing::Role::supervisor);
    const auto part = counter.ask(
        "counted", {{"metric", "received"}, {"without", "received_signed"}, {"desk", "0"}}
    );
    REQUIRE(part.status == 200);
    CHECK(part.body.find("其中未计入,") != std::string::npos);
    CHECK(part.body.find("经办,") != std::string::npos);
    const auto hour =
        counter.ask("counted", {{"metric", "received"}, {"weekday", "1"}, {"hour", "9"}});
    CHECK(hour.body.find("星期,周一\r\n时段,9:00\r\n") != std::string::npos);
    // No figure is narrowed to a channel, and none says so.
    const auto figure = counter.ask("funnel", {{"channel", "web"}, {"division", "610526"}});
    CHECK(figure.body.find("表名,办理漏斗\r\n") != std::string::npos);
    CHECK(figure.body.find("范围,蒲城县\r\n") != std::string::npos);
}

TEST_CASE("an export says of what and whom it is, who took it when, and is noted") {
    Counter counter;
    counter.office.log_in("boss", ticketing::Role::supervisor);
    const auto response = counter.ask("groups", {{"group_by", "division"}, {"division", "610526"}});
    REQUIRE(response.status == 200);
    for (const auto* part :
         {"表名,分组指标\r\n",
          "统计期,2026-01-01 至 2026-12-31\r\n",
          "范围,蒲城县\r\n",
          "导出人,测试\r\n",
          "导出时间,"}) {
        CHECK(response.body.find(part) != std::string::npos);
    }
    const std::string saved = header(response, "content-disposition");
    CHECK(saved.starts_with("attachment; filename=\"export.csv\"; filename*=UTF-8''%E5%88%86%E7%BB")
    );
    CHECK(
        counter.office.line.number("SELECT COUNT(*) FROM audit WHERE action='figures.export' AND "
                                   "object='table:groups' AND detail LIKE '%610526%'") == 1
    );
}

TEST_CASE("an export shows no more than the screen: a clerk's is his unit's, others are refused") {
    Counter counter;
    counter.office.log_in("clerk", ticketing::Role::unit_clerk, 3);
    const auto own = counter.office.rates({{"from", "2026-01-01"}, {"to", "2026-12-31"}});
    const auto lines = counter.lines("rates", {}, "代码");
    CHECK(lines[1][4] == count(own.at("rates").as_array()[0].at("denominator")));
    CHECK(counter.ask("rates", {{"division", "no such place"}}).status == 422);
    CHECK(counter.ask("people", {}).status == 404);
    CHECK(counter.ask("tickets", {}).status == 422);
    CHECK(counter.ask("groups", {}).status == 422);
    counter.office.log_in("agent", ticketing::Role::agent);
    CHECK(counter.ask("rates", {}).status == 403);
    CHECK(
        counter.office.line.number("SELECT COUNT(*) FROM audit WHERE action='figures.export'") == 1
    );
}

TEST_CASE("all tables are made as workbooks, and a topic that looks like a formula stays a text") {
    Counter counter;
    counter.office.log_in("boss", ticketing::Role::supervisor);
    counter.office.line.run(
        "UPDATE rollup SET topic='=1+1' WHERE topic=(SELECT t FROM (SELECT MAX(topic) AS t FROM "
        "rollup) AS last)"
    );
    const auto lines = counter.lines("groups", {{"group_by", "topic"}}, "代码");
    const bool found =
        std::ranges::any_of(lines, [](const auto& line) { return line[0] == "'=1+1"; });
    CHECK(found);
    for (const std::string table : {"rates", "scorecard", "minutes"}) {
        const auto response = counter.ask(table, {{"format", "xlsx"}});
        REQUIRE(response.status == 200);
        CHECK(response.body.starts_with("PK"));
        CHECK(counter.ask(table, {}).status == 200);
    }
}
