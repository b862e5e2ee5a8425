#include "server/api/admin_accounts.hpp"

#include "server/api/dto.hpp"
#include "server/api/guard_texts.hpp"
#include "server/api/user_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using http::Request;
using http::Response;
using ticketing::Verb;

constexpr std::size_t account_body = 16 * 1024;
constexpr std::array<std::string_view, 2> token_scopes{"cti", "open311"};

auth::Administrator administrator(const Request& request, ticketing::Actor actor) {
    return {std::move(actor), auth::caller_of(request)};
}

Result<mysql::Account> read_account(const Request& request) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    mysql::Account wanted;
    wanted.login = fields.required_text("login", {.min = 2, .max = 60});
    wanted.name = fields.required_text("name", {.max = 60});
    wanted.role = fields.required_name<ticketing::Role>("role", ticketing::Role::agent);
    wanted.unit = fields.id<ticketing::UnitId>("unit_id");
    wanted.official = fields.id<ticketing::OfficialId>("official_id");
    wanted.division = fields.text("division", {.max = 12}).value_or("");
    wanted.extension = fields.text("extension", {.max = 20}).value_or("");
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return wanted;
}

Result<std::string> read_extension(const Request& request) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    std::string wanted = fields.text("extension", {.max = 20}).value_or("");
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return wanted;
}

struct WantedToken {
    std::string name;
    std::string scope;
    std::optional<int> days;
};

Result<WantedToken> read_token(const Request& request) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    WantedToken wanted;
    wanted.name = fields.required_text("name", {.max = 80});
    wanted.scope = fields.required_text("scope", {.max = 40});
    const bool known = std::ranges::find(token_scopes, wanted.scope) != token_scopes.end();
    if (!wanted.scope.empty() && !known) {
        fields.note("scope", ErrorCode::not_in_list, "cti, open311");
    }
    if (const auto days = fields.integer("days", {.min = 1, .max = 730})) {
        wanted.days = static_cast<int>(*days);
    }
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return wanted;
}

json::object token_json(const mysql::ApiToken& token) {
    json::object out;
    out["id"] = token.id;
    out["name"] = token.name;
    out["scope"] = token.scope;
    out["created_at"] = to_text(token.created_at);
    if (token.expires_at) out["expires_at"] = to_text(*token.expires_at);
    if (token.revoked_at) out["revoked_at"] = to_text(*token.revoked_at);
    if (token.last_used_at) out["last_used_at"] = to_text(*token.last_used_at);
    return out;
}

}  // namespace

AdminAccountsApi::AdminAccountsApi(auth::Guard& guard, auth::AccountAdmin& admin, mysql::Pool& pool)
    : guard_(guard), admin_(admin), pool_(pool) {}

asio::awaitable<Response> AdminAccountsApi::list_users(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::user_admin);
    if (!actor) co_return http::problem(request, actor.error());
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    const std::string q = query.text("q", 60).value_or("");
    const auto after = query.integer("cursor", {.min = 0}).value_or(0);
    const std::size_t limit = query.limit(50, 200);
    if (const auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);

    const ticketing::UserId after_id{static_cast<std::uint64_t>(after)};
    auto job = [q, after_id, limit](mysql::Connection& db) {
        return mysql::list_accounts(db, q, after_id, limit + 1);
    };
    auto accounts = co_await pool_.read(std::move(job));
    if (!accounts) co_return http::problem(request, accounts.error());
    json::object out;
    if (accounts->size() > limit) {
        accounts->resize(limit);
        out["next_cursor"] = std::to_string(accounts->back().id.value);
    }
    json::array items;
    for (const auto& account : *accounts) items.emplace_back(user_json(account));
    out["items"] = std::move(items);
    co_return http::json(json::serialize(out));
}

asio::awaitable<Response> AdminAccountsApi::create_user(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::user_admin);
    if (!actor) co_return http::problem(request, actor.error());
    auto wanted = read_account(request);
    if (!wanted) co_return http::problem(request, wanted.error());
    const auto made = co_await admin_.create(administrator(request, *actor), std::move(*wanted));
    if (!made) co_return http::problem(request, made.error());
    json::object out;
    out["user"] = user_json(made->account);
    out["initial_password"] = made->initial_password;
    co_return http::json(json::serialize(out), 201);
}

asio::awaitable<Response> AdminAccountsApi::disable_user(Request request) {
    return set_disabled(std::move(request), true);
}

asio::awaitable<Response> AdminAccountsApi::enable_user(Request request) {
    return set_disabled(std::move(request), false);
}

asio::awaitable<Response> AdminAccountsApi::set_disabled(Request request, bool disabled) {
    const auto actor = co_await guard_.who_may(request, Verb::user_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "user_id");
    if (!id) co_return http::problem(request, id.error());
    const auto done = co_await admin_.set_disabled(
        administrator(request, *actor), ticketing::UserId(*id), disabled
    );
    if (!done) co_return act_problem(request, done.error());
    co_return http::no_content();
}

asio::awaitable<Response> AdminAccountsApi::set_extension(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::user_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "user_id");
    if (!id) co_return http::problem(request, id.error());
    auto wanted = read_extension(request);
    if (!wanted) co_return http::problem(request, wanted.error());
    const auto done = co_await admin_.set_extension(
        administrator(request, *actor),
        ticketing::UserId(*id),
        std::move(*wanted),
        request.wants_english()
    );
    if (!done) co_return http::problem(request, done.error());
    co_return http::no_content();
}

asio::awaitable<Response> AdminAccountsApi::reset_password(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::user_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "user_id");
    if (!id) co_return http::problem(request, id.error());
    const auto initial =
        co_await admin_.reset_password(administrator(request, *actor), ticketing::UserId(*id));
    if (!initial) co_return http::problem(request, initial.error());
    json::object out;
    out["initial_password"] = *initial;
    co_return http::json(json::serialize(out));
}

asio::awaitable<Response> AdminAccountsApi::list_tokens(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::token_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto tokens = co_await pool_.read(mysql::list_api_tokens);
    if (!tokens) co_return http::problem(request, tokens.error());
    json::array items;
    for (const auto& token : *tokens) items.emplace_back(token_json(token));
    json::object out;
    out["items"] = std::move(items);
    co_return http::json(json::serialize(out));
}

asio::awaitable<Response> AdminAccountsApi::create_token(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::token_admin);
    if (!actor) co_return http::problem(request, actor.error());
    auto wanted = read_token(request);
    if (!wanted) co_return http::problem(request, wanted.error());
    const auto made = co_await admin_.create_token(
        administrator(request, *actor),
        std::move(wanted->name),
        std::move(wanted->scope),
        wanted->days
    );
    if (!made) co_return http::problem(request, made.error());
    json::object out;
    out["id"] = made->id;
    out["token"] = made->token;
    co_return http::json(json::serialize(out), 201);
}

asio::awaitable<Response> AdminAccountsApi::revoke_token(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::token_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "token_id");
    if (!id) co_return http::problem(request, id.error());
    const auto done = co_await admin_.revoke_token(administrator(request, *actor), *id);
    if (!done) co_return http::problem(request, done.error());
    co_return http::no_content();
}

void AdminAccountsApi::add_routes(std::vector<http::Route>& routes) {
    using enum http::Method;
    using Member = asio::awaitable<Response> (AdminAccountsApi::*)(Request);
    const auto add = [&](http::Method method, std::string_view pattern, Member member) {
        auto handler = [this, member](Request r) { return (this->*member)(std::move(r)); };
        routes.push_back({method, pattern, handler, account_body});
    };
    add(get, "/api/v1/admin/users", &AdminAccountsApi::list_users);
    add(post, "/api/v1/admin/users", &AdminAccountsApi::create_user);
    add(post, "/api/v1/admin/users/{user_id}/disable", &AdminAccountsApi::disable_user);
    add(post, "/api/v1/admin/users/{user_id}/enable", &AdminAccountsApi::enable_user);
    add(put, "/api/v1/admin/users/{user_id}/extension", &AdminAccountsApi::set_extension);
    add(post, "/api/v1/admin/users/{user_id}/reset-password", &AdminAccountsApi::reset_password);
    add(get, "/api/v1/admin/tokens", &AdminAccountsApi::list_tokens);
    add(post, "/api/v1/admin/tokens", &AdminAccountsApi::create_token);
    add(del, "/api/v1/admin/tokens/{token_id}", &AdminAccountsApi::revoke_token);
}

}  // namespace hotline::api
