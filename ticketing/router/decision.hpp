#pragma once

#include "ticketing/types/directory.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::ticketing {

// The rules of README.md, by number. Numbers stand in stored traces: never renumber.
enum class RouteRule {
    emergency = 1,
    answer_at_once = 2,
    conflict = 3,
    contact_card = 4,
    function = 5,
    jurisdiction = 6,
    industry = 7,
    several_units = 8,
    fallback = 9,
    load = 10,
    returned = 11,
    acceptance = 12,
    learned = 13,
    away = 14,     // R14
    on_duty = 15,  // R15
    read = 16,     // R16
    asked = 17,    // R17
};

// One step of the way to the decision: which rule said what about whom.
struct RouteReason {
    RouteRule rule{};
    std::string_view code;            // of the sentences in trace.cpp; static text
    std::vector<std::string> inputs;  // the names and words the sentence is completed with
};

// A unit that was looked at, in the order of preference.
struct UnitCandidate {
    UnitId unit;
    double score = 0;          // 1 for the first choice, falling
    std::string_view outcome;  // "chosen", "refused", "conflict", "gave_back", "later"
};

struct OfficialCandidate {
    OfficialId official;
    double score = 0;          // the lower the better (R10)
    std::string_view outcome;  // "chosen", "eligible", "on_leave", "full", "conflict", "other_duty"
};

// For the dispatcher; the router itself declines nothing.
struct RouteSuggestion {
    enum class Kind { decline, clarify, transfer, answer, designate } kind{};
    std::string code;  // decline: of ticketing/reasons.hpp
    double confidence = 0;
};

struct RouteDecision {
    UnitId lead;  // none only when the directory has no unit left that may act
    std::vector<UnitId> co_units;
    OfficialId official;    // none: the unit's clerk assigns
    OfficialId case_owner;  // follows the matter; need not handle it
    UnitLevel level = UnitLevel::city;
    std::string category;
    Complexity complexity = Complexity::simple;
    std::vector<RouteSuggestion> suggestions;
    std::vector<RouteReason> reasons;
    std::vector<UnitCandidate> units;
    std::vector<OfficialCandidate> officials;  // at most eight, the best first
};

}  // namespace hotline::ticketing
