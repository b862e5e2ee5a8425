#include "server/actions/take_snapshot.hpp"

#include "integrations/mysql/link_store.hpp"
#include "integrations/telephony/call_state.hpp"

#include <set>

namespace hotline::actions {
namespace {

constexpr std::size_t most_lost_at_once = 500;

std::vector<int> states_going_on() {
    std::vector<int> states;
    for (const auto& [state, word] : names_of(telephony::CallState{})) {
        if (!telephony::is_over(state)) states.push_back(static_cast<int>(state));
    }
    return states;
}

}  // namespace

Result<SnapshotTaken> take_snapshot(
    mysql::Connection& db,
    const std::string& source,
    const Snapshot& snapshot,
    ticketing::Instant now
) {
    std::set<std::string_view> told;
    for (const auto& event : snapshot.calls) told.insert(event.call_id);
    const auto going_on =
        mysql::calls_going_on(db, source, states_going_on(), snapshot.taken_at, most_lost_at_once);
    if (!going_on) return std::unexpected(going_on.error());
    SnapshotTaken taken;
    std::vector<telephony::CtiEvent> events = snapshot.calls;
    for (const mysql::LiveCall& call : *going_on) {
        if (told.contains(call.call_id)) continue;
        telephony::CtiEvent lost;
        lost.event_id = "lost:" + std::to_string(call.id);
        lost.call_id = call.call_id;
        lost.kind = telephony::CtiKind::lost;
        lost.occurred_at = std::min(snapshot.taken_at, now);
        events.push_back(std::move(lost));
        ++taken.lost;
    }
    auto record = record_cti_events(db, source, events, now);
    if (!record) return std::unexpected(record.error());
    auto agents = believe_platform(db, snapshot.agents, now);
    if (!agents) return std::unexpected(agents.error());
    taken.record = std::move(*record);
    taken.agents = std::move(*agents);
    return taken;
}

}  // namespace hotline::actions
