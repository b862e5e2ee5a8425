#include "server/api/auth.hpp"

#include "integrations/crypto/token.hpp"
#include "server/api/dto.hpp"
#include "server/api/user_json.hpp"
#include "server/auth/browser.hpp"
#include "server/auth/session_policy.hpp"
#include "server/auth/wiped_devices.hpp"
#include "ticketing/permissions.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using http::Request;
using http::Response;

constexpr std::size_t login_body = 4096;

Result<auth::Credentials> read_credentials(const Request& request, const auth::Settings& settings) {
    // No session to bind a token to yet: the origin alone keeps a foreign page from logging a
    // browser into an account of its choice.
    if (const auto ok = auth::check_origin(request, settings); !ok) {
        return std::unexpected(ok.error());
    }
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    auth::Credentials credentials;
    credentials.login = fields.required_text("login", {.max = 60});
    credentials.password = fields.required_text("password", {.max = 200});
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    credentials.caller = auth::caller_of(request);
    credentials.device = auth::device_of(request).value_or("");
    if (const auto token = auth::session_cookie(request, settings)) {
        credentials.previous = crypto::token_digest(*token);
    }
    return credentials;
}

}  // namespace

AuthApi::AuthApi(
    auth::Guard& guard,
    auth::LogIn& log_in,
    auth::OwnPassword& own_password,
    auth::LiveTickets& live_tickets,
    const auth::Settings& settings,
    auth::Clock clock
)
    : guard_(guard),
      log_in_(log_in),
      own_password_(own_password),
      live_tickets_(live_tickets),
      settings_(settings),
      clock_(std::move(clock)) {}

std::string AuthApi::me_text(const mysql::SessionAndAccount& found) const {
    const auto now = clock_();
    const bool must_change = auth::must_change_password(found.account, now, settings_);
    json::array permissions;
    if (!must_change) {
        for (const auto verb : ticketing::verbs_of(found.account.role)) {
            permissions.emplace_back(ticketing::name(verb));
        }
    }
    json::object out;
    out["user"] = user_json(found.account);
    out["csrf_token"] = found.session.csrf_token;
    out["server_time"] = to_text(now);
    out["must_change_password"] = must_change;
    out["permissions"] = std::move(permissions);
    return json::serialize(out);
}

asio::awaitable<Response> AuthApi::login(Request request) {
    auto credentials = read_credentials(request, settings_);
    if (!credentials) co_return http::problem(request, credentials.error());
    const auto logged_in = co_await log_in_.attempt(std::move(*credentials));
    if (!logged_in) co_return http::problem(request, logged_in.error());
    Response response = http::json(me_text(logged_in->session));
    const std::string& csrf = logged_in->session.session.csrf_token;
    auth::set_session_cookies(response, logged_in->token, csrf, settings_);
    co_return response;
}

asio::awaitable<Response> AuthApi::logout(Request request) {
    auto session = co_await guard_.session(request);
    if (!session) co_return http::problem(request, session.error());
    const auto ended = co_await log_in_.log_out(std::move(*session), auth::caller_of(request));
    if (!ended) co_return http::problem(request, ended.error());
    Response response = http::no_content();
    auth::clear_session_cookies(response, settings_);
    co_return response;
}

asio::awaitable<Response> AuthApi::me(Request request) {
    const auto session = co_await guard_.session(request);
    if (!session) co_return http::problem(request, session.error());
    co_return http::json(me_text(*session));
}

asio::awaitable<Response> AuthApi::change_password(Request request) {
    auto session = co_await guard_.session(request);
    if (!session) co_return http::problem(request, session.error());
    const auto body = parse_object(request);
    if (!body) co_return http::problem(request, body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    auth::PasswordChange change;
    change.current = fields.required_text("current", {.max = 200});
    change.replacement = fields.required_text("new", {.max = 200});
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    change.asker = std::move(*session);
    change.caller = auth::caller_of(request);
    const auto changed = co_await own_password_.change(std::move(change));
    if (!changed) co_return http::problem(request, changed.error());
    co_return http::no_content();
}

asio::awaitable<Response> AuthApi::live_ticket(Request request) {
    const auto session = co_await guard_.settled_session(request);
    if (!session) co_return http::problem(request, session.error());
    json::object out;
    out["ticket"] = live_tickets_.issue(session->session.token);
    co_return http::json(json::serialize(out));
}

void AuthApi::add_routes(std::vector<http::Route>& routes) {
    using enum http::Method;
    const auto bind = [this](asio::awaitable<Response> (AuthApi::*member)(Request)) {
        return [this, member](Request request) { return (this->*member)(std::move(request)); };
    };
    routes.push_back({post, "/api/v1/auth/login", bind(&AuthApi::login), login_body});
    routes.push_back({post, "/api/v1/auth/logout", bind(&AuthApi::logout), login_body});
    routes.push_back({get, "/api/v1/me", bind(&AuthApi::me)});
    routes.push_back({post, "/api/v1/me/password", bind(&AuthApi::change_password), login_body});
    routes.push_back({post, "/api/v1/live/ticket", bind(&AuthApi::live_ticket), login_body});
}

}  // namespace hotline::api
