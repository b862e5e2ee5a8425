#pragma once

#include "integrations/mysql/agent_store.hpp"

#include <string>

namespace hotline::api {

// Schema AgentStanding.
std::string agent_json(const mysql::AgentRow& agent);
// Schema AgentMove.
std::string agent_move_json(const mysql::AgentMoveRow& move);

}  // namespace hotline::api
