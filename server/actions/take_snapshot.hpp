#pragma once

#include "server/actions/agent_moves.hpp"
#include "server/actions/record_cti_events.hpp"

#include <span>
#include <string>

namespace hotline::actions {

// Every call a platform has at an instant, each by its latest event, and where its agents stand.
struct Snapshot {
    ticketing::Instant taken_at{};
    std::vector<telephony::CtiEvent> calls;
    std::vector<AgentTold> agents;
};

struct SnapshotTaken {
    CtiRecord record;  // of what it told and of what it did not
    AgentsTold agents;
    std::size_t lost = 0;
};

// The deed (integrations/telephony, T23): takes up what is told, and closes as lost what is not.
// conflict: as record_cti_events.
Result<SnapshotTaken> take_snapshot(
    mysql::Connection& db,
    const std::string& source,
    const Snapshot& snapshot,
    ticketing::Instant now
);

}  // namespace hotline::actions
