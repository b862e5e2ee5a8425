#include "server/api/webhooks.hpp"

#include "integrations/mysql/webhook_deliveries.hpp"
#include "integrations/webhooks/retry.hpp"
#include "server/actions/queue_webhooks.hpp"
#include "server/api/dto.hpp"
#include "server/api/webhook_json.hpp"
#include "server/auth/audit.hpp"
#include "ticketing/json_text.hpp"

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::Connection;
using mysql::Webhook;
using ticketing::JsonObject;
using ticketing::Verb;

namespace {

constexpr std::size_t webhook_body = 16 * 1024;
// Each may have four messages under way: so many connections are bearable.
constexpr std::size_t most_webhooks = 50;

std::string object_of(std::uint64_t id) {
    return "webhook:" + std::to_string(id);
}

Result<Webhook> existing(Connection& db, std::uint64_t id, bool lock = false) {
    auto found = mysql::find_webhook(db, id, lock);
    if (!found) return std::unexpected(found.error());
    if (!*found) return fail(ErrorCode::not_found);
    return std::move(**found);
}

std::string with_secret(const Webhook& webhook, std::string_view key) {
    JsonObject out;
    out.raw("webhook", webhook_json(webhook));
    return out.text("secret", actions::webhook_secret_of(key, webhook)).str();
}

std::string audit_detail(const Webhook& webhook) {
    return JsonObject().text("name", webhook.name).text("url", webhook.url).str();
}

}  // namespace

// One request on its way: who asks, of which endpoint.
struct WebhooksApi::Asked {
    auth::Caller caller;
    ticketing::Actor actor;
    ticketing::Instant now;
    std::uint64_t id = 0;
    std::uint64_t delivery = 0;

    Result<void> note(
        Connection& db, std::string action, std::uint64_t webhook, std::string detail = "{}"
    ) const {
        return auth::record(
            db,
            auth::audit_entry(
                caller, actor, std::move(action), object_of(webhook), now, std::move(detail)
            )
        );
    }
};

WebhooksApi::WebhooksApi(
    auth::Guard& guard, mysql::Pool& pool, WebhookRules rules, auth::Clock clock
)
    : guard_(guard), pool_(pool), rules_(std::move(rules)), clock_(std::move(clock)) {}

asio::awaitable<Result<WebhooksApi::Asked>> WebhooksApi::admit(const Request& request) {
    auto actor = co_await guard_.who_may(request, Verb::token_admin);
    if (!actor) co_return std::unexpected(actor.error());
    Asked asked{auth::caller_of(request), std::move(*actor), clock_()};
    for (const auto& [name, place] :
         {std::pair("webhook_id", &asked.id), std::pair("delivery_id", &asked.delivery)}) {
        if (!request.params.contains(name)) continue;
        const auto id = path_id(request, name);
        if (!id) co_return std::unexpected(id.error());
        *place = *id;
    }
    co_return asked;
}

asio::awaitable<Response> WebhooksApi::list(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    const auto found = co_await pool_.read(mysql::list_webhooks);
    if (!found) co_return http::problem(request, found.error());
    JsonObject out;
    out.raw("items", ticketing::json_array(*found, webhook_json));
    co_return http::json(out.str());
}

asio::awaitable<Response> WebhooksApi::create(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    auto wanted = read_webhook(request, {}, rules_.hosts, rules_.stand_ins);
    if (!wanted) co_return http::problem(request, wanted.error());
    wanted->created_by = asked->actor.user;
    wanted->created_at = asked->now;
    auto job = [&](Connection& db) -> Result<Webhook> {
        const auto count = mysql::count_webhooks(db);
        if (!count) return std::unexpected(count.error());
        if (*count >= most_webhooks) return fail(ErrorCode::conflict);
        const auto id = mysql::insert_webhook(db, *wanted);
        if (!id) return std::unexpected(id.error());
        if (auto ok = asked->note(db, "webhook.create", *id, audit_detail(*wanted)); !ok) {
            return std::unexpected(ok.error());
        }
        return existing(db, *id);
    };
    const auto made = co_await pool_.transact(std::move(job));
    if (!made) co_return http::problem(request, made.error());
    co_return http::json(with_secret(*made, rules_.key), 201);
}

asio::awaitable<Response> WebhooksApi::change(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    auto job = [&](Connection& db) -> Result<Webhook> {
        auto before = existing(db, asked->id, true);
        if (!before) return before;
        const auto after = read_webhook(request, *before, rules_.hosts, rules_.stand_ins);
        if (!after) return after;
        if (auto ok = mysql::update_webhook(db, *after); !ok) return std::unexpected(ok.error());
        if (auto ok = asked->note(db, "webhook.change", asked->id, audit_detail(*after)); !ok) {
            return std::unexpected(ok.error());
        }
        return existing(db, asked->id);
    };
    const auto changed = co_await pool_.transact(std::move(job));
    if (!changed) co_return http::problem(request, changed.error());
    co_return http::json(webhook_json(*changed));
}

asio::awaitable<Response> WebhooksApi::remove(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    auto job = [&](Connection& db) -> Result<void> {
        if (auto gone = mysql::delete_webhook(db, asked->id); !gone) return gone;
        return asked->note(db, "webhook.delete", asked->id);
    };
    const auto done = co_await pool_.transact(std::move(job));
    if (!done) co_return http::problem(request, done.error());
    co_return http::no_content();
}

asio::awaitable<Response> WebhooksApi::new_secret(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    auto job = [&](Connection& db) -> Result<Webhook> {
        if (auto ok = mysql::next_webhook_secret(db, asked->id, asked->now); !ok) {
            return std::unexpected(ok.error());
        }
        if (auto ok = asked->note(db, "webhook.secret", asked->id); !ok) {
            return std::unexpected(ok.error());
        }
        return existing(db, asked->id);
    };
    const auto changed = co_await pool_.transact(std::move(job));
    if (!changed) co_return http::problem(request, changed.error());
    co_return http::json(with_secret(*changed, rules_.key));
}

asio::awaitable<Response> WebhooksApi::ping(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    auto job = [&](Connection& db) -> Result<std::uint64_t> {
        const auto webhook = existing(db, asked->id);
        if (!webhook) return std::unexpected(webhook.error());
        return actions::queue_ping(db, *webhook, asked->now, to_text);
    };
    const auto queued = co_await pool_.transact(std::move(job));
    if (!queued) co_return http::problem(request, queued.error());
    JsonObject out;
    out.number("delivery_id", static_cast<std::int64_t>(*queued));
    co_return http::json(out.str(), 202);
}

asio::awaitable<Response> WebhooksApi::deliveries(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    mysql::DeliveryPage page;
    page.before = static_cast<std::uint64_t>(query.integer("cursor", {.min = 0}).value_or(0));
    const std::size_t limit = query.limit(50, 200);
    page.limit = limit + 1;
    const std::string state = query.text("state", 20).value_or("");
    if (state == "waiting") page.state = mysql::WebhookDeliveryState::waiting;
    if (state == "delivered") page.state = mysql::WebhookDeliveryState::delivered;
    if (state == "given_up") page.state = mysql::WebhookDeliveryState::given_up;
    if (!state.empty() && !page.state) {
        errors.push_back({"state", ErrorCode::not_in_list, "waiting, delivered, given_up"});
    }
    if (const auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    using Found = Result<std::vector<mysql::WebhookDelivery>>;
    auto job = [&](Connection& db) -> Found {
        if (const auto there = existing(db, asked->id); !there) {
            return std::unexpected(there.error());
        }
        return mysql::list_deliveries(db, asked->id, page);
    };
    auto found = co_await pool_.read(std::move(job));
    if (!found) co_return http::problem(request, found.error());
    JsonObject out;
    if (found->size() > limit) {
        found->resize(limit);
        out.text("next_cursor", std::to_string(found->back().id));
    }
    out.raw("items", ticketing::json_array(*found, delivery_json));
    co_return http::json(out.str());
}

asio::awaitable<Response> WebhooksApi::delivery(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    auto job = [&](Connection& db) { return mysql::find_delivery(db, asked->id, asked->delivery); };
    const auto found = co_await pool_.read(std::move(job));
    if (!found) co_return http::problem(request, found.error());
    if (!*found) co_return http::problem(request, ErrorCode::not_found);
    co_return http::json(whole_delivery_json(**found));
}

asio::awaitable<Response> WebhooksApi::redeliver(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    auto job = [&](Connection& db) -> Result<void> {
        const auto until = asked->now + webhooks::longest;
        auto again = mysql::send_again(db, asked->id, asked->delivery, asked->now, until);
        if (!again) return again;
        return asked->note(db, "webhook.redeliver", asked->id);
    };
    const auto done = co_await pool_.transact(std::move(job));
    if (!done) co_return http::problem(request, done.error());
    co_return http::no_content();
}

void WebhooksApi::add_routes(std::vector<http::Route>& routes) {
    using enum http::Method;
    using Member = asio::awaitable<Response> (WebhooksApi::*)(Request);
    const auto add = [&](http::Method method, std::string_view pattern, Member member) {
        auto handler = [this, member](Request r) { return (this->*member)(std::move(r)); };
        routes.push_back({method, pattern, handler, webhook_body});
    };
    constexpr std::string_view all = "/api/v1/webhooks";
    constexpr std::string_view one = "/api/v1/webhooks/{webhook_id}";
    constexpr std::string_view sent = "/api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}";
    add(get, all, &WebhooksApi::list);
    add(post, all, &WebhooksApi::create);
    add(patch, one, &WebhooksApi::change);
    add(del, one, &WebhooksApi::remove);
    add(post, "/api/v1/webhooks/{webhook_id}/secret", &WebhooksApi::new_secret);
    add(post, "/api/v1/webhooks/{webhook_id}/ping", &WebhooksApi::ping);
    add(get, "/api/v1/webhooks/{webhook_id}/deliveries", &WebhooksApi::deliveries);
    add(get, sent, &WebhooksApi::delivery);
    add(post,
        "/api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver",
        &WebhooksApi::redeliver);
}

}  // namespace hotline::api
