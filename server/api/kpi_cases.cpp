#include "server/api/kpi_cases.hpp"

#include "server/api/dto.hpp"
#include "server/api/kpi.hpp"
#include "server/auth/audit.hpp"
#include "sla/date_text.hpp"
#include "ticketing/permissions.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using actions::Case;
using actions::CasesAsked;
using http::Request;
using http::Response;
using mysql::SourcePlace;
using ticketing::Role;

// "<days since 1970>-<ticket id>"
std::string cursor_text(const SourcePlace& place) {
    return fmt::format("{}-{}", place.month.time_since_epoch().count(), place.ticket.value);
}

std::optional<SourcePlace> place_from(std::string_view text) {
    constexpr int year_9000 = 2'570'000;
    int days = 0;
    std::uint64_t ticket = 0;
    const char* end = text.data() + text.size();
    auto read = std::from_chars(text.data(), end, days);
    if (read.ec != std::errc{} || read.ptr == end || *read.ptr != '-') return std::nullopt;
    read = std::from_chars(read.ptr + 1, end, ticket);
    if (read.ec != std::errc{} || read.ptr != end || days < 0 || days > year_9000) {
        return std::nullopt;
    }
    return SourcePlace{sla::LocalDay{std::chrono::days{days}}, {ticket}};
}

Result<std::vector<sla::Metric>> excluded_metrics(
    const sla::RateDefinition& rate, const std::optional<std::string>& reason
) {
    std::vector<sla::Metric> metrics(rate.excluded.begin(), rate.excluded.end());
    if (!reason) return metrics;
    std::erase_if(metrics, [&](sla::Metric metric) { return name(metric) != *reason; });
    if (metrics.empty()) return fail_field("reason", ErrorCode::not_in_list);
    return metrics;
}

Result<void> choose_metrics(CasesQuestion& question, const std::optional<std::string>& reason) {
    const sla::RateDefinition& rate = *question.rate;
    CasesAsked& asked = question.asked;
    if (question.side == CaseSide::excluded) {
        auto metrics = excluded_metrics(rate, reason);
        if (!metrics) return std::unexpected(metrics.error());
        asked.plus = std::move(*metrics);
        return {};
    }
    asked.plus = {question.side == CaseSide::numerator ? *rate.numerator : *rate.denominator};
    if (question.side == CaseSide::missing) {
        asked.minus = {*rate.numerator};
        asked.unmet = rate.code;
    }
    return {};
}

void read_page(QueryFields& query, CasesAsked& asked, std::vector<FieldError>& errors) {
    asked.limit = query.limit(50, 500);
    if (const auto cursor = query.text("cursor", 40)) {
        asked.after = place_from(*cursor);
        if (!asked.after) errors.push_back({"cursor", ErrorCode::invalid_format, {}});
    }
}

// Exactly this unit, not those below it; 0: the centre. False outside what may be asked for.
bool narrow_to_desk(mysql::KpiFilter& filter, ticketing::UnitId desk) {
    if (filter.units && std::ranges::find(*filter.units, desk) == filter.units->end()) return false;
    filter.units = {desk};
    return true;
}

struct CasesAnswer {
    std::int64_t total = 0;
    actions::CasePage page;
    std::map<ticketing::TicketId, mysql::SourceTicket> tickets;
};

Result<CasesAnswer> read_cases(
    mysql::Connection& db, const CasesAsked& asked, const ticketing::Scope& scope
) {
    CasesAnswer answer;
    const auto total = actions::count_cases(db, asked);
    if (!total) return std::unexpected(total.error());
    answer.total = *total;
    auto page = actions::list_cases(db, asked);
    if (!page) return std::unexpected(page.error());
    answer.page = std::move(*page);
    std::vector<ticketing::TicketId> ids;
    for (const Case& found : answer.page.cases) ids.push_back(found.place.ticket);
    auto tickets = mysql::read_source_tickets(db, ids, scope);
    if (!tickets) return std::unexpected(tickets.error());
    answer.tickets = std::move(*tickets);
    return answer;
}

json::object case_json(
    const Case& found,
    const mysql::SourceTicket& ticket,
    const ticketing::Directory& directory,
    bool english
) {
    json::object out;
    out["ticket_no"] = ticket.number;
    out["times"] = found.times;
    json::array days;
    for (const auto day : found.days) days.emplace_back(sla::date_text(day));
    out["days"] = std::move(days);
    json::array units;
    for (const std::uint64_t id : found.units) {
        const auto* unit = directory.unit({id});
        if (id == 0) {
            units.emplace_back(english ? "Hotline centre" : "热线中心");
        } else {
            units.emplace_back(unit != nullptr ? unit->name : std::to_string(id));
        }
    }
    out["units"] = std::move(units);
    out["visible"] = ticket.visible;
    if (ticket.visible) out["state"] = name(ticket.state);
    return out;
}

}  // namespace

Result<CasesQuestion> cases_question(
    const Request& request,
    const ticketing::Actor& actor,
    const ticketing::Directory& directory,
    ticketing::Instant now
) {
    const auto code = sla::value_of<sla::RateCode>(request.params.at("rate"));
    if (!code) return fail(ErrorCode::not_found);
    CasesQuestion question{.rate = &sla::definition(*code), .called = name(*code)};
    // A picture of now is the list of tickets itself.
    if (!question.rate->numerator) return fail(ErrorCode::not_found);
    auto kpi = kpi_question(request, actor, directory, now);
    if (!kpi) return std::unexpected(kpi.error());
    question.asked.filter = std::move(kpi->filter);
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    question.side = query.name<CaseSide>("side").value_or(CaseSide::denominator);
    const auto reason = query.text("reason", 40);
    read_page(query, question.asked, errors);
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    if (const auto chosen = choose_metrics(question, reason); !chosen) {
        return std::unexpected(chosen.error());
    }
    return question;
}

Result<CasesQuestion> count_question(
    const Request& request,
    const ticketing::Actor& actor,
    const ticketing::Directory& directory,
    ticketing::Instant now
) {
    const auto metric = sla::value_of<sla::Metric>(request.params.at("metric"));
    if (!metric) return fail(ErrorCode::not_found);
    CasesQuestion question{.called = name(*metric)};
    auto kpi = kpi_question(request, actor, directory, now);
    if (!kpi) return std::unexpected(kpi.error());
    CasesAsked& asked = question.asked;
    asked.filter = std::move(kpi->filter);
    asked.plus = {*metric};
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    if (const auto without = query.name<sla::Metric>("without")) asked.minus = {*without};
    if (const auto hour = query.integer("hour", {.min = 0, .max = 23})) {
        asked.filter.hour = static_cast<std::uint8_t>(*hour);
    }
    if (const auto weekday = query.integer("weekday", {.min = 1, .max = 7})) {
        asked.filter.weekday = static_cast<unsigned>(*weekday);
    }
    const auto desk = query.integer("desk", {.min = 0});
    // S44: no other count tells its hour.
    const bool by_hour = asked.filter.hour || asked.filter.weekday;
    if (by_hour && *metric != sla::Metric::received) {
        errors.push_back({asked.filter.hour ? "hour" : "weekday", ErrorCode::not_in_list, {}});
    }
    read_page(query, asked, errors);
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    if (desk && !narrow_to_desk(asked.filter, {static_cast<std::uint64_t>(*desk)})) {
        return fail(ErrorCode::forbidden);
    }
    return question;
}

KpiCasesApi::KpiCasesApi(
    auth::Guard& guard, mysql::Pool& pool, const CitySource& city, auth::Clock clock
)
    : guard_(guard), pool_(pool), city_(city), clock_(std::move(clock)) {}

asio::awaitable<Response> KpiCasesApi::list(Request request) {
    return tell(std::move(request), cases_question);
}

asio::awaitable<Response> KpiCasesApi::list_counted(Request request) {
    return tell(std::move(request), count_question);
}

asio::awaitable<Response> KpiCasesApi::tell(Request request, Read read) {
    const auto actor = co_await guard_.who_may(request, ticketing::Verb::kpi_read);
    if (!actor) co_return http::problem(request, actor.error());
    const CityPtr city = city_.current();
    auto question = read(request, *actor, city->directory, clock_());
    if (!question) co_return http::problem(request, question.error());
    const auto scope = ticketing::scope_of(*actor, city->directory);
    const std::string called(question->called);
    const std::string looked = (question->rate != nullptr ? "rate:" : "metric:") + called;
    const auto look =
        auth::audit_entry(auth::caller_of(request), *actor, "kpi.tickets", looked, clock_());
    const bool audited = actor->role == Role::manager;  // A9
    auto job = [asked = question->asked, scope, look, audited](mysql::Connection& db) {
        auto answer = read_cases(db, asked, scope);
        if (answer && audited) {
            const auto noted = auth::record(db, look);
            if (!noted) answer = std::unexpected(noted.error());
        }
        return answer;
    };
    const auto answer = co_await pool_.transact(std::move(job));
    if (!answer) co_return http::problem(request, answer.error());
    json::object out;
    out["rate"] = called;
    out["side"] = name(question->side);
    out["from"] = sla::date_text(question->asked.filter.from);
    out["to"] = sla::date_text(question->asked.filter.to);
    out["definition_version"] = question->rate != nullptr ? question->rate->version : 1;
    out["total"] = answer->total;
    json::array items;
    const bool english = request.wants_english();
    for (const Case& found : answer->page.cases) {
        const auto ticket = answer->tickets.find(found.place.ticket);
        if (ticket == answer->tickets.end()) continue;
        items.emplace_back(case_json(found, ticket->second, city->directory, english));
    }
    out["items"] = std::move(items);
    if (answer->page.next) out["next_cursor"] = cursor_text(*answer->page.next);
    co_return http::json(json::serialize(out));
}

void KpiCasesApi::add_routes(std::vector<http::Route>& routes) {
    routes.push_back({http::Method::get, "/api/v1/kpi/{rate}/tickets", [this](Request r) {
                          return list(std::move(r));
                      }});
    routes.push_back({http::Method::get, "/api/v1/kpi/metrics/{metric}/tickets", [this](Request r) {
                          return list_counted(std::move(r));
                      }});
}

}  // namespace hotline::api
