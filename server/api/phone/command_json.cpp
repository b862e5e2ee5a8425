#include "server/api/phone/command_json.hpp"

#include "server/actions/command_calls.hpp"
#include "server/api/dto.hpp"
#include "ticketing/json_text.hpp"

#include <vector>

namespace hotline::api {
namespace {

using telephony::CallAction;
using telephony::CommandEnd;
using telephony::CommandFault;
using ticketing::JsonObject;

std::string_view stage_word(const mysql::CallCommand& command) {
    if (command.ended_as) return ticketing::name(static_cast<CommandEnd>(*command.ended_as));
    return command.taken_at ? "taken" : "asked";
}

std::string_view action_word(const mysql::CallCommand& command) {
    return ticketing::name(static_cast<CallAction>(command.action));
}

}  // namespace

std::string command_json(const mysql::CallCommand& command, bool english) {
    JsonObject out;
    out.number("id", static_cast<std::int64_t>(command.id)).text("action", action_word(command));
    out.text("call_id", command.call_id).text("state", stage_word(command));
    if (!command.fault) return out.str();
    const auto fault = static_cast<CommandFault>(*command.fault);
    out.text("reason", ticketing::name(fault));
    out.text("message", actions::sentence_of(fault, english));
    return out.str();
}

std::string cti_command_json(const mysql::CallCommand& command) {
    JsonObject out;
    out.number("id", static_cast<std::int64_t>(command.id)).text("action", action_word(command));
    out.text("call_id", command.call_id).text("asked_at", to_text(command.asked_at));
    if (!command.extension.empty()) out.text("agent", command.extension);
    if (!command.target.empty()) {
        out.text("target", command.target);
        out.raw("outside", command.outside ? "true" : "false");
    }
    return out.str();
}

std::string actions_json(std::span<const CallAction> actions) {
    return ticketing::json_array(actions, [](CallAction action) {
        return "\"" + std::string(ticketing::name(action)) + "\"";
    });
}

}  // namespace hotline::api
