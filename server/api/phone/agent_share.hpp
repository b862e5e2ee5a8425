#pragma once

#include "integrations/mysql/agent_store.hpp"
#include "ticketing/json_text.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace hotline::api {

// What an agent's time went into (S49).
struct AgentShare {
    std::string name;
    std::int64_t calls = 0;            // answered and wrapped up
    std::chrono::milliseconds busy{};  // talk, hold and wrap-up
    std::chrono::milliseconds idle{};  // ready, reserved and ringing
    std::chrono::milliseconds breaks{};

    void add(const AgentShare& other);
};

// By account.
std::map<std::uint64_t, AgentShare> agent_shares(const std::vector<mysql::AgentTime>& times);

// `handling_seconds`, of a call, and `occupancy_percent`; neither where there was nothing.
void add_work_figures(ticketing::JsonObject& out, const AgentShare& share);

}  // namespace hotline::api
