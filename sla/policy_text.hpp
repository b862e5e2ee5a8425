#pragma once

#include "sla/policy.hpp"

#include <expected>
#include <string>
#include <string_view>

namespace hotline::sla {

// A policy as text: how versions are stored and how an administrator reads one. One rule per line,
// "#" begins a comment, "*" matches everything, the first matching line decides:
//
//   policy 1
//   limit handle first * complex * 15wd warn 20% 1wd
//   limit dispatch first * * * 30m outside 2h warn 20% 1wd
//   limit feedback first * * praise none
//   limit handle first * * help 3wd warn 20% 1wd for city.housing
//   extension * complex * count 2 total 15wd
//   alarm handle level_3 2wd
//   set max_redos 2
//
// Order of the three gradings: urgency, complexity, type. Amounts: 30m 2h (natural), 30wm 4wh
// (office time), 5wd (working days). "for CODE" ends a line of one unit and those below it (S42).
// What `set` lines leave out keeps its default.
std::string to_text(const Policy& policy);

struct PolicyTextError {
    int line = 0;        // from 1; 0 when the text as a whole is refused
    std::string reason;  // English, for the administrator's log

    bool operator==(const PolicyTextError&) const = default;
};

// The policy written in `text`; to_text() and parse_policy() are inverse. The result still has to
// pass check().
std::expected<Policy, PolicyTextError> parse_policy(std::string_view text);

}  // namespace hotline::sla
