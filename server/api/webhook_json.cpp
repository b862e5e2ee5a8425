#include "server/api/webhook_json.hpp"

#include "integrations/http/url.hpp"
#include "integrations/webhooks/event.hpp"
#include "server/api/dto.hpp"
#include "ticketing/json_text.hpp"

namespace hotline::api {
namespace {

using mysql::Webhook;
using mysql::WebhookDelivery;
using mysql::WebhookDeliveryState;
using ticketing::JsonObject;

std::string_view word_of(WebhookDeliveryState state) {
    switch (state) {
        case WebhookDeliveryState::waiting:
            return "waiting";
        case WebhookDeliveryState::delivered:
            return "delivered";
        case WebhookDeliveryState::given_up:
            break;
    }
    return "given_up";
}

void add_instant(
    JsonObject& out, std::string_view name, const std::optional<ticketing::Instant>& at
) {
    if (at) out.text(name, to_text(*at));
}

void fill_delivery(JsonObject& out, const WebhookDelivery& delivery) {
    const auto kind = static_cast<webhooks::Kind>(delivery.kind);
    out.number("id", static_cast<std::int64_t>(delivery.id));
    out.text("event", ticketing::name(kind)).text("message_id", delivery.message_id);
    out.text("state", word_of(delivery.state)).number("attempts", delivery.attempts);
    if (delivery.status != 0) out.number("status", delivery.status);
    if (!delivery.fault.empty()) out.text("fault", delivery.fault);
    out.text("created_at", to_text(delivery.created_at));
    if (delivery.state == WebhookDeliveryState::waiting)
        out.text("next_at", to_text(delivery.next_at));
    add_instant(out, "finished_at", delivery.finished_at);
}

// The URL of an endpoint is checked again at every attempt, by its address.
void check_url(
    Fields& fields, const std::string& url, const std::vector<std::string>& hosts, bool plain
) {
    const auto parsed = http_client::parse_url(url);
    if (!parsed || (!parsed->secure && !plain)) {
        fields.note("url", ErrorCode::invalid_format, "https://");
    } else if (!http_client::host_admitted(hosts, parsed->host)) {
        fields.note("url", ErrorCode::not_in_list);
    }
}

std::optional<std::string> events_of(const boost::json::object& body, Fields& fields) {
    if (!fields.has("events")) return std::nullopt;
    std::set<webhooks::Kind> kinds;
    const auto& value = body.at("events");
    if (!value.is_array()) {
        fields.note("events", ErrorCode::wrong_type);
        return std::nullopt;
    }
    for (const auto& entry : value.get_array()) {
        const auto kind = entry.is_string()
                              ? ticketing::from_name<webhooks::Kind>(entry.get_string())
                              : std::nullopt;
        if (!kind || *kind == webhooks::Kind::ping) {
            fields.note("events", ErrorCode::not_in_list);
            return std::nullopt;
        }
        kinds.insert(*kind);
    }
    return webhooks::list_of(kinds);
}

}  // namespace

std::string webhook_json(const Webhook& webhook) {
    JsonObject out;
    out.number("id", static_cast<std::int64_t>(webhook.id)).text("name", webhook.name);
    out.text("url", webhook.url).raw("active", webhook.active ? "true" : "false");
    out.raw("events", ticketing::json_array(webhooks::kinds_from(webhook.kinds), [](auto kind) {
                return ticketing::json_string(ticketing::name(kind));
            }));
    out.text("created_at", to_text(webhook.created_at));
    out.number("waiting", static_cast<std::int64_t>(webhook.waiting));
    out.number("failures", webhook.failures);
    add_instant(out, "failing_since", webhook.failing_since);
    add_instant(out, "paused_until", webhook.paused_until);
    add_instant(out, "succeeded_at", webhook.succeeded_at);
    add_instant(out, "switched_off_at", webhook.switched_off_at);
    add_instant(out, "secret_changed_at", webhook.rotated_at);
    return out.str();
}

std::string delivery_json(const WebhookDelivery& delivery) {
    JsonObject out;
    fill_delivery(out, delivery);
    return out.str();
}

std::string whole_delivery_json(const WebhookDelivery& delivery) {
    JsonObject out;
    fill_delivery(out, delivery);
    return out.text("body", delivery.body).str();
}

Result<Webhook> read_webhook(
    const http::Request& request, Webhook into, const std::vector<std::string>& hosts, bool plain
) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    const bool fresh = into.id == 0;
    if (fresh || fields.has("name")) into.name = fields.required_text("name", {.max = 80});
    if (fresh || fields.has("url")) {
        into.url = fields.required_text("url", {.max = 500});
        if (!into.url.empty()) check_url(fields, into.url, hosts, plain);
    }
    if (auto events = events_of(*body, fields)) into.kinds = std::move(*events);
    into.active = fields.flag("active").value_or(into.active);
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return into;
}

}  // namespace hotline::api
