#include "server/api/kpi_boards.hpp"

#include "server/actions/score_units.hpp"
#include "server/actions/sum_minutes.hpp"
#include "server/api/kpi.hpp"
#include "sla/date_text.hpp"
#include "ticketing/permissions.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstdlib>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using http::Request;
using http::Response;
using ticketing::UnitId;

std::string unit_name(UnitId id, const ticketing::Directory& directory) {
    const auto* unit = directory.unit(id);
    return unit != nullptr ? unit->name : std::to_string(id.value);
}

double amount(int hundredths) {
    return hundredths / 100.0;
}

json::array card_json(const sla::Scorecard& card, bool english) {
    json::array lines;
    for (const sla::ScoreLine& line : card.lines) {
        const auto& rate = sla::definition(line.rate);
        json::object out;
        out["rate"] = name(rate.code);
        out["name"] = english ? rate.en_name : rate.zh_name;
        out["definition_version"] = rate.version;
        out["points"] = amount(line.points);
        out["target"] = amount(line.target);
        out["per_point"] = amount(line.per_point);
        out["floor"] = amount(line.floor);
        if (line.cliff) out["cliff"] = amount(*line.cliff);
        out["low_is_good"] = line.low_is_good;
        lines.emplace_back(std::move(out));
    }
    return lines;
}

json::object score_json(const sla::UnitScore& score, UnitId unit, const std::string& called) {
    json::object out;
    out["unit_id"] = unit.value;
    out["name"] = called;
    if (score.rank) {
        out["rank"] = *score.rank;
        out["total"] = amount(score.total);
    }
    if (score.list == sla::ScoreList::red) out["list"] = "red";
    if (score.list == sla::ScoreList::black) out["list"] = "black";
    json::array lines;
    for (const sla::LineScore& line : score.lines) {
        json::object one;
        one["numerator"] = line.numerator;
        one["denominator"] = line.denominator;
        if (line.percent) one["percent"] = amount(*line.percent);
        one["score"] = amount(line.score);
        one["derivation"] = line.derivation;
        lines.emplace_back(std::move(one));
    }
    out["lines"] = std::move(lines);
    return out;
}

bool may_know(const mysql::KpiFilter& filter, const ticketing::Directory& city, UnitId unit) {
    if (filter.units) {
        return std::ranges::find(*filter.units, unit) != filter.units->end();
    }
    const auto* known = city.unit(unit);
    return !filter.division || (known != nullptr && known->division == *filter.division);
}

}  // namespace

KpiBoardsApi::KpiBoardsApi(
    auth::Guard& guard, mysql::Pool& pool, const CitySource& city, auth::Clock clock
)
    : guard_(guard), pool_(pool), city_(city), clock_(std::move(clock)) {}

asio::awaitable<Response> KpiBoardsApi::scorecard(Request request) {
    const auto actor = co_await guard_.who_may(request, ticketing::Verb::kpi_read);
    if (!actor) co_return http::problem(request, actor.error());
    const CityPtr city = city_.current();
    const auto question = kpi_question(request, *actor, city->directory, clock_());
    if (!question) co_return http::problem(request, question.error());
    const mysql::KpiFilter& filter = question->filter;
    auto job = [from = filter.from, to = filter.to, now = clock_()](mysql::Connection& db) {
        return actions::score_units(db, from, to, now);
    };
    const auto scores = co_await pool_.read(std::move(job));
    if (!scores) co_return http::problem(request, scores.error());
    json::object out;
    out["from"] = sla::date_text(filter.from);
    out["to"] = sla::date_text(filter.to);
    out["version"] = scores->card.version;
    out["smallest"] = scores->card.smallest;
    out["ranked"] = std::ranges::count_if(scores->units, [](const sla::UnitScore& unit) {
        return unit.rank.has_value();
    });
    out["lines"] = card_json(scores->card, request.wants_english());
    json::array units;
    for (const sla::UnitScore& score : scores->units) {
        const UnitId unit{std::strtoull(score.unit.c_str(), nullptr, 10)};
        if (!may_know(filter, city->directory, unit)) continue;
        units.emplace_back(score_json(score, unit, unit_name(unit, city->directory)));
    }
    out["units"] = std::move(units);
    co_return http::json(json::serialize(out));
}

asio::awaitable<Response> KpiBoardsApi::minutes(Request request) {
    const auto actor = co_await guard_.who_may(request, ticketing::Verb::kpi_read);
    if (!actor) co_return http::problem(request, actor.error());
    const CityPtr city = city_.current();
    const auto question = kpi_question(request, *actor, city->directory, clock_());
    if (!question) co_return http::problem(request, question.error());
    auto job = [filter = question->filter, city, now = clock_()](mysql::Connection& db) {
        return actions::sum_minutes(db, filter, *city, now);
    };
    const auto sums = co_await pool_.read(std::move(job), mysql::Lane::background);
    if (!sums) co_return http::problem(request, sums.error());
    json::object out;
    out["from"] = sla::date_text(question->filter.from);
    out["to"] = sla::date_text(question->filter.to);
    out["tickets"] = sums->tickets;
    const auto minutes_of = [](std::chrono::milliseconds time) {
        return std::chrono::duration<double, std::ratio<60>>(time).count();
    };
    out["life_minutes"] = minutes_of(sums->life);
    json::array lines;
    for (const auto& [who, time] : sums->lines) {
        json::object line;
        line["party"] = ticketing::name(who.first);
        if (who.second) {
            line["unit_id"] = who.second.value;
            line["name"] = unit_name(who.second, city->directory);
        }
        line["minutes"] = minutes_of(time);
        lines.emplace_back(std::move(line));
    }
    out["lines"] = std::move(lines);
    co_return http::json(json::serialize(out));
}

void KpiBoardsApi::add_routes(std::vector<http::Route>& routes) {
    const auto get = http::Method::get;
    routes.push_back({get, "/api/v1/kpi/scorecard", [this](Request r) {
                          return scorecard(std::move(r));
                      }});
    routes.push_back({get, "/api/v1/kpi/minutes", [this](Request r) {
                          return minutes(std::move(r));
                      }});
}

}  // namespace hotline::api
