#pragma once

#include "integrations/mysql/command_store.hpp"
#include "integrations/telephony/call_command.hpp"

#include <span>
#include <string>

namespace hotline::api {

// Schema CallCommand, for who asked: no number in it.
std::string command_json(const mysql::CallCommand& command, bool english);

// Schema CtiCommand, for the platform that is to do it: whom to call stands in it as it is dialled.
std::string cti_command_json(const mysql::CallCommand& command);

// ["hold","resume"]
std::string actions_json(std::span<const telephony::CallAction> actions);

}  // namespace hotline::api
