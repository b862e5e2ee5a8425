#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// A number that waits to be called back, or did. `ended_as` is a number of the telephony folder's
// enum; none: it waits.
struct Callback {
    std::uint64_t id = 0;
    std::string number;
    int missed = 0;
    ticketing::Instant first_missed_at{};
    ticketing::Instant last_missed_at{};
    std::uint64_t last_call = 0;
    ticketing::EnterpriseId enterprise;
    int tries = 0;
    std::optional<ticketing::Instant> last_try_at;
    ticketing::Instant next_at{};
    ticketing::UserId claimed_by;
    std::optional<ticketing::Instant> claimed_until;
    std::optional<int> ended_as;
    std::optional<ticketing::Instant> ended_at;
    ticketing::UserId ended_by;

    bool claimed(ticketing::Instant now) const {
        return claimed_by && claimed_until && *claimed_until > now;
    }
    bool operator==(const Callback&) const = default;
};

// Locked until the transaction ends.
Result<std::optional<Callback>> lock_callback(Connection& db, std::uint64_t id);
Result<std::optional<Callback>> lock_waiting_callback(Connection& db, std::string_view number);
// The entry a call counts for.
Result<std::optional<Callback>> lock_callback_of_call(Connection& db, std::uint64_t call);

// Whether a call with this number, in either direction, was answered after that.
Result<bool> spoken_since(Connection& db, std::string_view number, ticketing::Instant after);

struct MissedCall {
    std::uint64_t call = 0;  // PhoneCall::id
    std::string number;
    ticketing::Instant at{};
    ticketing::EnterpriseId enterprise;
};
// Counts it for the number's waiting entry, or for a new one.
Result<void> add_missed_call(Connection& db, const MissedCall& missed, ticketing::Instant due);
Result<void> forget_missed_call(Connection& db, std::uint64_t call);

// Everything of it that moves.
Result<void> store_callback(Connection& db, const Callback& callback);
// Those that wait for a call a ticket was filed with; by the platform's name of the call.
Result<std::vector<Callback>> lock_callbacks_of_calls(
    Connection& db, const std::vector<std::string>& call_ids
);

struct CallbackTry {
    std::uint64_t callback = 0;
    int number = 0;  // 1, 2 …
    ticketing::Instant at{};
    ticketing::UserId user;
    int outcome = 0;
    std::string note;
    std::string key;
    std::string user_name;  // read only
};
Result<void> add_callback_try(Connection& db, const CallbackTry& one);
Result<std::optional<CallbackTry>> find_callback_try(
    Connection& db, std::uint64_t callback, ticketing::UserId user, std::string_view key
);

struct SeenCallback {
    std::uint64_t callback = 0;
    int missed = 0;
};
Result<void> see_callbacks(
    Connection& db, ticketing::UserId user, std::span<const SeenCallback> seen
);

// As people look at one.
struct CallbackLine {
    Callback callback;
    bool seen = false;  // every missed call of it, by who asks
    std::string enterprise_name;
    std::string claimed_by_name;
    std::string ended_by_name;
    std::string call_id;  // the platform's name of the last missed call
    std::string queue;
    std::string ticket_no;           // the latest filed with one of its calls
    std::vector<CallbackTry> tries;  // in their order
};
struct CallbackListing {
    ticketing::UserId asker;
    bool waiting = true;   // in the order they are due; else those that ended, the latest first
    std::uint64_t id = 0;  // this one alone, whatever it has come to
    std::size_t limit = 200;
};
Result<std::vector<CallbackLine>> list_callbacks(Connection& db, const CallbackListing& listing);

struct CallbackCounts {
    std::uint64_t waiting = 0;
    std::uint64_t due = 0;     // now, and claimed by nobody
    std::uint64_t unseen = 0;  // by who asks
};
Result<CallbackCounts> count_callbacks(
    Connection& db, ticketing::UserId asker, ticketing::Instant now
);

}  // namespace hotline::mysql
