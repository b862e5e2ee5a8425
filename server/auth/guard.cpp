#include "server/auth/guard.hpp"

#include "integrations/crypto/token.hpp"
#include "server/auth/browser.hpp"
#include "server/auth/session_policy.hpp"

#include <optional>
#include <string_view>

namespace hotline::auth {
namespace {

namespace asio = boost::asio;
using mysql::SessionAndAccount;
using ticketing::Actor;

std::optional<std::string_view> bearer_token(const http::Request& request) {
    constexpr std::string_view scheme = "bearer ";
    const auto header = request.header("authorization");
    if (!header || header->size() <= scheme.size()) return std::nullopt;
    for (std::size_t i = 0; i < scheme.size(); ++i) {
        const char c = (*header)[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != scheme[i]) {
            return std::nullopt;
        }
    }
    return header->substr(scheme.size());
}

}  // namespace

Guard::Guard(Sessions& sessions, LiveTickets& tickets, const Settings& settings, Clock clock)
    : sessions_(sessions), tickets_(tickets), settings_(settings), clock_(std::move(clock)) {}

asio::awaitable<Result<SessionAndAccount>> Guard::from_cookie(const http::Request& request) {
    const auto token = session_cookie(request, settings_);
    if (!token) co_return fail(ErrorCode::not_authenticated);
    co_return co_await sessions_.find(crypto::token_digest(*token));
}

asio::awaitable<Result<SessionAndAccount>> Guard::session(const http::Request& request) {
    const bool unsafe = is_unsafe(request.method);
    if (unsafe) {
        if (const auto ok = check_origin(request, settings_); !ok) {
            co_return std::unexpected(ok.error());
        }
    }
    auto found = co_await from_cookie(request);
    if (found && unsafe) {
        if (const auto ok = check_csrf(request, found->session.csrf_token); !ok) {
            co_return std::unexpected(ok.error());
        }
    }
    co_return found;
}

asio::awaitable<Result<SessionAndAccount>> Guard::settled_session(const http::Request& request) {
    auto found = co_await session(request);
    if (found && must_change_password(found->account, clock_(), settings_)) {
        co_return fail(ErrorCode::password_change_required);
    }
    co_return found;
}

asio::awaitable<Result<Actor>> Guard::who(const http::Request& request) {
    const auto found = co_await settled_session(request);
    if (!found) co_return std::unexpected(found.error());
    co_return mysql::actor_of(found->account);
}

asio::awaitable<Result<Actor>> Guard::who_may(const http::Request& request, ticketing::Verb verb) {
    auto actor = co_await who(request);
    if (actor && !ticketing::may(actor->role, verb)) co_return fail(ErrorCode::forbidden);
    co_return actor;
}

asio::awaitable<Result<Actor>> Guard::machine(const http::Request& request, std::string scope) {
    const auto token = bearer_token(request);
    if (!token) co_return fail(ErrorCode::not_authenticated);
    co_return co_await machine_with(std::string(*token), std::move(scope));
}

asio::awaitable<Result<Actor>> Guard::machine_with(std::string token, std::string scope) {
    if (!crypto::looks_like_token(token)) co_return fail(ErrorCode::not_authenticated);
    const auto found =
        co_await sessions_.find_machine(crypto::token_digest(token), std::move(scope));
    if (!found) co_return std::unexpected(found.error());
    co_return Actor{
        .user = {},
        .role = ticketing::Role::machine,
        .name = found->name,
        .unit = {},
        .official = {},
        .division = {},
        .token_scope = found->scope,
    };
}

asio::awaitable<Result<Guard::LiveCaller>> Guard::by_live_ticket(const http::Request& request) {
    if (const auto ok = require_origin(request, settings_); !ok) {
        co_return std::unexpected(ok.error());
    }
    const auto presented = request.query.find("ticket");
    if (presented == request.query.end()) co_return fail(ErrorCode::not_authenticated);
    const auto redeemed = co_await tickets_.redeem(presented->second);
    if (!redeemed) co_return std::unexpected(redeemed.error());
    const auto found = co_await sessions_.find(*redeemed);
    if (!found) co_return std::unexpected(found.error());
    if (must_change_password(found->account, clock_(), settings_)) {
        co_return fail(ErrorCode::password_change_required);
    }
    LiveCaller caller{mysql::actor_of(found->account), *redeemed, found->session.device};
    co_return caller;
}

asio::awaitable<Result<void>> Guard::alive(mysql::TokenDigest session) {
    const auto found = co_await sessions_.find(session, Sessions::Activity::none);
    if (!found) co_return std::unexpected(found.error());
    co_return Result<void>{};
}

}  // namespace hotline::auth
