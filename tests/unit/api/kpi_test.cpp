#include "server/api/kpi.hpp"

#include "sla/date_text.hpp"
#include "tests/unit/ticketing/small_city.hpp"

#include <boost/json/parse.hpp>

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::api;
using ticketing::Actor;
using ticketing::Role;

namespace {

const ticketing::Directory& city() {
    static const ticketing::Directory made = small_city::make();
    return made;
}

// 23:30 on 30 November in UTC is the first of December in China.
const ticketing::Instant now =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 30} + std::chrono::minutes{23 * 60 + 30};

Result<KpiQuestion> ask(const Actor& actor, std::map<std::string, std::string> query) {
    http::Request request;
    request.query = std::move(query);
    return kpi_question(request, actor, city(), now);
}

Actor clerk() {
    return {.role = Role::unit_clerk, .unit = small_city::id_of(city(), "610526.gov_office")};
}

ErrorCode refusal(const Result<KpiQuestion>& question) {
    REQUIRE_FALSE(question);
    const auto& fields = question.error().fields;
    return fields.empty() ? question.error().code : fields.front().code;
}

}  // namespace

TEST_CASE("the period is the month in China unless said otherwise") {
    const auto question = ask({.role = Role::supervisor}, {});
    REQUIRE(question);
    CHECK(sla::date_text(question->filter.from) == "2026-12-01");
    CHECK(sla::date_text(question->filter.to) == "2026-12-01");
    CHECK(question->grouping == mysql::KpiGrouping::none);
    CHECK_FALSE(question->filter.units);
    CHECK_FALSE(question->filter.division);
}

TEST_CASE("a unit sees itself and what is below it, whatever it asks for") {
    const auto own = ask(clerk(), {});
    REQUIRE(own);
    CHECK(own->filter.units->size() == 7);
    const auto housing = small_city::id_of(city(), "610526.housing");
    const auto below = ask(clerk(), {{"unit_id", std::to_string(housing.value)}});
    REQUIRE(below);
    CHECK(below->filter.units == std::vector{housing});
    const auto beside = small_city::id_of(city(), "city.housing");
    CHECK(
        refusal(ask(clerk(), {{"unit_id", std::to_string(beside.value)}})) == ErrorCode::forbidden
    );
    // Nobody's clerk sees nothing, not everything.
    const auto nobody = ask({.role = Role::unit_clerk}, {});
    REQUIRE(nobody);
    CHECK(nobody->filter.units->empty());
}

TEST_CASE("an official without a unit in his account sees his directory's unit") {
    ticketing::Directory made = small_city::make();
    const auto id = small_city::add_official(made, "610526.housing", "某人");
    made.index();
    http::Request request;
    const auto question =
        kpi_question(request, {.role = Role::official, .official = id}, made, now);
    REQUIRE(question);
    CHECK(question->filter.units == std::vector{small_city::id_of(made, "610526.housing")});
}

TEST_CASE("a county's manager sees the county, the city's manager everything") {
    const Actor county{.role = Role::manager, .division = "610526"};
    CHECK(ask(county, {})->filter.division == "610526");
    CHECK(ask(county, {{"division", "610526"}})->filter.division == "610526");
    CHECK(refusal(ask(county, {{"division", "610527"}})) == ErrorCode::forbidden);
    CHECK(refusal(ask(county, {{"division", "610500"}})) == ErrorCode::forbidden);
    const Actor mayor{.role = Role::manager};
    CHECK_FALSE(ask(mayor, {{"division", "610500"}})->filter.division);
    CHECK(ask(mayor, {{"division", "610527"}})->filter.division == "610527");
}

TEST_CASE("what makes no sense is refused, field by field") {
    const Actor actor{.role = Role::supervisor};
    CHECK(refusal(ask(actor, {{"from", "2026-02-30"}})) == ErrorCode::invalid_format);
    CHECK(refusal(ask(actor, {{"from", "26-2-3"}})) == ErrorCode::invalid_format);
    CHECK(refusal(ask(actor, {{"from", "2027-01-01"}})) == ErrorCode::not_in_list);
    CHECK(refusal(ask(actor, {{"from", "1990-01-01"}})) == ErrorCode::not_in_list);
    CHECK(refusal(ask(actor, {{"group_by", "week"}})) == ErrorCode::not_in_list);
    CHECK(refusal(ask(actor, {{"rates", "closing_rate,best_rate"}})) == ErrorCode::not_in_list);
    CHECK(refusal(ask(actor, {{"division", "110101"}})) == ErrorCode::unknown_division);
    CHECK(refusal(ask(actor, {{"unit_id", "4711"}})) == ErrorCode::unknown_reference);
    CHECK(ask(actor, {{"from", "2025-01-01"}}));
    CHECK_FALSE(ask(actor, {{"from", "2025-01-01"}, {"group_by", "day"}}));
}

TEST_CASE("lines have only the rates asked for, the whole has all") {
    const auto question =
        ask({.role = Role::supervisor},
            {{"rates", "solved_rate,closing_rate"}, {"group_by", "unit"}});
    REQUIRE(question);
    KpiAnswer answer;
    answer.groups = std::vector<Figures>();
    answer.groups->push_back({.key = "1", .name = "住建局"});
    const auto rates_of_line = [&] {
        const auto body = boost::json::parse(kpi_json(answer, false)).as_object();
        CHECK(body.at("rates").as_array().size() == 22);
        return body.at("groups").as_array().at(0).at("rates").as_array();
    };
    CHECK(rates_of_line().size() == 22);
    answer.group_rates = question->group_rates;
    const auto rates = rates_of_line();
    REQUIRE(rates.size() == 2);
    CHECK(rates[0].at("code") == "closing_rate");
    CHECK(rates[1].at("code") == "solved_rate");
}

TEST_CASE("a rate is told with its counts, its definition and, where there is one, its target") {
    KpiAnswer answer;
    answer.from = answer.to = sla::LocalDay{std::chrono::year{2026} / 11 / 1};
    answer.total.sums.counts[sla::Metric::rated] = 1000;
    answer.total.sums.counts[sla::Metric::satisfied] = 956;
    answer.total.sums.open_now = 7;
    for (const bool english : {false, true}) {
        const auto body = boost::json::parse(kpi_json(answer, english)).as_object();
        CHECK(body.at("from") == "2026-11-01");
        CHECK(body.at("open") == 7);
        CHECK_FALSE(body.contains("groups"));
        const auto& rates = body.at("rates").as_array();
        REQUIRE(rates.size() == 22);
        CHECK(rates[0].as_object().at("target").as_int64() == 100);
        CHECK_FALSE(rates[0].as_object().contains("percent"));  // no cases is no rate
        const auto& satisfied = rates[2].as_object();
        CHECK(satisfied.at("code") == "satisfaction_rate");
        CHECK(satisfied.at("numerator") == 956);
        CHECK(satisfied.at("denominator") == 1000);
        CHECK(satisfied.at("percent").as_double() == doctest::Approx(95.6));
        CHECK(satisfied.at("target").as_double() == doctest::Approx(95.6));
        CHECK(satisfied.at("name") == (english ? "Satisfaction rate" : "满意率"));
        CHECK_FALSE(satisfied.at("definition").as_string().empty());
    }
}
