#pragma once

#include "integrations/mysql/outbox_store.hpp"
#include "integrations/mysql/webhook_store.hpp"
#include "ticketing/types/directory.hpp"

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::actions {

// Puts what the outbox rows tell of in line for every endpoint that wants it (V1 to V3), in the
// transaction that takes the rows. Those taken before are in line already.
Result<void> queue_webhooks(
    mysql::Connection& db,
    std::span<const mysql::OutboxRow> rows,
    const ticketing::Directory& directory,
    ticketing::Instant now,
    std::string (*at_text)(ticketing::Instant)
);

// Puts a ping in line. One a second and endpoint: conflict.
Result<std::uint64_t> queue_ping(
    mysql::Connection& db,
    const mysql::Webhook& webhook,
    ticketing::Instant now,
    std::string (*at_text)(ticketing::Instant)
);

// V4: the secret its receiver verifies by, and for a day after a change the one before it as well.
std::string webhook_secret_of(std::string_view key, const mysql::Webhook& webhook);
std::vector<std::string> webhook_secrets(
    std::string_view key, const mysql::Webhook& webhook, ticketing::Instant now
);

}  // namespace hotline::actions
