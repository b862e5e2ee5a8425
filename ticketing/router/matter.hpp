#pragma once

#include "ticketing/cues.hpp"
#include "ticketing/types/enterprise.hpp"
#include "ticketing/types/ticket.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace hotline::ticketing {

// What the router looks at. Views: ticket or appeal, cues and lists must outlive it.
struct Matter {
    AppealType type = AppealType::help;
    Urgency urgency = Urgency::normal;
    std::string_view topic;
    std::string_view second_topic;
    std::string_view division;  // county or zone of the matter, empty = unknown
    std::string_view title;
    std::string_view content;
    UnitId complained_unit;
    UnitId asked_unit;  // R17
    OfficialId visiting_official;
    std::span<const UnitId> refused_units;
    int return_count = 0;
    std::span<const OfficialId> solved_before;  // officials who solved this firm's matters before
    bool tangled = false;
    bool emergency = false;
    bool clarify = false;
    std::optional<DeclineHint> decline;
    const LearnedHint* power = nullptr;  // whose matter it is, from a model that is sure (R16)
};

// A new appeal, its open fields filled by apply(cues, appeal).
Matter matter_of(const Appeal& appeal, const Cues& cues);

// A ticket that is dispatched again. Its fields stand; cues only add what a ticket does not store.
Matter matter_of(const Ticket& ticket, const Cues& cues);

// An official's desk: what is open on it, and how many matters he was given since the first of last
// month, by which equals are told apart (R10).
struct OfficialDesk : Load {
    double given = 0;
};

// By OfficialId.value; who is not listed has an empty desk.
using Loads = std::unordered_map<std::uint64_t, OfficialDesk>;

// What one open ticket weighs on a desk (rule R10).
constexpr double desk_weight(Urgency urgency, Complexity complexity) {
    if (urgency == Urgency::critical) return 3;
    return urgency == Urgency::urgent || complexity == Complexity::complex ? 2 : 1;
}

}  // namespace hotline::ticketing
