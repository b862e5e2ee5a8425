#pragma once

#include "integrations/telephony/agent_state.hpp"
#include "integrations/telephony/cti_event.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// A day of an invented call platform (README.md, T52): for training, demonstration and tests.
namespace hotline::telephony {

struct DaySettings {
    std::uint32_t seed = 1;
    int calls = 1200;
    std::vector<std::string> extensions;  // of the agents at work
    std::string number = "12345";         // that is called
    std::chrono::seconds mean_talk{150};
    std::chrono::seconds mean_patience{120};
    int no_answer_percent = 3;  // it rings in vain
    int scored_percent = 40;    // of those who were answered
};

struct SimulatedMoment {
    std::chrono::milliseconds at{};  // since midnight
    // One of both: what happened to a call (its time not set), or where an agent stands.
    std::optional<CtiEvent> call;
    std::string extension;
    AgentPlace place;
};

// All that happens, in its order; the same settings give the same day. Ids begin with `run`.
std::vector<SimulatedMoment> simulated_day(const DaySettings& settings, const std::string& run);

}  // namespace hotline::telephony
