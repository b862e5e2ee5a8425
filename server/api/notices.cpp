#include "server/api/notices.hpp"

#include "integrations/mysql/bulletin_store.hpp"
#include "integrations/mysql/notice_prefs.hpp"
#include "integrations/mysql/notice_store.hpp"
#include "server/api/dto.hpp"
#include "server/api/notice_json.hpp"
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

constexpr std::size_t small_body = 4096;
constexpr std::size_t most_unread = 999;

// Supervisors and administrators: who keeps the directory speaks to everybody in it (A11).
constexpr auto to_everybody = ticketing::Verb::directory_keep;

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
    return NoticePage{std::move(*items), *unread, preferences->language};
}

Result<mysql::Bulletin> read_bulletin(
    const Request& request, const ticketing::Directory& directory
) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    mysql::Bulletin bulletin;
    bulletin.title = fields.required_text("title", {.min = 2, .max = 60});
    bulletin.body = fields.required_text("body", {.min = 2, .max = 500});
    if (auto audience = fields.object("audience")) {
        for (const auto unit : audience->ids<ticketing::UnitId>("units", 200)) {
            if (directory.unit(unit) == nullptr) {
                audience->note("units", ErrorCode::unknown_reference);
                break;
            }
            const auto& below = directory.subtree(unit);
            bulletin.units.insert(bulletin.units.end(), below.begin(), below.end());
        }
        for (const auto& role : audience->texts("roles", 8)) {
            const auto known = ticketing::from_name<ticketing::Role>(role);
            if (!known) {
                audience->note("roles", ErrorCode::not_in_list);
                break;
            }
            bulletin.roles.push_back(*known);
        }
        audience->refuse_others();
    }
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return bulletin;
}

std::string progress_json(const mysql::BulletinProgress& progress) {
    const auto number = [](std::size_t value) { return static_cast<std::int64_t>(value); };
    JsonObject out;
    out.number("id", number(progress.bulletin.id)).text("at", to_text(progress.bulletin.at));
    out.text("title", progress.bulletin.title);
    out.number("receivers", number(progress.bulletin.receivers));
    out.number("told", number(progress.told)).number("read", number(progress.read));
    out.raw("channels", ticketing::json_array(progress.channels, [&](const auto& one) {
                JsonObject channel;
                channel.text("channel", ticketing::name(one.channel));
                channel.number("queued", number(one.queued)).number("sent", number(one.sent));
                return channel.number("failed", number(one.failed)).str();
            }));
    return out.str();
}

}  // namespace

NoticesApi::NoticesApi(
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    auth::Clock clock,
    NoticeSetting setting,
    std::function<void()> ring
)
    : guard_(guard),
      pool_(pool),
      city_(city),
      clock_(std::move(clock)),
      setting_(std::move(setting)),
      ring_(std::move(ring)) {}

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
    auto job = [who = actor->user](mysql::Connection& db) {
        return mysql::find_preferences(db, who);
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

asio::awaitable<Response> NoticesApi::rules(Request request) {
    const auto actor = co_await guard_.who_may(request, to_everybody);
    if (!actor) co_return http::problem(request, actor.error());
    co_return http::json(notice_rules_json(setting_));
}

asio::awaitable<Response> NoticesApi::send_bulletin(Request request) {
    const auto actor = co_await guard_.who_may(request, to_everybody);
    if (!actor) co_return http::problem(request, actor.error());
    auto wanted = read_bulletin(request, city_.current()->directory);
    if (!wanted) co_return http::problem(request, wanted.error());
    wanted->at = clock_();
    wanted->author = actor->user;
    const auto caller = auth::caller_of(request);
    auto job = [&](mysql::Connection& db) -> Result<mysql::Bulletin> {
        auto made = mysql::add_bulletin(db, *wanted);
        if (!made) return made;
        JsonObject detail;
        detail.number("receivers", static_cast<std::int64_t>(made->receivers));
        const auto entry = auth::audit_entry(
            caller,
            *actor,
            "bulletin.send",
            "bulletin:" + std::to_string(made->id),
            made->at,
            detail.str()
        );
        if (const auto ok = auth::record(db, entry); !ok) return std::unexpected(ok.error());
        return made;
    };
    const auto made = co_await pool_.transact(std::move(job));
    if (!made) co_return http::problem(request, made.error());
    if (ring_) ring_();
    JsonObject out;
    out.number("id", static_cast<std::int64_t>(made->id));
    out.number("receivers", static_cast<std::int64_t>(made->receivers));
    co_return http::json(out.str(), 202);
}

asio::awaitable<Response> NoticesApi::bulletin(Request request) {
    const auto actor = co_await guard_.who_may(request, to_everybody);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "bulletin_id");
    if (!id) co_return http::problem(request, id.error());
    auto job = [id = *id](mysql::Connection& db) { return mysql::bulletin_progress(db, id); };
    const auto found = co_await pool_.read(std::move(job));
    if (!found) co_return http::problem(request, found.error());
    if (!*found) co_return http::problem(request, ErrorCode::not_found);
    co_return http::json(progress_json(**found));
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
    routes.push_back({get, "/api/v1/notice-rules", bind(&NoticesApi::rules)});
    routes.push_back({post, "/api/v1/bulletins", bind(&NoticesApi::send_bulletin), small_body});
    routes.push_back({get, "/api/v1/bulletins/{bulletin_id}", bind(&NoticesApi::bulletin)});
}

}  // namespace hotline::api
