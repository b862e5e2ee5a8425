#include "server/api/permissions.hpp"

#include "server/api/guard_texts.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/permission_table.hpp"

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using ticketing::Holder;
using ticketing::json_array;
using ticketing::JsonObject;

std::string roles_json(const std::vector<ticketing::Role>& roles) {
    return json_array(roles, [](ticketing::Role role) {
        return ticketing::json_string(ticketing::name(role));
    });
}

std::string_view truth(bool value) {
    return value ? "true" : "false";
}

JsonObject held_by(const Holder& who) {
    JsonObject out;
    out.text("role", ticketing::name(who.role));
    return out.raw("of_a_county", truth(who.of_a_county));
}

std::string verb_row_json(const ticketing::VerbRow& row) {
    JsonObject out;
    out.text("verb", ticketing::name(row.verb));
    return out.raw("roles", roles_json(row.roles)).str();
}

std::string act_row_json(const ticketing::ActRow& row, bool english) {
    JsonObject out;
    out.text("rule", row.rule).text("act", ticketing::name(row.act));
    out.raw("roles", roles_json(row.roles));
    out.raw("states", json_array(row.states, [](ticketing::State state) {
                return ticketing::json_string(ticketing::name(state));
            }));
    out.raw("conditions", json_array(row.conditions, [english](std::string_view guard) {
                const auto sentence = guard_text(guard, english);
                return ticketing::json_string(sentence.empty() ? guard : sentence);
            }));
    return out.str();
}

std::string scope_row_json(const ticketing::ScopeRow& row) {
    JsonObject out = held_by(row.who);
    out.text("reach", ticketing::name(row.reach));
    return out.raw("barred", truth(row.barred)).str();
}

std::string field_row_json(const ticketing::FieldRow& row) {
    JsonObject out = held_by(row.who);
    out.raw("own", truth(row.own)).raw("confidential", truth(row.confidential));
    out.text("person", word_for(row.views.person)).text("uscc", word_for(row.views.uscc));
    out.text("free_text", word_for(row.views.free_text));
    return out.raw("may_reveal", truth(row.views.may_reveal)).str();
}

std::string file_row_json(const ticketing::FileRow& row) {
    JsonObject out = held_by(row.who);
    out.raw("everyone", truth(row.everyone)).raw("staff", truth(row.staff));
    return out.raw("held", truth(row.held)).str();
}

}  // namespace

asio::awaitable<Response> PermissionsApi::show(Request request) {
    const auto actor = co_await guard_.who_may(request, ticketing::Verb::user_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const bool english = request.wants_english();
    const auto tables = ticketing::permission_tables();
    JsonObject out;
    out.raw("verbs", json_array(tables.verbs, verb_row_json));
    out.raw("acts", json_array(tables.acts, [english](const auto& row) {
                return act_row_json(row, english);
            }));
    out.raw("scopes", json_array(tables.scopes, scope_row_json));
    out.raw("fields", json_array(tables.fields, field_row_json));
    out.raw("files", json_array(tables.files, file_row_json));
    co_return http::json(out.str());
}

void PermissionsApi::add_routes(std::vector<http::Route>& routes) {
    routes.push_back({http::Method::get, "/api/v1/admin/permissions", [this](Request request) {
                          return show(std::move(request));
                      }});
}

}  // namespace hotline::api
