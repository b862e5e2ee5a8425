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

// What there is of a call's recording: see recording_store.hpp.
struct RecordingFacts {
    int state = 1;
    std::optional<std::int64_t> seconds;
    std::optional<ticketing::Instant> keep_until;
    std::optional<ticketing::Instant> deleted_at;

    bool operator==(const RecordingFacts&) const = default;
};

// A telephone call as far as its events are known. `state` and `direction` are numbers of the
// telephony folder's enums.
struct PhoneCall {
    std::uint64_t id = 0;
    std::string source;
    std::string call_id;
    int state = 1;
    int direction = 1;
    std::string ani;
    std::string dnis;
    std::string queue;
    ticketing::UserId agent;
    ticketing::EnterpriseId enterprise;
    std::optional<ticketing::Instant> offered_at;
    std::optional<ticketing::Instant> queued_at;
    std::optional<ticketing::Instant> ringing_at;
    std::optional<ticketing::Instant> answered_at;
    std::optional<ticketing::Instant> ended_at;
    std::string recording;
    std::optional<int> score;  // of the survey after it
    std::int64_t last_seq = 0;
    std::string agent_name;  // read only
    // Read only: the latest ticket filed with this call, or the one it was made for.
    std::string ticket_no;
    std::optional<RecordingFacts> recorded;  // read only

    bool operator==(const PhoneCall&) const = default;
};

// An event as it came, `body` being the sender's own text of it in a form of the caller's.
struct CallEvent {
    std::string source;
    std::string event_id;
    std::string call_id;
    std::string type;
    ticketing::Instant occurred_at;
    ticketing::Instant received_at;
    std::string body;
};

// Which of these event ids of this source are there already.
Result<std::vector<std::string>> known_call_events(
    Connection& db, std::string_view source, const std::vector<std::string>& event_ids
);

// Makes rows for calls not seen before, locks all of them, and reads them. `call_ids` must be
// sorted, so that two of these cannot wait for each other.
Result<std::vector<PhoneCall>> lock_calls(
    Connection& db, std::string_view source, const std::vector<std::string>& call_ids
);

// is_duplicate(error, "PRIMARY"): another transaction was quicker with one of them; begin anew.
Result<void> insert_call_events(Connection& db, std::span<const CallEvent> events);

// Every event of these calls, in no order that matters.
Result<std::vector<CallEvent>> read_call_events(
    Connection& db, std::string_view source, const std::vector<std::string>& call_ids
);

// Writes what a locked call has come to.
Result<void> store_call(Connection& db, const PhoneCall& call);

struct ExtensionOwner {
    std::string extension;
    ticketing::UserId account;
};
// Enabled accounts with one of these extensions; by account, oldest first.
Result<std::vector<ExtensionOwner>> extension_owners(
    Connection& db, const std::vector<std::string>& extensions
);

struct CallFilter {
    ticketing::UserId agent;  // none: everybody's
    ticketing::EnterpriseId enterprise;
    std::string call_id;       // empty: any
    std::uint64_t before = 0;  // PhoneCall::id; 0: the newest too
    bool named_only = false;   // leaves out those a hidden appellant's ticket came by (A7)
    std::vector<int> states;   // empty: any
    std::optional<ticketing::Instant> begun_after;
    std::size_t limit = 20;
};
// Newest first.
Result<std::vector<PhoneCall>> list_calls(Connection& db, const CallFilter& filter);
Result<std::vector<PhoneCall>> calls_by_id(Connection& db, const std::vector<std::uint64_t>& ids);

// The enterprise of the latest ticket from this number, none when there is none. Tickets whose
// appellant is not to be found by asking do not count (A7).
Result<ticketing::EnterpriseId> last_enterprise_of(Connection& db, std::string_view phone);

// The calls tickets were filed with, by the platform's name of the call.
Result<std::vector<std::uint64_t>> calls_named(
    Connection& db, const std::vector<std::string>& call_ids
);

}  // namespace hotline::mysql
