#pragma once

#include "server/policy/proposal.hpp"
#include "sla/policy_text.hpp"

namespace hotline::policy {

Problem problem_of(const sla::PolicyTextError& error);
Problem problem_of(sla::PolicyError error);
// `line` names a unit the city does not have.
Problem unknown_unit(int line, std::string_view code);

}  // namespace hotline::policy
