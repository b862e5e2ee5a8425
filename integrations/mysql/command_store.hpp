#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// What somebody asked of a call. `action`, `ended_as` and `fault` are numbers of the telephony
// folder's enums.
struct CallCommand {
    std::uint64_t id = 0;
    std::string source;   // of the call
    std::string call_id;  // empty: its platform has not named it yet
    int action = 1;
    ticketing::UserId asked_by;
    std::string extension;  // his
    std::string target;     // an extension; a number when `outside`
    bool outside = false;
    ticketing::TicketId ticket;
    std::uint64_t callback = 0;
    std::string key;
    ticketing::Instant asked_at{};
    ticketing::Instant due_at{};
    std::string taken_by;
    std::optional<ticketing::Instant> taken_at;
    std::optional<int> ended_as;
    std::optional<ticketing::Instant> ended_at;
    std::optional<int> fault;

    bool operator==(const CallCommand&) const = default;
};

// Its id. is_duplicate(error, "call_command_key"): he has asked under this key.
Result<std::uint64_t> add_command(Connection& db, const CallCommand& command);
Result<std::optional<CallCommand>> find_command(
    Connection& db, ticketing::UserId asked_by, std::string_view key
);
Result<std::optional<CallCommand>> read_command(Connection& db, std::uint64_t id);

// Locked until the transaction ends, all of these.
Result<std::optional<CallCommand>> lock_command(Connection& db, std::uint64_t id);
// Those nobody has taken that are this owner's to do: of a call in its hand, or of `dial`, for
// which there is no call yet. The first asked first, without those another server has in hand.
Result<std::vector<CallCommand>> lock_commands_for_owner(
    Connection& db, std::string_view source, std::uint64_t token, int dial, std::size_t limit
);
// Those of a source that were not taken, or were and have not been heard of since then.
Result<std::vector<CallCommand>> lock_commands_of(
    Connection& db, std::string_view source, ticketing::Instant taken_before, std::size_t limit
);
Result<std::vector<CallCommand>> lock_commands_due(
    Connection& db, ticketing::Instant now, std::size_t limit
);
// Everything of it that moves.
Result<void> store_command(Connection& db, const CallCommand& command);

// A call some agent's telephone is on, whoever of several is asked for first. `state`: of the
// telephony folder's enum.
struct SpokenCall {
    std::string source;
    ticketing::UserId agent;
    int state = 1;
};
Result<std::optional<SpokenCall>> find_spoken_call(
    Connection& db, std::string_view call_id, ticketing::UserId asker
);

// An exchange or platform that does what is asked, and what it can.
struct Commander {
    std::string source;
    std::string actions;
    ticketing::Instant heard_at{};
};
Result<void> hear_commander(Connection& db, const Commander& commander);
// By name.
Result<std::vector<Commander>> list_commanders(Connection& db, ticketing::Instant heard_since);

}  // namespace hotline::mysql
