#include "server/api/phone/softphone.hpp"

#include "integrations/crypto/telephone.hpp"
#include "integrations/mysql/account_store.hpp"
#include "server/api/dto.hpp"
#include "server/auth/audit.hpp"
#include "ticketing/json_text.hpp"

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::Connection;
using mysql::Telephone;

constexpr std::size_t softphone_body = 1024;

}  // namespace

SoftphoneApi::SoftphoneApi(
    auth::Guard& guard, mysql::Pool& pool, SoftphoneLine line, auth::Clock clock
)
    : guard_(guard), pool_(pool), line_(std::move(line)), clock_(std::move(clock)) {}

asio::awaitable<Response> SoftphoneApi::show(Request request) {
    const auto actor = co_await guard_.who_may(request, ticketing::Verb::call_dial);
    if (!actor) co_return http::problem(request, actor.error());
    auto job = [id = actor->user](Connection& db) { return mysql::telephone_of(db, id); };
    const auto telephone = co_await pool_.read(std::move(job));
    if (!telephone) co_return http::problem(request, telephone.error());
    const bool offered = !line_.url.empty() && telephone->has_value();
    co_return http::json(ticketing::JsonObject().raw("offered", offered ? "true" : "false").str());
}

asio::awaitable<Response> SoftphoneApi::sign_in(Request request) {
    const auto actor = co_await guard_.who_may(request, ticketing::Verb::call_dial);
    if (!actor) co_return http::problem(request, actor.error());
    if (line_.url.empty()) co_return http::problem(request, ErrorCode::not_found);
    const auto caller = auth::caller_of(request);
    const auto now = clock_();
    auto job = [&caller, &who = *actor, now](Connection& db) -> Result<Telephone> {
        const auto found = mysql::telephone_of(db, who.user);
        if (!found) return std::unexpected(found.error());
        if (!*found) return fail(ErrorCode::not_found);
        ticketing::JsonObject detail;
        detail.text("extension", (*found)->extension);
        const auto entry = auth::audit_entry(
            caller, who, "softphone.sign_in", auth::user_object(who.user), now, detail.str()
        );
        if (const auto ok = auth::record(db, entry); !ok) return std::unexpected(ok.error());
        return **found;
    };
    const auto telephone = co_await pool_.transact(std::move(job));
    if (!telephone) co_return http::problem(request, telephone.error());
    ticketing::JsonObject out;
    out.text("url", line_.url).text("domain", line_.domain);
    out.text("extension", telephone->extension);
    out.text(
        "password",
        crypto::telephone_password(
            line_.key, telephone->account.value, telephone->extension, telephone->serial
        )
    );
    co_return http::json(out.str());
}

void SoftphoneApi::add_routes(std::vector<http::Route>& routes) {
    using enum http::Method;
    constexpr std::string_view path = "/api/v1/agents/me/softphone";
    routes.push_back({get, path, [this](Request r) { return show(std::move(r)); }, softphone_body});
    routes.push_back(
        {post, path, [this](Request r) { return sign_in(std::move(r)); }, softphone_body}
    );
}

}  // namespace hotline::api
