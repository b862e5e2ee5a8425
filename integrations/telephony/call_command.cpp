#include "integrations/telephony/call_command.hpp"

#include <algorithm>

namespace hotline::telephony {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool begins(std::string_view number, std::string_view with) {
    return number.starts_with(with);
}

// T38: the national numbering plan, without what is dear or abroad.
bool is_called(std::string_view number) {
    const std::size_t length = number.size();
    if (begins(number, "00")) return false;
    if (begins(number, "0")) return length >= 10 && length <= 12;  // area code and number
    if (begins(number, "400") || begins(number, "800")) return length == 10;
    if (number == "110" || number == "119" || number == "120" || number == "122") return true;
    if (begins(number, "1")) {
        if (length == 11) return number[1] >= '3';   // mobile
        return length == 5 && begins(number, "12");  // services of the government
    }
    if (begins(number, "9")) return length == 5 && number[1] == '5';  // and of utilities, of banks
    return length == 7 || length == 8;
}

}  // namespace

bool is_for_shift_lead(CallAction action) {
    return action == CallAction::listen || action == CallAction::whisper ||
           action == CallAction::barge;
}

bool needs_target(CallAction action) {
    return action == CallAction::transfer || action == CallAction::conference;
}

std::optional<CommandFault> why_not(CallAction action, const AskedOf& of) {
    const bool talks = of.asker == AgentState::talking || of.asker == AgentState::held;
    if (action == CallAction::dial) {
        if (is_on_call(of.asker)) return CommandFault::on_a_call;
        return std::nullopt;
    }
    if (is_over(of.call)) return CommandFault::over;
    if (is_for_shift_lead(action)) {
        if (of.own) return CommandFault::not_his;
        const bool spoken = of.call == CallState::talking || of.call == CallState::held;
        return spoken ? std::nullopt : std::optional(CommandFault::wrong_state);
    }
    if (!of.own || !talks) return CommandFault::not_his;
    if (action == CallAction::hold && of.asker == AgentState::held) {
        return CommandFault::wrong_state;
    }
    if (action == CallAction::resume && of.asker == AgentState::talking) {
        return CommandFault::wrong_state;
    }
    return std::nullopt;
}

std::optional<std::string> outside_number(std::string_view typed) {
    std::string number;
    for (const char c : typed) {
        if (is_digit(c)) {
            number += c;
        } else if (c != ' ' && c != '-') {
            return std::nullopt;
        }
    }
    if (!is_called(number)) return std::nullopt;
    return number;
}

std::string actions_text(std::span<const CallAction> actions) {
    std::string text;
    for (const CallAction action : actions) {
        if (!text.empty()) text += ' ';
        text += ticketing::name(action);
    }
    return text;
}

std::vector<CallAction> actions_of(std::string_view text) {
    std::vector<CallAction> actions;
    while (!text.empty()) {
        const auto word = text.substr(0, text.find_first_of(" ,"));
        const auto action = ticketing::from_name<CallAction>(word);
        const bool fresh = action && std::ranges::find(actions, *action) == actions.end();
        if (fresh) actions.push_back(*action);
        text.remove_prefix(std::min(word.size() + 1, text.size()));
    }
    return actions;
}

}  // namespace hotline::telephony
