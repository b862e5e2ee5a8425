#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

enum class DeviceKind { web_push = 1, unified_push = 2 };  // persisted

// A telephone or browser of an account, and where it is pushed to.
struct Device {
    std::string id;
    ticketing::UserId account;
    std::string name;
    DeviceKind kind = DeviceKind::web_push;
    std::string endpoint;  // "": no subscription
    std::string p256dh;
    std::string auth;
    ticketing::Instant created_at;
    ticketing::Instant seen_at;
    std::optional<ticketing::Instant> wiped_at;
    bool last_word_due = false;  // it is wiped, and its push service has not taken that yet
};

// Those that are not wiped, the newest first.
Result<std::vector<Device>> list_devices(Connection& db, ticketing::UserId account);
// Those wiped after `since`, the last one first.
Result<std::vector<Device>> list_wiped_devices(
    Connection& db, ticketing::UserId account, ticketing::Instant since
);
// Replaces what was known of it; a device that changed hands is the new one's. False: it is wiped
// and stays so.
Result<bool> keep_device(Connection& db, const Device& device);

// Marks it wiped, keeps its subscription for the last word, ends its sessions. Nothing when the
// account has no such device; whose sessions ended, its owner's at least.
Result<std::optional<std::vector<ticketing::UserId>>> wipe_device(
    Connection& db, ticketing::UserId account, std::string_view id, ticketing::Instant now
);

// All of an account's: which they were, and whose sessions ended.
struct WipedAll {
    std::vector<std::string> devices;
    std::vector<ticketing::UserId> whose;
};
Result<WipedAll> wipe_devices(Connection& db, ticketing::UserId account, ticketing::Instant now);

// Wiped after `since`, with the instant.
struct WipedDevice {
    std::string id;
    ticketing::Instant at;
};
Result<std::vector<WipedDevice>> wiped_since(Connection& db, ticketing::Instant since);

// Wiped ones whose subscription is still to be told; leased like deliveries.
Result<std::vector<Device>> take_last_words(
    Connection& db, ticketing::Instant now, std::chrono::milliseconds lease, std::size_t limit
);
// Told, or cannot be: forgotten.
Result<void> forget_wiped(Connection& db, std::string_view id);

}  // namespace hotline::mysql
