#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/outbox_store.hpp"
#include "ticketing/types/event.hpp"
#include "ticketing/types/ticket.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hotline::mysql {

enum class WebhookDeliveryState { waiting = 1, delivered = 2, given_up = 3 };

// One message for one endpoint.
struct WebhookDelivery {
    std::uint64_t id = 0;
    std::uint64_t webhook = 0;
    ticketing::TicketId ticket;  // none: a ping
    std::uint32_t seq = 0;
    int kind = 0;  // webhooks::Kind
    std::string message_id;
    std::string body;
    WebhookDeliveryState state = WebhookDeliveryState::waiting;
    unsigned attempts = 0;
    ticketing::Instant next_at;
    ticketing::Instant give_up_at;
    ticketing::Instant created_at;
    std::optional<ticketing::Instant> finished_at;
    unsigned status = 0;
    std::string fault;
};

// What the outbox rows tell of: the event with the ticket it changed, of the latter what may be
// told (A14) and what decides whether it may.
struct ToldEvent {
    ticketing::Event event;  // without its texts and hashes
    ticketing::Ticket ticket;
};
Result<std::vector<ToldEvent>> told_events(Connection& db, std::span<const OutboxRow> rows);

Result<void> insert_deliveries(Connection& db, std::span<const WebhookDelivery> deliveries);

// The endpoints (ids) for which something is due.
Result<std::vector<std::uint64_t>> webhooks_with_work(Connection& db, ticketing::Instant now);

// One message of this endpoint whose time has come, leased until now + `lease`: of each ticket the
// first that waits, so that none overtakes another. Rows others have in hand are passed over.
Result<std::optional<WebhookDelivery>> take_delivery(
    Connection& db, std::uint64_t webhook, ticketing::Instant now, std::chrono::milliseconds lease
);

// How an attempt ended: `state`, `next_at`, `finished_at`, `status` and `fault` are written. One
// that others settled meanwhile (a lease ran out) stays as it is.
Result<void> settle_delivery(Connection& db, const WebhookDelivery& delivery);

struct DeliveryPage {
    std::optional<WebhookDeliveryState> state;
    std::uint64_t before = 0;  // 0: from the newest
    std::size_t limit = 50;
};
// Newest first, without bodies.
Result<std::vector<WebhookDelivery>> list_deliveries(
    Connection& db, std::uint64_t webhook, const DeliveryPage& page
);
Result<std::optional<WebhookDelivery>> find_delivery(
    Connection& db, std::uint64_t webhook, std::uint64_t id
);
// Due at once, with a new term. not_found when there is none.
Result<void> send_again(
    Connection& db,
    std::uint64_t webhook,
    std::uint64_t id,
    ticketing::Instant now,
    ticketing::Instant give_up_at
);

// Finished before `before`, or waiting since longer for an endpoint that is off or gone; at most
// 1 000 a call.
Result<std::uint64_t> purge_deliveries(Connection& db, ticketing::Instant before);

struct DeliveryCounts {
    std::uint64_t waiting = 0;
    std::uint64_t switched_off = 0;  // endpoints, by the server
};
Result<DeliveryCounts> count_deliveries(Connection& db);

}  // namespace hotline::mysql
