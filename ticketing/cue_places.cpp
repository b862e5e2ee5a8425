// Which county, zone, town and unit a text speaks of (rules Q3, Q6 and Q14).
#include "ticketing/cue_words.hpp"
#include "ticketing/cues.hpp"

#include <algorithm>

namespace hotline::ticketing {
namespace {

constexpr std::string_view inner_district = "610502";  // 临渭区: both inner zones lie in it
constexpr int bare_zone = 3;                           // "高新区" without saying which
constexpr std::uint32_t clause = 48;                   // bytes: sixteen characters

}  // namespace

// The strongest mention of a division so far; the first of equals wins.
struct CueReader::Place {
    const Division* division = nullptr;
    const Hit* hit = nullptr;
    int weight = 0;

    void consider(const Division& candidate, const Hit& mention, int mention_weight) {
        if (mention_weight <= weight) return;
        division = &candidate;
        hit = &mention;
        weight = mention_weight;
    }
};

void CueReader::read_place(const Text& text, std::string_view home, Cues& cues) const {
    Place county, zone;
    for (const Hit& hit : text.hits) {
        const Pattern& pattern = patterns_[hit.pattern];
        if (pattern.kind != Kind::division || pattern.target == hides_only) continue;
        const Division& division = divisions_[pattern.target];
        auto& place = division.kind == Division::Kind::zone ? zone : county;
        place.consider(division, hit, pattern.weight);
    }
    // Counties have "高新区" of their own; the bare word means the city's only beside 临渭 or
    // alone.
    const bool zone_meant = zone.division && (zone.weight > bare_zone || !county.division ||
                                              county.division->code == inner_district);
    const Place& place = zone_meant ? zone : county;
    if (place.division) {
        cues.division = place.division->code;
        cues.place = text.word(*place.hit);
    }
    if (!zone_meant) read_town(text, home, cues);
}

void CueReader::read_town(const Text& text, std::string_view home, Cues& cues) const {
    const std::string_view county = cues.division.empty() ? home : cues.division;
    Place best;
    bool ambiguous = false;
    for (const Hit& hit : text.hits) {
        const Pattern& pattern = patterns_[hit.pattern];
        if (pattern.kind != Kind::town) continue;
        const Division& town = divisions_[pattern.target];
        const bool inside = !county.empty() && town.parent == county;
        // A place elsewhere does not move the matter away from the county that was named; without
        // one only the full name of a town is enough.
        if (!inside && (!cues.division.empty() || pattern.weight < 3)) continue;
        const int weight = pattern.weight + (inside ? 10 : 0);
        if (best.division && weight == best.weight && best.division->name == town.name) {
            ambiguous = true;
        }
        best.consider(town, hit, weight);
    }
    if (!best.division || (ambiguous && best.weight < 10)) return;
    cues.town = best.division->code;
    if (cues.division.empty()) cues.division = best.division->parent;
    const std::string_view name = text.word(*best.hit);
    if (cues.place.find(name) == std::string::npos) cues.place += name;
}

UnitId CueReader::named_unit(const Hit& hit, std::string_view home) const {
    const Called& called = called_[patterns_[hit.pattern].target];
    if (called.unit) return called.unit;
    const auto lookup = [&](std::string_view division) {
        const auto at = unit_by_function_.find(called.function + '@' + std::string{division});
        return at == unit_by_function_.end() ? UnitId{} : at->second;
    };
    UnitId unit = lookup(called.division.empty() ? home : std::string_view{called.division});
    if (!unit) unit = lookup("610500");
    return unit;
}

void CueReader::read_complained_unit(const Text& text, std::string_view home, Cues& cues) const {
    if (cues.type != AppealType::complaint && cues.type != AppealType::report) return;
    const std::string_view where = cues.division.empty() ? home : cues.division;
    for (const Hit& unit : text.hits) {
        if (patterns_[unit.pattern].kind != Kind::unit) continue;
        const bool blamed = std::ranges::any_of(text.hits, [&](const Hit& blame) {
            return patterns_[blame.pattern].kind == Kind::blame &&
                   blame.in_title == unit.in_title && blame.begin >= unit.begin &&
                   blame.begin <= unit.end + clause;
        });
        if (!blamed) continue;
        cues.complained_unit = named_unit(unit, where);
        if (cues.complained_unit) return;
    }
}

bool CueReader::is_asked(const Text& text, const Hit& unit) const {
    const std::string_view before =
        (unit.in_title ? text.title : text.content).substr(0, unit.begin);
    bool asked = false;
    cue_words::for_each_word(cue_words::asking(), [&](std::string_view word) {
        asked = asked || before.ends_with(word);
    });
    return asked || std::ranges::any_of(text.hits, [&](const Hit& promise) {
               return patterns_[promise.pattern].kind == Kind::promise &&
                      promise.in_title == unit.in_title && promise.begin >= unit.end &&
                      promise.begin <= unit.end + clause;
           });
}

void CueReader::read_asked_unit(const Text& text, std::string_view home, Cues& cues) const {
    const std::string_view where = cues.division.empty() ? home : cues.division;
    for (const Hit& unit : text.hits) {
        if (patterns_[unit.pattern].kind != Kind::unit) continue;
        const bool thanked = cues.type == AppealType::praise;
        if (!thanked && !is_asked(text, unit)) continue;
        cues.asked_unit = named_unit(unit, where);
        if (thanked && cues.asked_unit) return;
    }
    if (cues.asked_unit == cues.complained_unit) cues.asked_unit = {};
}

}  // namespace hotline::ticketing
