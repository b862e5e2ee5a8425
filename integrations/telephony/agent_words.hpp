#pragma once

#include "integrations/telephony/agent_state.hpp"
#include "integrations/telephony/cti_event.hpp"

#include <span>
#include <string>
#include <vector>

namespace hotline::telephony {

// What one call's events tell of agents (T19).
struct AgentWord {
    enum class Whom {
        him,             // the agent with this extension
        everybody,       // whoever is on the call
        others,          // the same but him
        others_ringing,  // the same, unless they talk
    };
    Whom whom = Whom::him;
    std::string extension;
    CallWord word{};
    ticketing::Instant at{};

    bool operator==(const AgentWord&) const = default;
};

// In their order. `known`: the events of the call that were there before; what is older than one of
// those came late and tells nothing of where an agent stands now.
std::vector<AgentWord> agent_words(
    std::span<const CtiEvent> known, std::span<const CtiEvent> fresh
);

// Whether the word is for an agent with this standing.
bool concerns(const AgentWord& word, std::string_view extension, const AgentStanding& standing);

}  // namespace hotline::telephony
