#include "ticketing/router/misroutes.hpp"

#include "ticketing/other_topic.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace hotline::ticketing {
namespace {

// Topic, place and unit.
using KindAndUnit = std::tuple<std::string_view, std::string_view, UnitId>;

template <class Lesson>
KindAndUnit of(const Lesson& lesson, UnitId unit) {
    return {lesson.topic, lesson.place, unit};
}

using Moments = std::map<KindAndUnit, Instant>;

// When each unit was last sent one that it kept.
Moments last_kept(std::span<const Kept> kept) {
    Moments last;
    for (const Kept& one : kept) {
        Instant& at = last[of(one, one.unit)];
        at = std::max(at, one.sent_at);
    }
    return last;
}

}  // namespace

Lessons lessons_of(const sla::TicketFacts& facts) {
    Lessons lessons;
    if (facts.excluded != sla::Exclusion::none || facts.topic == other_topic) return lessons;
    if (facts.assignments.empty()) return lessons;
    const sla::Assignment& last = facts.assignments.back();
    // An assignment also ends without a return, when a merger is undone (F11).
    const auto given_back = [](const sla::Assignment& one) {
        return one.return_approved && one.returned_at;
    };
    const UnitId holder{last.return_approved ? 0 : last.unit};
    for (const sla::Assignment& one : facts.assignments) {
        if (!given_back(one) || UnitId{one.unit} == holder) continue;
        lessons.misroutes.push_back(
            {facts.topic, one.division, UnitId{one.unit}, holder, *one.returned_at}
        );
    }
    if (holder && facts.submitted_at) {
        lessons.kept = Kept{facts.topic, last.division, holder, last.dispatched_at};
    }
    return lessons;
}

Misroutes::Misroutes(std::span<const Misroute> misroutes, std::span<const Kept> kept, Instant now) {
    const Moments kept_at = last_kept(kept);
    std::map<std::pair<KindAndUnit, UnitId>, int> counts;
    std::map<KindAndUnit, int> given_back;
    for (const Misroute& one : misroutes) {
        const auto known = kept_at.find(of(one, one.unit));
        const bool kept_since = known != kept_at.end() && known->second >= one.returned_at;
        if (kept_since || one.returned_at <= now - memory) continue;
        ++given_back[of(one, one.unit)];
        if (one.went_to) ++counts[{of(one, one.unit), one.went_to}];
    }
    for (const auto& [way, returns] : counts) {
        const auto& [topic, place, unit] = way.first;
        const auto by_keeper = given_back.find({topic, place, way.second});
        const bool forgotten =
            by_keeper != given_back.end() && by_keeper->second >= returns_to_forget;
        if (returns < returns_to_learn || forgotten) continue;
        auto& pairs = by_unit_[unit.value];
        const bool same_kind =
            !pairs.empty() && pairs.back().topic == topic && pairs.back().place == place;
        if (!same_kind) {
            pairs.push_back({std::string(topic), std::string(place), {way.second, returns}});
        } else if (pairs.back().instead.returns < returns) {
            pairs.back().instead = {way.second, returns};
        }
    }
}

std::optional<Misroutes::Instead> Misroutes::instead_of(
    std::string_view topic, std::string_view place, UnitId unit
) const {
    const auto pairs = by_unit_.find(unit.value);
    if (pairs == by_unit_.end()) return std::nullopt;
    const auto at = std::ranges::find_if(pairs->second, [&](const Pair& pair) {
        return pair.topic == topic && pair.place == place;
    });
    if (at == pairs->second.end()) return std::nullopt;
    return at->instead;
}

std::vector<Misroutes::Known> Misroutes::known() const {
    std::vector<Known> all;
    for (const auto& [unit, pairs] : by_unit_) {
        for (const Pair& pair : pairs) {
            all.push_back({pair.topic, pair.place, UnitId{unit}, pair.instead});
        }
    }
    std::ranges::sort(all, {}, [](const Known& one) {
        return std::tie(one.topic, one.place, one.unit);
    });
    return all;
}

std::size_t Misroutes::size() const {
    std::size_t pairs = 0;
    for (const auto& [unit, of_unit] : by_unit_) pairs += of_unit.size();
    return pairs;
}

}  // namespace hotline::ticketing
