#include "server/api/phone/agent_json.hpp"

#include "integrations/telephony/agent_state.hpp"
#include "server/api/dto.hpp"
#include "ticketing/json_text.hpp"

namespace hotline::api {
namespace {

using telephony::AgentReason;
using telephony::AgentState;
using ticketing::JsonObject;

std::string place_json(int state, int reason) {
    JsonObject out;
    out.text("state", ticketing::name(static_cast<AgentState>(state)));
    if (reason != 0) out.text("reason", ticketing::name(static_cast<AgentReason>(reason)));
    return out.str();
}

void add_time(
    JsonObject& out, std::string_view key, const std::optional<ticketing::Instant>& value
) {
    if (value) out.text(key, to_text(*value));
}

}  // namespace

std::string agent_json(const mysql::AgentRow& agent) {
    JsonObject out;
    out.number("user_id", static_cast<std::int64_t>(agent.account.value));
    out.text("name", agent.name).text("extension", agent.extension);
    out.text("state", ticketing::name(static_cast<AgentState>(agent.state)));
    if (agent.reason != 0) {
        out.text("reason", ticketing::name(static_cast<AgentReason>(agent.reason)));
    }
    if (agent.since != ticketing::Instant{}) out.text("since", to_text(agent.since));
    if (agent.next_state) {
        out.raw("next", place_json(*agent.next_state, agent.next_reason.value_or(0)));
    }
    if (!agent.call_id.empty()) out.text("call_id", agent.call_id);
    add_time(out, "due_at", agent.due_at);
    add_time(out, "idle_since", agent.idle_since);
    return out.str();
}

std::string agent_move_json(const mysql::AgentMoveRow& move) {
    JsonObject out;
    out.text("at", to_text(move.at));
    out.raw("from", place_json(move.from_state, move.from_reason));
    out.raw("to", place_json(move.to_state, move.to_reason));
    out.text("cause", ticketing::name(static_cast<telephony::AgentCause>(move.cause)));
    if (!move.by_name.empty()) out.text("by", move.by_name);
    if (!move.call_id.empty()) out.text("call_id", move.call_id);
    return out.str();
}

}  // namespace hotline::api
