#pragma once

#include "sla/limit.hpp"
#include "sla/policy.hpp"
#include "ticketing/types/directory.hpp"

#include <string>

namespace hotline::api {

// Schema Limit: {"amount":5,"unit":"working_days"}; minutes for the other two units.
std::string limit_json(sla::Limit limit);

// Schema PolicyRules: the lines of a policy, for tables.
std::string rules_json(const sla::Policy& policy, const ticketing::Directory& directory);

}  // namespace hotline::api
