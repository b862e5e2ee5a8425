#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/notice_store.hpp"
#include "ticketing/notices/channel.hpp"
#include "ticketing/notices/plan.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

// One notice by one channel: queued, taken under a lease, sent, and what came of it.
namespace hotline::mysql {

struct Delivery {
    std::uint64_t id = 0;
    unsigned attempts = 0;  // before this one
    ticketing::Instant made_at;
    Notice notice;
    ticketing::notices::Language language = ticketing::notices::Language::chinese;
    bool moot = false;  // acknowledged or ended meanwhile: not to be sent
    std::string login;
    std::string staff_no;
    std::string phone;
    std::string device;
    std::string endpoint;
    std::string p256dh;
    std::string auth;
};

// Takes what is due on the channel, oldest first, and leases it: whoever asks later than now +
// `lease` gets what is still queued then.
Result<std::vector<Delivery>> take_deliveries(
    Connection& db,
    ticketing::notices::Channel channel,
    ticketing::Instant now,
    std::chrono::milliseconds lease,
    std::size_t limit
);

enum class DeliveryState { queued = 1, sent = 2, failed = 3, given_up = 4 };

struct DeliveryResult {
    std::uint64_t id = 0;
    std::uint64_t notice = 0;
    DeliveryState state = DeliveryState::sent;
    std::optional<ticketing::Instant> retry_at;  // while queued
    ticketing::Instant at;
    std::string vendor_id;
    std::string detail;
    std::string forget_device;  // its subscription is dead
    bool reaches = true;        // a channel took it: the notice is delivered
};
Result<void> record_deliveries(Connection& db, std::span<const DeliveryResult> results);

// A page of the receiver was open and has it.
Result<void> record_shown_live(
    Connection& db, const std::vector<std::uint64_t>& notices, ticketing::Instant at
);

}  // namespace hotline::mysql
