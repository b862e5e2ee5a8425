#pragma once

#include "sla/local_time.hpp"
#include "ticketing/types/ids.hpp"
#include "ticketing/types/named_enum.hpp"

#include <optional>
#include <string>
#include <vector>

namespace hotline::ticketing {

// 联席会议: the units that share a hard case met and agreed who does what (T36).
struct Meeting {
    sla::LocalDay held_on;
    std::vector<UnitId> units;  // that took part
    std::string conclusion;
    std::string basis;  // the leader who agreed to the plan
    Instant noted_at;

    bool operator==(const Meeting&) const = default;
};

// Persisted numbers.
enum class MilestoneState { open = 1, met = 2, cancelled = 3 };

constexpr auto names_of(MilestoneState) {
    return NameTable<MilestoneState, 3>{{
        {MilestoneState::open, "open"},
        {MilestoneState::met, "met"},
        {MilestoneState::cancelled, "cancelled"},
    }};
}

// One step of a plan. Its number is its place in Ticket::milestones, from 1; its clock is the one
// of kind `milestone` whose generation is that number.
struct Milestone {
    int meeting = 1;  // the one that set it, from 1
    std::string text;
    UnitId unit;  // that answers for it
    sla::LocalDay due_on;
    MilestoneState state = MilestoneState::open;
    std::optional<Instant> ended_at;
    std::string report;  // what came of it

    bool operator==(const Milestone&) const = default;
};

}  // namespace hotline::ticketing
