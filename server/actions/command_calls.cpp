#include "server/actions/command_calls.hpp"

#include "integrations/mysql/acd_store.hpp"

#include <algorithm>

namespace hotline::actions {
namespace {

using mysql::CallCommand;
using telephony::AcdState;
using telephony::CallAction;
using telephony::CommandEnd;
using telephony::CommandFault;
using ticketing::Instant;

constexpr std::size_t commands_at_once = 50;
constexpr std::size_t expired_commands_at_once = 100;

std::unexpected<Error> refused_as(CommandFault fault, bool english) {
    return fail_field("action", ErrorCode::rule_broken, std::string(sentence_of(fault, english)));
}

bool is_same(const CallCommand& before, const CommandToAsk& asked) {
    const bool same_target = before.target.empty() || before.target == asked.target;
    const bool same_call = asked.action == CallAction::dial
                               ? before.ticket == asked.ticket && before.callback == asked.callback
                               : before.call_id == asked.call_id && same_target;
    return before.action == static_cast<int>(asked.action) && same_call;
}

void end(CallCommand& command, std::optional<CommandFault> fault, Instant now) {
    command.ended_as = static_cast<int>(fault ? CommandEnd::failed : CommandEnd::done);
    command.ended_at = now;
    if (fault) command.fault = static_cast<int>(*fault);
    if (command.outside) command.target.clear();  // T39
}

// Of several that can, the first by name: a house has one exchange it dials by.
Result<std::optional<std::string>> who_dials(mysql::Connection& db, Instant now) {
    const auto commanders = mysql::list_commanders(db, now - telephony::able_for);
    if (!commanders) return std::unexpected(commanders.error());
    for (const auto& [source, actions, heard_at] : *commanders) {
        const auto able = telephony::actions_of(actions);
        if (std::ranges::find(able, CallAction::dial) != able.end()) return std::optional(source);
    }
    return std::optional<std::string>{};
}

struct Ground {
    telephony::AskedOf of;
    std::string source;
    std::string extension;
};

Result<Ground> ground_of(mysql::Connection& db, const CommandToAsk& asked, Instant now) {
    const auto own = mysql::read_agents(db, {&asked.actor.user, 1});
    if (!own) return std::unexpected(own.error());
    if (own->empty()) return fail(ErrorCode::not_found);
    const auto& standing = own->front();
    Ground ground;
    ground.extension = standing.extension;
    ground.of.asker = static_cast<telephony::AgentState>(standing.state);
    if (asked.action == CallAction::dial) {
        const auto source = who_dials(db, now);
        if (!source) return std::unexpected(source.error());
        ground.source = source->value_or("");
        return ground;
    }
    const auto call = mysql::find_spoken_call(db, asked.call_id, asked.actor.user);
    if (!call) return std::unexpected(call.error());
    if (!*call) return refused_as(CommandFault::over, asked.english);
    ground.source = (*call)->source;
    ground.of.own = (*call)->agent == asked.actor.user;
    ground.of.call = static_cast<telephony::CallState>((*call)->state);
    return ground;
}

Result<void> may_be_asked(
    mysql::Connection& db, const CommandToAsk& asked, const Ground& ground, Instant now
) {
    if (const auto fault = telephony::why_not(asked.action, ground.of)) {
        return refused_as(*fault, asked.english);
    }
    const bool rings_himself =
        asked.action == CallAction::dial || telephony::is_for_shift_lead(asked.action);
    if (rings_himself && ground.extension.empty()) {
        return fail_field(
            "action",
            ErrorCode::rule_broken,
            asked.english
                ? "Your account has no extension to be rung at. An administrator sets one."
                : "您的账号没有分机号，无法振铃；请管理员设置分机。"
        );
    }
    const auto able = abilities_of(db, ground.source, now);
    if (!able) return std::unexpected(able.error());
    if (std::ranges::find(*able, asked.action) == able->end()) {
        return refused_as(CommandFault::not_able, asked.english);
    }
    return {};
}

// Nobody else rings at him meanwhile, and the call to be is in this server's hand.
Result<bool> begin_dialling(
    mysql::Connection& db,
    const CallCommand& command,
    const AcdOwner& owner,
    Instant now,
    MovedAgents& moved
) {
    mysql::AcdCall wanted;
    wanted.source = command.source;
    wanted.call_id = command.call_id;
    wanted.owner = owner.instance;
    wanted.token = owner.token;
    wanted.enqueued_at = now;
    wanted.state = static_cast<int>(AcdState::taken);
    auto row = mysql::add_acd_call(db, wanted);
    if (!row) return std::unexpected(row.error());
    const auto standing = mysql::read_agents(db, {&command.asked_by, 1});
    if (!standing) return std::unexpected(standing.error());
    const bool signed_in =
        !standing->empty() &&
        standing->front().state != static_cast<int>(telephony::AgentState::offline);
    if (signed_in) {
        const WordForAgent word{command.asked_by, telephony::CallWord::dials, command.call_id};
        const auto stepped = tell_agents(db, command.source, {&word, 1}, now);
        if (!stepped) return std::unexpected(stepped.error());
        if (stepped->empty()) {
            row->state = static_cast<int>(AcdState::over);
            row->left_at = now;
            if (auto done = mysql::store_acd_call(db, *row); !done) {
                return std::unexpected(done.error());
            }
            return false;
        }
        moved.insert(moved.end(), stepped->begin(), stepped->end());
    }
    row->taken_by = command.asked_by;
    if (auto done = mysql::store_acd_call(db, *row); !done) return std::unexpected(done.error());
    return true;
}

}  // namespace

ticketing::Verb verb_of(CallAction action) {
    if (action == CallAction::dial) return ticketing::Verb::call_dial;
    const bool watches = telephony::is_for_shift_lead(action);
    return watches ? ticketing::Verb::call_watch : ticketing::Verb::call_act;
}

std::string_view sentence_of(CommandFault fault, bool english) {
    switch (fault) {
        case CommandFault::not_his:
            return english ? "You are not on this call." : "您不在这通电话中。";
        case CommandFault::wrong_state:
            return english ? "The call is not in a state for that." : "通话当前状态不能这样操作。";
        case CommandFault::on_a_call:
            return english ? "Your telephone is on another call." : "您的话机正在通话或振铃中。";
        case CommandFault::not_able:
            return english ? "The telephone platform cannot do that; use the telephone itself."
                           : "话务平台不支持这项操作，请在话机上操作。";
        case CommandFault::not_taken:
            return english ? "The telephone platform did not answer; use the telephone itself."
                           : "话务平台没有响应，请在话机上操作。";
        case CommandFault::no_word:
            return english ? "The telephone platform did not say what came of it."
                           : "话务平台没有回报结果，请看话机。";
        case CommandFault::not_reached:
            return english ? "Nobody answered there." : "对方没有接听。";
        case CommandFault::own_phone:
            return english ? "Your own telephone was not answered." : "您自己的话机没有接听。";
        case CommandFault::over:
            return english ? "The call is over." : "通话已经结束。";
        case CommandFault::refused:
            return english ? "The telephone platform could not do it." : "话务平台没能完成操作。";
    }
    return {};
}

Result<std::vector<CallAction>> abilities_of(
    mysql::Connection& db, std::string_view source, Instant now
) {
    const auto commanders = mysql::list_commanders(db, now - telephony::able_for);
    if (!commanders) return std::unexpected(commanders.error());
    const auto found = std::ranges::find(*commanders, source, &mysql::Commander::source);
    if (found == commanders->end()) return std::vector<CallAction>{};
    return telephony::actions_of(found->actions);
}

Result<std::optional<CommandOnItsWay>> asked_before(
    mysql::Connection& db, const CommandToAsk& asked
) {
    auto before = mysql::find_command(db, asked.actor.user, asked.key);
    if (!before) return std::unexpected(before.error());
    if (!*before) return std::optional<CommandOnItsWay>{};
    if (!is_same(**before, asked)) return fail(ErrorCode::idempotency_key_reused);
    return CommandOnItsWay{std::move(**before), false};
}

Result<CommandOnItsWay> ask_command(mysql::Connection& db, const CommandToAsk& asked, Instant now) {
    auto known = asked_before(db, asked);
    if (!known) return std::unexpected(known.error());
    if (*known) return std::move(**known);
    const auto ground = ground_of(db, asked, now);
    if (!ground) return std::unexpected(ground.error());
    if (auto fine = may_be_asked(db, asked, *ground, now); !fine) {
        return std::unexpected(fine.error());
    }
    CallCommand command;
    command.source = ground->source;
    command.call_id = asked.call_id;
    command.action = static_cast<int>(asked.action);
    command.asked_by = asked.actor.user;
    command.extension = ground->extension;
    command.target = asked.target;
    command.outside = asked.outside;
    command.ticket = asked.ticket;
    command.callback = asked.callback;
    command.key = asked.key;
    command.asked_at = now;
    command.due_at = now + telephony::taken_within;
    if (asked.action == CallAction::dial) {
        // One person asks for one call at an instant.
        command.call_id = std::string(telephony::our_calls) +
                          std::to_string(now.time_since_epoch().count()) + "." +
                          std::to_string(asked.actor.user.value);
    }
    const auto id = mysql::add_command(db, command);
    // Asked twice at the same time: the other was quicker.
    if (!id && mysql::is_duplicate(id.error(), "call_command_key")) {
        known = asked_before(db, asked);
        if (!known) return std::unexpected(known.error());
        if (*known) return std::move(**known);
        return fail(ErrorCode::idempotency_key_reused);
    }
    if (!id) return std::unexpected(id.error());
    command.id = *id;
    return CommandOnItsWay{std::move(command), true};
}

Result<CommandsTaken> take_commands(
    mysql::Connection& db, const std::string& source, const AcdOwner& owner, Instant now
) {
    const int dial = static_cast<int>(CallAction::dial);
    auto commands = mysql::lock_commands_for_owner(db, source, owner.token, dial, commands_at_once);
    if (!commands) return std::unexpected(commands.error());
    CommandsTaken result;
    for (CallCommand& command : *commands) {
        if (command.due_at <= now) continue;  // too late: who asked has been told, or will be
        command.taken_at = now;
        command.taken_by = owner.instance;
        command.due_at = now + telephony::done_within;
        bool begun = true;
        if (command.action == dial) {
            const auto done = begin_dialling(db, command, owner, now, result.agents);
            if (!done) return std::unexpected(done.error());
            begun = *done;
        }
        if (!begun) end(command, CommandFault::on_a_call, now);
        if (auto stored = mysql::store_command(db, command); !stored) {
            return std::unexpected(stored.error());
        }
        (begun ? result.taken : result.ended).push_back(std::move(command));
    }
    return result;
}

Result<std::vector<CallCommand>> hand_out_commands(
    mysql::Connection& db, const std::string& platform, Instant now
) {
    auto commands = mysql::lock_commands_of(
        db, platform, now - telephony::handed_out_again_after, commands_at_once
    );
    if (!commands) return commands;
    std::erase_if(*commands, [now](const CallCommand& command) { return command.due_at <= now; });
    for (CallCommand& command : *commands) {
        if (!command.taken_at) command.due_at = now + telephony::done_within;
        command.taken_at = now;
        command.taken_by = platform;
        if (auto stored = mysql::store_command(db, command); !stored) {
            return std::unexpected(stored.error());
        }
    }
    return commands;
}

Result<std::optional<CallCommand>> end_command(
    mysql::Connection& db, const std::string& source, const CommandOutcome& outcome, Instant now
) {
    auto command = mysql::lock_command(db, outcome.id);
    if (!command) return command;
    const bool open = *command && (*command)->source == source && !(*command)->ended_as;
    if (!open) return std::optional<CallCommand>{};
    end(**command, outcome.fault, now);
    const bool dials = (*command)->action == static_cast<int>(CallAction::dial);
    if (dials && !outcome.call_id.empty()) (*command)->call_id = outcome.call_id;
    if (auto stored = mysql::store_command(db, **command); !stored) {
        return std::unexpected(stored.error());
    }
    return command;
}

Result<std::vector<CallCommand>> expire_commands(mysql::Connection& db, Instant now) {
    auto due = mysql::lock_commands_due(db, now, expired_commands_at_once);
    if (!due) return due;
    for (CallCommand& command : *due) {
        end(command, command.taken_at ? CommandFault::no_word : CommandFault::not_taken, now);
        if (auto stored = mysql::store_command(db, command); !stored) {
            return std::unexpected(stored.error());
        }
    }
    return due;
}

}  // namespace hotline::actions
