#pragma once

#include "integrations/redis/intake_entry.hpp"
#include "integrations/redis/reply.hpp"

#include <string>
#include <vector>

namespace hotline::redis {

// Readers of the shapes in which Redis answers stream commands. They take any Reply: what does not
// fit is an error (internal), never undefined.

// [id, [field, value, …]]; with nil for the fields of an entry deleted while pending.
struct RawEntry {
    std::string id;
    bool deleted = false;
    Fields fields;
};
Result<RawEntry> raw_entry(const Reply& reply);
Result<std::vector<RawEntry>> raw_entries(const Reply& reply);

// The entries of the one stream asked for by XREAD or XREADGROUP; none when the reply is nil.
Result<std::vector<RawEntry>> read_entries(const Reply& reply);

Delivery deliver(RawEntry raw);
std::vector<Delivery> deliver(std::vector<RawEntry> raw);

// TIME.
Result<ticketing::Instant> redis_time(const Reply& reply);

// The value after `name` in a flat list of names and values (XINFO); null when it is not there.
const Reply* value_of(const Reply& list, std::string_view name);

// A reply of a shape no version of Redis gives.
std::unexpected<Error> odd_reply(std::string_view command);

}  // namespace hotline::redis
