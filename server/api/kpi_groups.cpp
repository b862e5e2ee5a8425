#include "server/api/kpi_groups.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace hotline::api {
namespace {

using sla::Dimension;

std::uint64_t number_of(const std::string& key) {
    return std::strtoull(key.c_str(), nullptr, 10);
}

// Channels and types by their words, everything else as it is.
std::string public_key(Dimension grouping, const std::string& key) {
    const auto word = [&](auto none) {
        const auto value = static_cast<decltype(none)>(number_of(key));
        return std::string(ticketing::name(value));
    };
    if (grouping == Dimension::channel) return word(ticketing::Channel{});
    if (grouping == Dimension::type) return word(ticketing::AppealType{});
    return key;
}

// Units and officials by number, everything else by text.
bool before(const Figures& a, const Figures& b, Dimension grouping) {
    const bool by_number = grouping == Dimension::unit || grouping == Dimension::official;
    if (by_number && a.key.size() != b.key.size()) {
        return a.key.size() < b.key.size();
    }
    return a.key < b.key;
}

}  // namespace

std::string group_name(
    Dimension grouping, const std::string& key, const ticketing::Directory& directory, bool english
) {
    const std::string unknown = english ? "Not known yet" : "尚不明确";
    if (grouping == Dimension::division) {
        const auto* division = directory.division(key);
        return key.empty() ? unknown : division != nullptr ? division->name : key;
    }
    if (grouping == Dimension::unit) {
        if (key == "0") return english ? "Hotline centre" : "热线中心";
        const auto* unit = directory.unit({number_of(key)});
        return unit != nullptr ? unit->name : key;
    }
    if (grouping == Dimension::official) {
        if (key == "0") return english ? "Nobody by name" : "未落实到人";
        const auto* official = directory.official({number_of(key)});
        return official != nullptr ? official->name : key;
    }
    return key.empty() ? unknown : key;
}

bool grouped_by_desk(sla::Dimension grouping) {
    return grouping == Dimension::division || grouping == Dimension::unit;
}

std::vector<Figures> lines_of(
    mysql::KpiGroups groups, Dimension grouping, const ticketing::Directory& directory, bool english
) {
    std::vector<Figures> lines;
    lines.reserve(groups.size());
    const bool somebodys = grouping == Dimension::unit || grouping == Dimension::official;
    for (auto& [key, sums] : groups) {
        const std::string shown = public_key(grouping, key);
        Figures line{.key = shown, .name = group_name(grouping, shown, directory, english)};
        line.sums = std::move(sums);
        line.with_accepted = !somebodys || key == "0";
        line.with_snapshot = grouped_by_desk(grouping);
        lines.push_back(std::move(line));
    }
    std::ranges::sort(lines, [grouping](const Figures& a, const Figures& b) {
        return before(a, b, grouping);
    });
    return lines;
}

}  // namespace hotline::api
