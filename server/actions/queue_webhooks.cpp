#include "server/actions/queue_webhooks.hpp"

#include "integrations/crypto/webhook.hpp"
#include "integrations/mysql/store_error.hpp"
#include "integrations/mysql/webhook_deliveries.hpp"
#include "integrations/webhooks/event.hpp"
#include "integrations/webhooks/retry.hpp"
#include "ticketing/published.hpp"

namespace hotline::actions {
namespace {

using mysql::Webhook;
using mysql::WebhookDelivery;
using ticketing::Instant;

constexpr std::chrono::hours both_secrets{24};

std::string secret_of_generation(
    std::string_view key, const Webhook& webhook, std::uint32_t generation
) {
    std::string name = std::to_string(webhook.id);
    name += ' ' + std::to_string(webhook.created_at.time_since_epoch().count());
    name += ' ' + std::to_string(generation);
    return crypto::webhook_secret(key, name);
}

WebhookDelivery message(std::uint64_t webhook, webhooks::Kind kind, Instant now) {
    WebhookDelivery one;
    one.webhook = webhook;
    one.kind = static_cast<int>(kind);
    one.next_at = now;
    one.created_at = now;
    one.give_up_at = now + webhooks::longest;
    return one;
}

struct Listener {
    std::uint64_t id = 0;
    std::set<webhooks::Kind> kinds;  // empty: everything
};

}  // namespace

Result<void> queue_webhooks(
    mysql::Connection& db,
    std::span<const mysql::OutboxRow> rows,
    const ticketing::Directory& directory,
    Instant now,
    std::string (*at_text)(Instant)
) {
    const auto active = mysql::active_webhooks(db);
    if (!active) return std::unexpected(active.error());
    std::vector<mysql::OutboxRow> fresh;
    for (const auto& row : rows) {
        if (row.attempts == 1) fresh.push_back(row);
    }
    if (active->empty() || fresh.empty()) return {};
    std::vector<Listener> listeners;
    for (const Webhook& one : *active) {
        listeners.push_back({one.id, webhooks::kinds_from(one.kinds)});
    }
    const auto events = mysql::told_events(db, fresh);
    if (!events) return std::unexpected(events.error());
    std::vector<WebhookDelivery> deliveries;
    for (const auto& [event, ticket] : *events) {
        const auto kind = webhooks::kind_of(event.act, event.from, event.to);
        if (!kind || !ticketing::tells_outside(ticket)) continue;
        const webhooks::Step step{*kind, event.seq, event.to, event.at};
        for (const Listener& listener : listeners) {
            if (!listener.kinds.empty() && !listener.kinds.contains(*kind)) continue;
            WebhookDelivery& one = deliveries.emplace_back(message(listener.id, *kind, now));
            one.ticket = event.ticket;
            one.seq = event.seq;
            one.message_id = webhooks::message_id(ticket.number, event.seq);
            one.body = webhooks::body_of(step, ticket, directory, at_text);
        }
    }
    return mysql::insert_deliveries(db, deliveries);
}

Result<std::uint64_t> queue_ping(
    mysql::Connection& db, const Webhook& webhook, Instant now, std::string (*at_text)(Instant)
) {
    WebhookDelivery one = message(webhook.id, webhooks::Kind::ping, now);
    const auto second = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    one.seq = static_cast<std::uint32_t>(second);
    one.message_id =
        "ping_" + std::to_string(webhook.id) + "_" + std::to_string(now.time_since_epoch().count());
    one.body = webhooks::ping_body(one.message_id, at_text(now));
    const auto queued = mysql::insert_deliveries(db, {&one, 1});
    if (!queued) {
        const bool twice = mysql::is_duplicate(queued.error(), "webhook_delivery_event");
        if (twice) return fail(ErrorCode::conflict);
        return std::unexpected(queued.error());
    }
    return db.last_id();
}

std::string webhook_secret_of(std::string_view key, const Webhook& webhook) {
    return secret_of_generation(key, webhook, webhook.generation);
}

std::vector<std::string> webhook_secrets(
    std::string_view key, const Webhook& webhook, Instant now
) {
    std::vector<std::string> secrets{webhook_secret_of(key, webhook)};
    const bool changed_lately = webhook.rotated_at && *webhook.rotated_at + both_secrets > now;
    if (changed_lately && webhook.generation > 1) {
        secrets.push_back(secret_of_generation(key, webhook, webhook.generation - 1));
    }
    return secrets;
}

}  // namespace hotline::actions
