#pragma once

#include "integrations/mysql/agent_store.hpp"
#include "integrations/telephony/agent_words.hpp"
#include "ticketing/types/actor.hpp"

#include <span>
#include <string>
#include <vector>

namespace hotline::actions {

// Steps of agents between their states (integrations/telephony, T15 to T21), each inside the
// caller's transaction: the standing is locked, stepped and written with its log.

// Whose standing is not what it was.
using MovedAgents = std::vector<ticketing::UserId>;

// What the events of calls tell of agents (T19).
struct WordsOfCall {
    std::string call_id;
    std::vector<telephony::AgentWord> words;
};
Result<MovedAgents> follow_calls(
    mysql::Connection& db,
    const std::string& source,
    std::span<const WordsOfCall> calls,
    ticketing::Instant now
);

// What the distribution of calls makes of agents (T29, T30): one word for each.
struct WordForAgent {
    ticketing::UserId agent;
    telephony::CallWord word{};
    std::string call_id;
};
Result<MovedAgents> tell_agents(
    mysql::Connection& db,
    const std::string& source,
    std::span<const WordForAgent> words,
    ticketing::Instant now
);

// What a platform tells of an agent's state itself (T21).
struct AgentTold {
    std::string extension;
    telephony::AgentPlace place;
    ticketing::Instant at{};
};
enum class AgentToldOutcome { accepted, known, nobody };
struct AgentsTold {
    std::vector<AgentToldOutcome> outcomes;  // one for each, in their order
    MovedAgents moved;
};
Result<AgentsTold> believe_platform(
    mysql::Connection& db, std::span<const AgentTold> told, ticketing::Instant now
);

// A person's choice for `agent`, himself or somebody in his lead. rule_broken (field state): what
// nobody can ask for, or an account without an extension.
struct ChooseCommand {
    ticketing::UserId agent;
    telephony::AgentPlace wanted;
    ticketing::Actor actor;
    bool english = false;
};
Result<mysql::AgentRow> choose_state(
    mysql::Connection& db, const ChooseCommand& command, ticketing::Instant now
);
// T18; rule_broken when there is no wrap-up that could be longer.
Result<mysql::AgentRow> lengthen_wrap_up(
    mysql::Connection& db, const ChooseCommand& command, ticketing::Instant now
);

// T18: wrap-ups that are over; at most a hundred.
Result<MovedAgents> end_wrap_ups(mysql::Connection& db, ticketing::Instant now);
// T16: who left without signing out.
Result<MovedAgents> sign_out_the_gone(mysql::Connection& db, ticketing::Instant now);
}  // namespace hotline::actions
