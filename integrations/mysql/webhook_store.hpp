#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotline::mysql {

// An endpoint of another system.
struct Webhook {
    std::uint64_t id = 0;
    std::string name;
    std::string url;
    std::string kinds;  // comma separated; empty: everything
    bool active = true;
    std::uint32_t generation = 1;  // of its secret
    std::optional<ticketing::Instant> rotated_at;
    ticketing::UserId created_by;
    ticketing::Instant created_at;
    std::uint32_t failures = 0;
    std::optional<ticketing::Instant> failing_since;
    std::optional<ticketing::Instant> paused_until;
    std::optional<ticketing::Instant> succeeded_at;
    std::optional<ticketing::Instant> switched_off_at;
    std::uint64_t waiting = 0;  // deliveries; filled by list_webhooks

    bool operator==(const Webhook&) const = default;
};

Result<std::vector<Webhook>> list_webhooks(Connection& db);
// The active ones, without `waiting`.
Result<std::vector<Webhook>> active_webhooks(Connection& db);
Result<std::optional<Webhook>> find_webhook(Connection& db, std::uint64_t id, bool lock = false);
Result<std::size_t> count_webhooks(Connection& db);

// Gives the id. Only name, url, kinds, active, created_by and created_at are read.
Result<std::uint64_t> insert_webhook(Connection& db, const Webhook& webhook);
// Name, url, kinds and whether it is active. One that is switched on begins anew.
Result<void> update_webhook(Connection& db, const Webhook& webhook);
Result<void> next_webhook_secret(Connection& db, std::uint64_t id, ticketing::Instant now);
// With its deliveries.
Result<void> delete_webhook(Connection& db, std::uint64_t id);

// After an attempt.
Result<void> webhook_succeeded(Connection& db, std::uint64_t id, ticketing::Instant now);
// The count of failures since the last success, this one included, and since when.
struct WebhookFailing {
    std::uint32_t failures = 0;
    ticketing::Instant since;
};
Result<WebhookFailing> webhook_failed(Connection& db, std::uint64_t id, ticketing::Instant now);
Result<void> pause_webhook(Connection& db, std::uint64_t id, ticketing::Instant until);
// False when it was off already.
Result<bool> switch_off_webhook(Connection& db, std::uint64_t id, ticketing::Instant now);

}  // namespace hotline::mysql
