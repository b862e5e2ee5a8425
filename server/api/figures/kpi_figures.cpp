#include "server/api/figures/kpi_figures.hpp"

#include "server/api/dto.hpp"
#include "server/api/kpi.hpp"
#include "sla/date_text.hpp"

#include <fmt/format.h>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using sla::FigureCode;

using Figure = Result<std::string> (*)(mysql::Connection&, const FigureQuestion&);

Figure figure_of(FigureCode code) {
    switch (code) {
        case FigureCode::hours:
            return hours_figure;
        case FigureCode::funnel:
            return funnel_figure;
        case FigureCode::ageing:
            return ageing_figure;
        case FigureCode::load:
            return load_figure;
        case FigureCode::topics:
            return topics_figure;
        case FigureCode::calls:
            return calls_figure;
        case FigureCode::dissatisfaction:
            break;
    }
    return dissatisfaction_figure;
}

// Of a filter only division and units narrow a figure.
Result<FigureQuestion> question_of(
    const Request& request, const ticketing::Actor& actor, CityPtr city, ticketing::Instant now
) {
    auto asked = kpi_question(request, actor, city->directory, now);
    if (!asked) return std::unexpected(asked.error());
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    const std::string by = query.text("by", 10).value_or("unit");
    if (by != "unit" && by != "official") {
        errors.push_back({"by", ErrorCode::not_in_list, "unit, official"});
    }
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    FigureQuestion question{
        .by_official = by == "official",
        .city = std::move(city),
        .now = now,
        .english = request.wants_english()
    };
    question.filter.from = asked->filter.from;
    question.filter.to = asked->filter.to;
    question.filter.division = std::move(asked->filter.division);
    question.filter.units = std::move(asked->filter.units);
    return question;
}

std::string key_of(FigureCode code, const FigureQuestion& question) {
    const mysql::KpiFilter& filter = question.filter;
    std::string key = fmt::format(
        "{} {} {} {} {} {}",
        name(code),
        sla::date_text(filter.from),
        sla::date_text(filter.to),
        question.by_official,
        question.english,
        filter.division.value_or("*")
    );
    if (!filter.units) return key + " *";
    for (const auto unit : *filter.units) key += fmt::format(" {}", unit.value);
    return key;
}

}  // namespace

KpiFiguresApi::KpiFiguresApi(
    auth::Guard& guard, mysql::Pool& pool, const CitySource& city, auth::Clock clock
)
    : guard_(guard), pool_(pool), city_(city), clock_(std::move(clock)) {}

asio::awaitable<Response> KpiFiguresApi::tell(Request request, FigureCode code) {
    const auto actor = co_await guard_.who_may(request, ticketing::Verb::kpi_read);
    if (!actor) co_return http::problem(request, actor.error());
    const ticketing::Instant now = clock_();
    auto question = question_of(request, *actor, city_.current(), now);
    if (!question) co_return http::problem(request, question.error());
    std::string key = key_of(code, *question);
    auto working = [this, code, &question] { return work_out(code, *question); };
    const auto told = co_await answers_.answer(std::move(key), now, std::move(working));
    if (!told) co_return http::problem(request, told.error());
    Response response = http::json({});
    response.shared_body = *told;
    co_return response;
}

asio::awaitable<Result<KpiFiguresApi::Body>> KpiFiguresApi::work_out(
    FigureCode code, FigureQuestion question
) {
    auto job = [&question, figure = figure_of(code)](mysql::Connection& db) {
        return figure(db, question);
    };
    auto told = co_await pool_.read(std::move(job));
    if (!told) co_return std::unexpected(told.error());
    co_return std::make_shared<const std::string>(std::move(*told));
}

http::Handler KpiFiguresApi::answering(FigureCode code) {
    return [this, code](Request request) { return tell(std::move(request), code); };
}

void KpiFiguresApi::add_routes(std::vector<http::Route>& routes) {
    const auto add = [&](std::string_view pattern, FigureCode code) {
        routes.push_back({http::Method::get, pattern, answering(code)});
    };
    add("/api/v1/kpi/hours", FigureCode::hours);
    add("/api/v1/kpi/funnel", FigureCode::funnel);
    add("/api/v1/kpi/ageing", FigureCode::ageing);
    add("/api/v1/kpi/load", FigureCode::load);
    add("/api/v1/kpi/topics", FigureCode::topics);
    add("/api/v1/kpi/calls", FigureCode::calls);
    add("/api/v1/kpi/dissatisfaction", FigureCode::dissatisfaction);
}

}  // namespace hotline::api
