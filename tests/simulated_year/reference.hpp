#pragma once

#include "sla/kpi.hpp"
#include "tests/simulated_year/year.hpp"

#include <functional>
#include <set>
#include <vector>

namespace simulated_year {

// What is left out of the rates, one rule each; switched off one by one to see that it is missed.
enum class Rule {
    declined,
    test,
    withdrawn,
    merged,
    praise,
    unreasonable,         // out of the adjusted satisfaction
    not_reached,          // no survey is not a satisfied one, nor a case
    nobody_to_call,       // out of the callbacks
    given_back_unsigned,  // owes no signature
    given_back_in_time,   // owes no contact
    nobody_to_contact,    // owes no contact
    review_is_no_redo,
    answered_on_call,  // was never due to be closed by a unit
};

constexpr Rule all_rules[] = {
    Rule::declined,
    Rule::test,
    Rule::withdrawn,
    Rule::merged,
    Rule::praise,
    Rule::unreasonable,
    Rule::not_reached,
    Rule::nobody_to_call,
    Rule::given_back_unsigned,
    Rule::given_back_in_time,
    Rule::nobody_to_contact,
    Rule::review_is_no_redo,
    Rule::answered_on_call,
};

struct Counts {
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;

    bool operator==(const Counts&) const = default;
};

// Which cases are asked for: the days, and whose.
struct Asked {
    sla::LocalDay from;
    sla::LocalDay to;
    std::optional<UnitId> unit;  // 0: the centre
};

// Reckons one rate from the players' notes.
Counts reckon(
    sla::RateCode rate,
    const std::vector<Play>& plays,
    const Asked& asked,
    const std::set<Rule>& off = {}
);

}  // namespace simulated_year
