#pragma once

#include "ticketing/errors.hpp"
#include "ticketing/types/appeal.hpp"
#include "ticketing/types/ids.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotline::redis {

// Who may be accepted once: the caller's key within its channel, and what he said with it.
struct IntakeKey {
    ticketing::Channel channel = ticketing::Channel::web;
    std::string idempotency_key;
    std::string body_hash;  // of the canonical request, any bytes

    bool operator==(const IntakeKey&) const = default;
};

// One accepted appeal as it lies in the stream.
struct IntakeEntry {
    IntakeKey key;
    std::string ticket_no;
    std::string payload;
    std::string origin;              // id of the server that accepted it: wants the commit notice
    ticketing::Instant accepted_at;  // that server's clock; kept when the entry is requeued

    bool operator==(const IntakeEntry&) const = default;
};

using Fields = std::vector<std::pair<std::string, std::string>>;

// What Redis hands to a consumer. An entry that cannot be read is still handed over, with its raw
// fields, so that it can go to the dead letters; an entry deleted while pending is `not_found`.
struct Delivery {
    std::string id;  // stream id, "<milliseconds>-<n>"
    Result<IntakeEntry> entry;
    Fields raw;  // only when `entry` is an error
};

// The stream fields of an entry, name and value in turn.
std::vector<std::string> encode_entry(const IntakeEntry& entry);
// invalid_format with the field's name in `detail`.
Result<IntakeEntry> decode_entry(const Fields& fields);

// "1700000000000-3" → milliseconds and counter; nothing else is accepted.
struct StreamId {
    std::uint64_t milliseconds = 0;
    std::uint64_t counter = 0;

    auto operator<=>(const StreamId&) const = default;
};
Result<StreamId> parse_stream_id(std::string_view text);
std::string to_string(StreamId id);

}  // namespace hotline::redis
