#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// A call platform that sends heartbeats, and when it was last heard.
struct CtiLink {
    std::string source;
    ticketing::Instant heard_at{};
};

// A heartbeat; the first one makes the link.
Result<void> beat_link(Connection& db, std::string_view source, ticketing::Instant now);
// Anything else it says: news of a link that is there.
Result<void> hear_link(Connection& db, std::string_view source, ticketing::Instant now);
Result<std::vector<CtiLink>> list_links(Connection& db, ticketing::Instant heard_since);

// Its calls that are in one of these states and had begun by then, by the platform's names.
struct LiveCall {
    std::uint64_t id = 0;
    std::string call_id;
};
Result<std::vector<LiveCall>> calls_going_on(
    Connection& db,
    std::string_view source,
    const std::vector<int>& states,
    ticketing::Instant begun_by,
    std::size_t limit
);

}  // namespace hotline::mysql
