#include "server/api/directory/learned.hpp"

#include "ticketing/json_text.hpp"

#include <fmt/format.h>

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using ticketing::JsonObject;

namespace {

std::string share(double value) {
    return fmt::format("{:.4f}", value);
}

std::string model_json(const ticketing::classifier::Model& model) {
    const auto& parts = model.parts();
    JsonObject out;
    out.text("name", parts.name).number("labels", static_cast<std::int64_t>(parts.labels.size()));
    out.number("texts", parts.texts).number("held_out", parts.held_out);
    out.raw("accuracy", share(parts.accuracy)).raw("sure_from", share(parts.threshold));
    return out.str();
}

std::string pair_json(
    const ticketing::Misroutes::Known& known, const ticketing::Directory& directory
) {
    JsonObject out;
    out.text("topic", known.topic);
    if (const auto* place = directory.division(known.place)) {
        out.text("division", place->code).text("division_name", place->name);
    }
    const auto unit = [&](std::string_view key, std::string_view name, ticketing::UnitId id) {
        out.number(key, static_cast<std::int64_t>(id.value));
        if (const auto* named = directory.unit(id)) out.text(name, named->name);
    };
    unit("unit_id", "unit_name", known.unit);
    unit("instead_id", "instead_name", known.instead.unit);
    out.number("returns", known.instead.returns);
    return out.str();
}

}  // namespace

LearnedApi::LearnedApi(auth::Guard& guard, const CitySource& city) : guard_(guard), city_(city) {}

asio::awaitable<Response> LearnedApi::show(Request request) {
    const auto actor = co_await guard_.who_may(request, ticketing::Verb::directory_read);
    if (!actor) co_return http::problem(request, actor.error());
    const CityPtr city = city_.current();
    std::string models = "[]";
    if (city->models) models = ticketing::json_array(city->models->all(), model_json);
    const auto misroutes = city->misroutes->current();
    JsonObject out;
    out.raw("models", models);
    out.raw("passed_over", ticketing::json_array(misroutes->known(), [&](const auto& known) {
                return pair_json(known, city->directory);
            }));
    co_return http::json(out.str());
}

void LearnedApi::add_routes(std::vector<http::Route>& routes) {
    routes.push_back({http::Method::get, "/api/v1/directory/learned", [this](Request request) {
                          return show(std::move(request));
                      }});
}

}  // namespace hotline::api
