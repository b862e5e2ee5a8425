#pragma once

#include "ticketing/types/mediation.hpp"
#include "ticketing/types/plan.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::ticketing {

// What units agreed on, as text for the row and for the log: one line for each meeting, milestone
// or mediation, its fields parted by tabs. Text and value are inverse; nothing is "".
struct Plan {
    std::vector<Meeting> meetings;
    std::vector<Milestone> milestones;

    bool operator==(const Plan&) const = default;
};

std::string to_text(const std::vector<Meeting>& meetings, const std::vector<Milestone>& milestones);
std::string to_text(const std::vector<Mediation>& mediations);

// Nothing for a text that is not one of ours.
std::optional<Plan> plan_from(std::string_view text);
std::optional<std::vector<Mediation>> mediations_from(std::string_view text);

}  // namespace hotline::ticketing
