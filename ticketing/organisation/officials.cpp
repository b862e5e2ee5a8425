#include "ticketing/organisation/rules.hpp"
#include "ticketing/text.hpp"

#include <algorithm>

namespace hotline::ticketing::organisation {
namespace {

constexpr std::size_t longest_duties = 200;  // of the column
constexpr int least_capacity = 1;
constexpr int most_capacity = 100;

const Official* active_official(OfficialId id, const Directory& directory) {
    const Official* official = directory.official(id);
    return official != nullptr && official->active ? official : nullptr;
}

void check_number(
    const StaffedOfficial& wanted,
    const StaffedOfficial* before,
    const StaffedOfficial* same_number,
    Faults& faults
) {
    const auto length = characters(wanted.staff_no);
    if (length < 1 || length > 40) faults.push_back({Rule::staff_no, "staff_no", "bad_number", {}});
    if (before != nullptr && before->staff_no != wanted.staff_no) {
        faults.push_back({Rule::staff_no, "staff_no", "number_changes", {before->staff_no}});
    }
    if (same_number != nullptr && same_number->official.id != wanted.official.id) {
        faults.push_back(
            {Rule::staff_no,
             "staff_no",
             "number_taken",
             {wanted.staff_no, same_number->official.name}}
        );
    }
}

// O9. One out of use may stay where he was when his unit went.
void check_unit(const Official& official, const Directory& directory, Faults& faults) {
    const Unit* unit = directory.unit(official.unit);
    if (unit == nullptr) {
        faults.push_back({Rule::unit, "unit_id", "no_unit", {official.name}});
    } else if (official.active && !unit->active) {
        faults.push_back({Rule::unit, "unit_id", "unit_out_of_use", {unit->name}});
    }
}

// O10.
void check_deputy(const Official& official, const Directory& directory, Faults& faults) {
    if (!official.deputy || !official.active) return;
    if (official.deputy == official.id) {
        faults.push_back({Rule::deputy, "deputy_id", "own_deputy", {}});
        return;
    }
    const Official* deputy = active_official(official.deputy, directory);
    if (deputy == nullptr) {
        faults.push_back({Rule::deputy, "deputy_id", "no_deputy", {}});
    } else if (deputy->unit != official.unit) {
        faults.push_back({Rule::deputy, "deputy_id", "deputy_elsewhere", {deputy->name}});
    }
}

// O13.
void check_ties(const Official& wanted, const Official& before, const Ties& ties, Faults& faults) {
    const bool leaves = before.active && !wanted.active;
    const bool moves = before.unit != wanted.unit;
    if ((leaves || moves) && ties.open_tickets > 0) {
        faults.push_back(
            {Rule::official_in_use,
             leaves ? "active" : "unit_id",
             "official_has_tickets",
             {std::to_string(ties.open_tickets)}}
        );
    }
    if (leaves && ties.cards > 0) {
        faults.push_back(
            {Rule::official_in_use,
             "successor_id",
             "official_has_cards",
             {std::to_string(ties.cards)}}
        );
    }
}

}  // namespace

std::vector<std::string> duty_parts(std::string_view duties) {
    std::vector<std::string> parts;
    while (!duties.empty()) {
        const auto end = std::min(duties.find(','), duties.size());
        std::string part = tidied(duties.substr(0, end));
        if (!part.empty()) parts.push_back(std::move(part));
        duties.remove_prefix(std::min(end + 1, duties.size()));
    }
    return parts;
}

std::vector<std::string> unknown_duties(std::string_view duties, const Directory& directory) {
    std::vector<std::string> unknown = duty_parts(duties);
    std::erase_if(unknown, [&](const std::string& part) {
        const auto function = [&](const auto& holder) { return holder.function == part; };
        return directory.duty(part) != nullptr || std::ranges::any_of(directory.duties, function) ||
               std::ranges::any_of(directory.units, function);
    });
    return unknown;
}

Faults check(
    const StaffedOfficial& wanted,
    const StaffedOfficial* before,
    const Directory& directory,
    const StaffedOfficial* same_number,
    const Ties& ties
) {
    Faults faults;
    const Official& official = wanted.official;
    check_number(wanted, before, same_number, faults);
    const auto length = characters(official.name);
    if (length < 1 || length > 60) faults.push_back({Rule::name, "name", "official_name", {}});
    check_unit(official, directory, faults);
    check_deputy(official, directory, faults);
    if (official.capacity < least_capacity || official.capacity > most_capacity) {
        faults.push_back({Rule::capacity, "capacity", "capacity", {}});
    }
    for (std::string& part : unknown_duties(official.duty, directory)) {
        faults.push_back({Rule::duties, "duties", "unknown_duty", {std::move(part)}});
    }
    if (characters(official.duty) > longest_duties) {
        faults.push_back({Rule::duties, "duties", "too_many_duties", {}});
    }
    if (before != nullptr) check_ties(official, before->official, ties, faults);
    return faults;
}

Faults check(
    const Leave& wanted,
    const Leave* before,
    const Directory& directory,
    std::span<const Leave> others
) {
    Faults faults;
    if (before != nullptr && before->official != wanted.official) {
        faults.push_back({Rule::leave, "official_id", "leave_official_changes", {}});
    }
    if (!wanted.active) return faults;
    if (active_official(wanted.official, directory) == nullptr) {
        faults.push_back({Rule::leave, "official_id", "leave_of_nobody", {}});
    }
    if (wanted.to && *wanted.to < wanted.from) {
        faults.push_back({Rule::leave, "to", "leave_ends_first", {}});
    }
    if (characters(wanted.reason) > 100) {
        faults.push_back({Rule::leave, "reason", "leave_reason", {}});
    }
    for (const Leave& other : others) {
        if (!other.active || other.id == wanted.id || other.official != wanted.official) continue;
        const bool over = other.to && *other.to < wanted.from;
        const bool later = wanted.to && *wanted.to < other.from;
        if (over || later) continue;
        faults.push_back({Rule::leave, "from", "leave_overlaps", {day_text(other.from)}});
        break;
    }
    return faults;
}

Faults check(
    const Turn& wanted,
    const Directory& directory,
    std::span<const Turn> others,
    std::span<const Leave> leaves
) {
    Faults faults;
    if (!wanted.active) return faults;
    const Unit* unit = directory.unit(wanted.unit);
    if (unit == nullptr || !unit->active) {
        faults.push_back({Rule::turn, "unit_id", "turn_of_no_unit", {}});
    }
    const Official* official = active_official(wanted.official, directory);
    if (official == nullptr) {
        faults.push_back({Rule::turn, "official_id", "turn_of_nobody", {}});
    } else if (official->unit != wanted.unit) {
        faults.push_back({Rule::turn, "official_id", "turn_elsewhere", {official->name}});
    }
    const bool away = std::ranges::any_of(leaves, [&](const Leave& leave) {
        return leave.official == wanted.official && leave.covers(wanted.day);
    });
    if (away) faults.push_back({Rule::turn, "day", "turn_on_leave", {day_text(wanted.day)}});
    const auto begin = wanted.day.time_since_epoch() + wanted.from;
    const auto end = wanted.day.time_since_epoch() + wanted.to;
    for (const Turn& other : others) {
        if (!other.active || other.id == wanted.id || other.official != wanted.official) continue;
        const auto other_begin = other.day.time_since_epoch() + other.from;
        const auto other_end = other.day.time_since_epoch() + other.to;
        if (other_end <= begin || end <= other_begin) continue;
        faults.push_back({Rule::turn, "from", "turn_overlaps", {day_text(other.day)}});
        break;
    }
    return faults;
}

}  // namespace hotline::ticketing::organisation
