#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/event.hpp"
#include "ticketing/types/ids.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// A call's recording; the row stays when the bytes are gone. `state` and the states of calls are
// numbers of the telephony folder's enums.
struct Recording {
    std::uint64_t call = 0;  // PhoneCall::id
    std::string source;
    std::string place;  // its name at the exchange
    int state = 1;
    ticketing::Instant recorded_at{};
    std::optional<ticketing::Instant> keep_until;
    std::optional<ticketing::Instant> next_try_at;  // none: nothing more to do at the exchange
    int tries = 0;
    std::string fault;                        // of the last try
    std::optional<ticketing::Digest> digest;  // SHA-256 of what is on disk
    std::string sealed_key;
    std::uint64_t bytes = 0;  // in clear
    std::optional<std::int64_t> seconds;
    std::optional<ticketing::Instant> fetched_at;
    std::optional<ticketing::Instant> deleted_at;
};

// That a call of this source has one, at once to be fetched; one that is known stays as it is.
Result<void> note_recording(
    Connection& db,
    std::string_view source,
    std::string_view call_id,
    std::string_view place,
    ticketing::Instant recorded_at
);

// The next with something to do at the exchange, of a call that is over and has been since
// `settled_before`; nobody else is given it for as long as `lease`. None: nothing to do.
struct RecordingsDue {
    std::string source;
    std::vector<int> over;  // states of calls
    ticketing::Instant now;
    ticketing::Instant settled_before;
    std::chrono::milliseconds lease;
};
Result<std::optional<Recording>> take_recording(Connection& db, const RecordingsDue& due);

// Writes what became of it, unless it is in another state than `from` by now; whether it was.
Result<bool> settle_recording(Connection& db, const Recording& recording, int from);

// What is known of calls whose recordings lie at an exchange.
struct RecordedCallKnown {
    std::string call_id;
    int call_state = 1;
    std::optional<ticketing::Instant> ended_at;
    std::optional<int> state;  // of the recording; none: not noted
    bool settled = false;      // there was nothing more to do about it
};
Result<std::vector<RecordedCallKnown>> recorded_calls(
    Connection& db, std::string_view source, const std::vector<std::string>& call_ids
);
// It lies at the exchange although nothing was to be done: once more.
Result<void> look_at_recording_again(
    Connection& db, std::string_view source, std::string_view call_id, ticketing::Instant now
);

// What decides who may hear it, and the recording.
struct RecordingOfCall {
    Recording recording;
    std::string call_id;
    ticketing::UserId agent;
    bool filed = false;   // a ticket came by it
    bool hidden = false;  // whose appellant is confidential or anonymous
};
Result<std::optional<RecordingOfCall>> find_recording(Connection& db, std::uint64_t call);

// Of those whose time is over and no ticket of whose call is still open: the oldest. Locked.
Result<std::vector<Recording>> expired_recordings(
    Connection& db, ticketing::Instant now, std::size_t limit
);

// The end of the time of at most `limit` kept ones that have another one than this; how many.
Result<std::uint64_t> keep_recordings_for(
    Connection& db, std::chrono::days keep, std::size_t limit
);

// Whether any row names these bytes.
Result<bool> is_recording(Connection& db, const ticketing::Digest& digest);

using RecordingSink = std::function<void(const Recording&)>;
Result<void> for_each_kept_recording(Connection& db, const RecordingSink& sink);

struct RecordingCounts {
    std::uint64_t waiting = 0;  // at the exchange
    std::uint64_t overdue = 0;  // of those: recorded before
    std::uint64_t lost = 0;
    std::uint64_t first_overdue = 0;  // PhoneCall::id
};
Result<RecordingCounts> count_recordings(Connection& db, ticketing::Instant overdue_before);

}  // namespace hotline::mysql
