#pragma once

#include "integrations/mysql/command_store.hpp"
#include "integrations/telephony/call_command.hpp"
#include "server/actions/agent_moves.hpp"
#include "server/actions/distribute_calls.hpp"
#include "ticketing/permissions.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::actions {

// What people ask of calls (integrations/telephony, T36 to T40), each deed inside the caller's
// transaction.

// T36: what one has to be allowed for it; whose the call is decides ask_command.
ticketing::Verb verb_of(telephony::CallAction action);

std::string_view sentence_of(telephony::CommandFault fault, bool english);

struct CommandToAsk {
    telephony::CallAction action{};
    std::string call_id;  // not of dial
    ticketing::Actor actor;
    std::string key;
    std::string target;  // an extension, or a number as it is dialled
    bool outside = false;
    ticketing::TicketId ticket;
    std::uint64_t callback = 0;
    bool english = false;
};
// On its way, or as it stands when he has asked under this key before. rule_broken (field action)
// with its sentence: T37 or T40 is against it, or he has no extension. idempotency_key_reused.
struct CommandOnItsWay {
    mysql::CallCommand command;
    bool fresh = false;
};
// The same without asking for anything: nothing when he has not asked under this key.
Result<std::optional<CommandOnItsWay>> asked_before(
    mysql::Connection& db, const CommandToAsk& asked
);
Result<CommandOnItsWay> ask_command(
    mysql::Connection& db, const CommandToAsk& asked, ticketing::Instant now
);

// What the exchange or platform in charge of calls of this source can be asked. None: none is
// there.
Result<std::vector<telephony::CallAction>> abilities_of(
    mysql::Connection& db, std::string_view source, ticketing::Instant now
);

struct CommandsTaken {
    std::vector<mysql::CallCommand> taken;
    std::vector<mysql::CallCommand> ended;  // could not be begun
    MovedAgents agents;
};
// By a server for calls in its hand; for `dial` it becomes the owner of the call to be.
Result<CommandsTaken> take_commands(
    mysql::Connection& db, const std::string& source, const AcdOwner& owner, ticketing::Instant now
);
// By a platform; again what it was handed and has told nothing of.
Result<std::vector<mysql::CallCommand>> hand_out_commands(
    mysql::Connection& db, const std::string& platform, ticketing::Instant now
);

// How it ended, as the first says who tells it. None: it had ended, or there is no such command.
struct CommandOutcome {
    std::uint64_t id = 0;
    std::optional<telephony::CommandFault> fault;  // none: done
    std::string call_id;  // of dial, by the platform's name; empty: as proposed
};
Result<std::optional<mysql::CallCommand>> end_command(
    mysql::Connection& db,
    const std::string& source,
    const CommandOutcome& outcome,
    ticketing::Instant now
);

// T39: what nobody took, or told the end of, in time; at most a hundred.
Result<std::vector<mysql::CallCommand>> expire_commands(
    mysql::Connection& db, ticketing::Instant now
);

}  // namespace hotline::actions
