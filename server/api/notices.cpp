#include "server/api/notices.hpp"

#include "integrations/mysql/notice_prefs.hpp"
#include "integrations/mysql/notice_store.hpp"
#include "server/api/dto.hpp"
#include "server/api/notice_json.hpp"
#include "server/api/notice_rules_input.hpp"
#include "server/api/notice_rules_json.hpp"
#include "server/auth/audit.hpp"
#include "server/auth/wiped_devices.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/text.hpp"

#include <charconv>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using ticketing::JsonObject;
using ticketing::notices::Preferences;

constexpr std::size_t small_body = 4096;
constexpr std::size_t most_unread = 999;

struct NoticePage {
    std::vector<mysql::Notice> items;
    std::size_t unread = 0;
    ticketing::notices::Language language{};
};

Result<NoticePage> read_page(mysql::Connection& db, const mysql::NoticeListing& listing) {
    auto items = mysql::list_notices(db, listing);
    if (!items) return std::unexpected(items.error());
    const auto unread = mysql::count_unread(db, listing.receiver, most_unread);
    if (!unread) return std::unexpected(unread.error());
    const auto preferences = mysql::find_preferences(db, listing.receiver);
    if (!preferences) return std::unexpected(preferences.error());
    return NoticePage{
        std::move(*items),
        *unread,
        preferences->value_or(ticketing::notices::Preferences{}).language
    };
}

}  // namespace

NoticesApi::NoticesApi(
    auth::Guard& guard, mysql::Pool& pool, auth::Clock clock, NoticeSetting setting
)
    : guard_(guard), pool_(pool), clock_(std::move(clock)), setting_(std::move(setting)) {}

asio::awaitable<Response> NoticesApi::list(Request request) {
    const auto actor = co_await guard_.who(request);
    if (!actor) co_return http::problem(request, actor.error());
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    mysql::NoticeListing listing;
    listing.receiver = actor->user;
    listing.before = static_cast<std::uint64_t>(query.integer("cursor", {.min = 1}).value_or(0));
    listing.unread = query.flag("unread").value_or(false);
    const std::size_t limit = query.limit(50, 200);
    listing.limit = limit + 1;
    if (const auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    auto job = [&listing](mysql::Connection& db) { return read_page(db, listing); };
    auto page = co_await pool_.read(std::move(job));
    if (!page) co_return http::problem(request, page.error());
    JsonObject out;
    const bool more = page->items.size() > limit;
    if (more) page->items.resize(limit);
    out.raw("items", ticketing::json_array(page->items, [&](const mysql::Notice& notice) {
                return notice_json(notice, page->language);
            }));
    if (more) out.text("next", std::to_string(page->items.back().id));
    out.number("unread", static_cast<std::int64_t>(page->unread));
    co_return http::json(out.str());
}

asio::awaitable<Response> NoticesApi::read_one(Request request) {
    const auto actor = co_await guard_.who(request);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "notice_id");
    if (!id) co_return http::problem(request, id.error());
    auto job = [this, who = actor->user, id = *id](mysql::Connection& db) {
        return mysql::read_notice(db, who, id, clock_());
    };
    const auto found = co_await pool_.transact(std::move(job));
    if (!found) co_return http::problem(request, found.error());
    if (!*found) co_return http::problem(request, ErrorCode::not_found);
    co_return http::no_content();
}

asio::awaitable<Response> NoticesApi::read_all(Request request) {
    const auto actor = co_await guard_.who(request);
    if (!actor) co_return http::problem(request, actor.error());
    const auto body = parse_object(request);
    if (!body) co_return http::problem(request, body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    const auto upto = fields.required_integer("upto", {.min = 1});
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    auto job = [this, who = actor->user, upto](mysql::Connection& db) {
        return mysql::read_notices_upto(db, who, static_cast<std::uint64_t>(upto), clock_());
    };
    const auto done = co_await pool_.transact(std::move(job));
    if (!done) co_return http::problem(request, done.error());
    co_return http::no_content();
}

asio::awaitable<Response> NoticesApi::shown(Request request) {
    const auto actor = co_await guard_.who(request);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "notice_id");
    if (!id) co_return http::problem(request, id.error());
    const auto body = parse_object(request);
    if (!body) co_return http::problem(request, body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    const std::string device = fields.required_text("device", {.max = 36});
    if (!device.empty() && !auth::is_device_id(device)) {
        fields.note("device", ErrorCode::invalid_format);
    }
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    auto job = [this, who = actor->user, id = *id, device](mysql::Connection& db) {
        return mysql::notice_shown(db, who, id, device, clock_());
    };
    const auto found = co_await pool_.transact(std::move(job));
    if (!found) co_return http::problem(request, found.error());
    if (!*found) co_return http::problem(request, ErrorCode::not_found);
    co_return http::no_content();
}

asio::awaitable<Response> NoticesApi::preferences(Request request) {
    const auto actor = co_await guard_.who(request);
    if (!actor) co_return http::problem(request, actor.error());
    // G18: who has set none is told at the hours the administrator set.
    auto job = [this, who = actor->user](mysql::Connection& db) -> Result<Preferences> {
        const auto own = mysql::find_preferences(db, who);
        if (!own) return std::unexpected(own.error());
        if (*own) return **own;
        const auto now = rules_in_force(db, setting_.rules);
        if (!now) return std::unexpected(now.error());
        Preferences usual;
        usual.quiet_from = now->rules.quiet_from;
        usual.quiet_to = now->rules.quiet_to;
        return usual;
    };
    const auto found = co_await pool_.read(std::move(job));
    if (!found) co_return http::problem(request, found.error());
    co_return http::json(preferences_json(*found));
}

asio::awaitable<Response> NoticesApi::set_preferences(Request request) {
    const auto actor = co_await guard_.who(request);
    if (!actor) co_return http::problem(request, actor.error());
    const auto wanted = read_preferences_body(request);
    if (!wanted) co_return http::problem(request, wanted.error());
    auto job = [this, who = actor->user, &wanted](mysql::Connection& db) {
        return mysql::keep_preferences(db, who, *wanted, clock_());
    };
    const auto kept = co_await pool_.transact(std::move(job));
    if (!kept) co_return http::problem(request, kept.error());
    co_return http::json(preferences_json(*wanted));
}

asio::awaitable<Response> NoticesApi::push_key(Request request) {
    const auto actor = co_await guard_.who(request);
    if (!actor) co_return http::problem(request, actor.error());
    co_return http::json(push_key_json(setting_));
}

void NoticesApi::add_routes(std::vector<http::Route>& routes) {
    const auto bind = [this](auto member) {
        return [this, member](Request request) { return (this->*member)(std::move(request)); };
    };
    using enum http::Method;
    routes.push_back({get, "/api/v1/notices", bind(&NoticesApi::list)});
    routes.push_back({post, "/api/v1/notices/read", bind(&NoticesApi::read_all), small_body});
    routes.push_back({post, "/api/v1/notices/{notice_id}/read", bind(&NoticesApi::read_one)});
    routes.push_back(
        {post, "/api/v1/notices/{notice_id}/shown", bind(&NoticesApi::shown), small_body}
    );
    routes.push_back({get, "/api/v1/me/notice-preferences", bind(&NoticesApi::preferences)});
    routes.push_back(
        {put, "/api/v1/me/notice-preferences", bind(&NoticesApi::set_preferences), small_body}
    );
    routes.push_back({get, "/api/v1/push-key", bind(&NoticesApi::push_key)});
}

}  // namespace hotline::api
