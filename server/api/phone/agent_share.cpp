#include "server/api/phone/agent_share.hpp"

#include "integrations/telephony/agent_state.hpp"
#include "server/api/phone/call_tally_json.hpp"

#include <fmt/format.h>

namespace hotline::api {

using telephony::AgentState;

void AgentShare::add(const AgentShare& other) {
    calls += other.calls;
    busy += other.busy;
    idle += other.idle;
    breaks += other.breaks;
}

std::map<std::uint64_t, AgentShare> agent_shares(const std::vector<mysql::AgentTime>& times) {
    std::map<std::uint64_t, AgentShare> shares;
    for (const mysql::AgentTime& time : times) {
        AgentShare& share = shares[time.account.value];
        share.name = time.name;
        switch (static_cast<AgentState>(time.state)) {
            case AgentState::wrap_up:
                share.calls += time.times;  // one after each call that was answered
                [[fallthrough]];
            case AgentState::talking:
            case AgentState::held:
                share.busy += time.together;
                break;
            case AgentState::ready:
            case AgentState::reserved:
            case AgentState::ringing:
                share.idle += time.together;
                break;
            case AgentState::not_ready:
                share.breaks += time.together;
                break;
            case AgentState::offline:
                break;
        }
    }
    return shares;
}

void add_work_figures(ticketing::JsonObject& out, const AgentShare& share) {
    const auto busy = static_cast<double>(share.busy.count());
    if (share.calls > 0) {
        const double seconds = busy / 1000 / static_cast<double>(share.calls);
        out.raw("handling_seconds", fmt::format("{:.1f}", seconds));
    }
    const auto at_work = static_cast<double>((share.busy + share.idle).count());
    if (at_work > 0) out.raw("occupancy_percent", percent_text(busy / at_work));
}

}  // namespace hotline::api
