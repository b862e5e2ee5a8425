#pragma once

#include "integrations/mysql/connection.hpp"
#include "server/api/dto.hpp"
#include "ticketing/notices/rules.hpp"

#include <string>
#include <string_view>

namespace hotline::api {

// Schema NoticeRuleSet, as JSON text: how a version is kept and sent.
std::string rule_set_json(const ticketing::notices::Rules& rules);

// Reads it out of its own object, every fault noted with its field (G18). What the rules do not say
// (what is asked of a channel nobody took) is as in `otherwise`.
ticketing::notices::Rules read_rule_set(Fields& fields, const ticketing::notices::Rules& otherwise);

// Of a kept version. `internal` when it makes no sense.
Result<ticketing::notices::Rules> rule_set_from(
    std::string_view body, const ticketing::notices::Rules& otherwise
);

// Version 0: what the configuration says.
struct RulesInForce {
    std::uint32_t version = 0;
    ticketing::notices::Rules rules;
};
Result<RulesInForce> rules_in_force(
    mysql::Connection& db, const ticketing::notices::Rules& configured
);

}  // namespace hotline::api
