#include "server/api/reference.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/directory_query.hpp"
#include "sla/date_text.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/reasons.hpp"

#include <fmt/format.h>

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using ticketing::JsonObject;

namespace {

constexpr ticketing::Reason types[] = {
    {"consult", "咨询", "Question"},
    {"help", "求助", "Request for help"},
    {"complaint", "投诉", "Complaint"},
    {"report", "举报", "Report of an offence"},
    {"suggestion", "建议", "Suggestion"},
    {"praise", "表扬", "Praise"},
};

std::string named(const ticketing::Reason& reason) {
    return JsonObject().text("code", reason.code).text("zh", reason.zh).text("en", reason.en).str();
}

std::string_view kind_of(const ticketing::Division& division) {
    using Kind = ticketing::Division::Kind;
    switch (division.kind) {
        case Kind::city:
            return "city";
        case Kind::county:
            return "county";
        case Kind::zone:
            return "zone";
        case Kind::town:
            return "town";
    }
    return {};
}

using Tiles = std::unordered_map<std::string, mysql::Tile>;

std::string division_json(const ticketing::Division& division, const Tiles& tiles) {
    JsonObject out;
    out.text("code", division.code).text("name", division.name);
    if (!division.parent.empty()) out.text("parent", division.parent);
    out.text("kind", kind_of(division));
    const auto tile = tiles.find(division.code);
    if (tile != tiles.end()) {
        out.raw("grid", fmt::format("[{},{}]", tile->second.column, tile->second.row));
    }
    return out.str();
}

std::string work_calendar(const sla::Calendar& calendar) {
    JsonObject exceptions;
    for (const sla::DayRule& rule : calendar.rules()) {
        exceptions.raw(sla::date_text(rule.date), rule.off ? "false" : "true");
    }
    const std::string hours =
        ticketing::json_array(calendar.hours(), [](const sla::Opening& opening) {
            return fmt::format("[{},{}]", opening.from.count(), opening.to.count());
        });
    return JsonObject().raw("hours", hours).raw("exceptions", exceptions.str()).str();
}

std::string reference_text(const City& city, const Tiles& tiles) {
    JsonObject out;
    out.raw("types", ticketing::json_array(types, named));
    out.raw("topics", ticketing::json_array(city.directory.duties, [](const ticketing::Duty& duty) {
                return JsonObject().text("topic", duty.topic).text("category", duty.category).str();
            }));
    out.raw("divisions", ticketing::json_array(city.directory.divisions, [&](const auto& division) {
                return division_json(division, tiles);
            }));
    out.raw("decline_reasons", ticketing::json_array(ticketing::decline_reasons, named));
    out.raw("return_reasons", ticketing::json_array(ticketing::return_reasons, named));
    out.raw("suspend_reasons", ticketing::json_array(ticketing::suspend_reasons, named));
    out.raw("work_calendar", work_calendar(city.calendar));
    return out.str();
}

}  // namespace

ReferenceApi::ReferenceApi(mysql::Pool& pool, const CitySource& city) : pool_(pool), city_(city) {}

asio::awaitable<Response> ReferenceApi::show(Request request) {
    const CityPtr city = city_.current();
    if (made_for_ != city) {
        const auto job = [](mysql::Connection& db) { return mysql::read_tiles(db); };
        const auto tiles = co_await pool_.read(job);
        // Without its map the portal still works.
        const Tiles known = tiles ? *tiles : Tiles();
        text_ = std::make_shared<const std::string>(reference_text(*city, known));
        etag_ = "\"" + crypto::hex(crypto::sm3(std::string_view(*text_))).substr(0, 16) + "\"";
        if (tiles) made_for_ = city;
    }
    Response response;
    if (request.header("if-none-match") == std::string_view(etag_)) {
        response.status = 304;
    } else {
        response.set("content-type", "application/json; charset=utf-8");
        response.shared_body = text_;
    }
    response.set("etag", etag_).set("cache-control", "public, max-age=300");
    co_return response;
}

void ReferenceApi::add_routes(std::vector<http::Route>& routes) {
    routes.push_back({http::Method::get, "/api/v1/reference", [this](Request r) {
                          return show(std::move(r));
                      }});
}

}  // namespace hotline::api
