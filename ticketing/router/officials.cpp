#include "ticketing/router/officials.hpp"

#include "ticketing/router/units.hpp"

#include <algorithm>

namespace hotline::ticketing::routing {
namespace {

constexpr double overdue_penalty = 0.2;
constexpr double affinity = 0.3;
constexpr std::size_t most_candidates_kept = 8;

OfficialDesk desk_of(const Official& official, const Loads& loads) {
    const auto at = loads.find(official.id.value);
    return at == loads.end() ? OfficialDesk{} : at->second;
}

bool listed(std::string_view list, std::string_view wanted) {
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        if (list.substr(0, end) == wanted) return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

// Why he cannot take it now; empty when he can.
std::string_view hindrance(
    const Official& official,
    const Duty& duty,
    const Matter& matter,
    const Directory& directory,
    const Load& load
) {
    if (!official.active || official.on_leave) return "on_leave";
    const Unit* unit = directory.unit(official.unit);
    if (!unit || in_conflict(matter, *unit, directory)) return "conflict";
    if (!covers(official, duty)) return "other_duty";
    const double weight = desk_weight(matter.urgency, Complexity::simple);
    return load.open_weighted + weight > official.capacity ? "full" : std::string_view{};
}

bool solved_before(const Matter& matter, OfficialId official) {
    return std::ranges::find(matter.solved_before, official) != matter.solved_before.end();
}

// The owner, or his deputy in the same unit when he is away or his desk is full (R4).
bool give_to_owner(
    const Matter& matter,
    const Duty& duty,
    const Official& owner,
    const Directory& directory,
    const Loads& loads,
    RouteDecision& decision
) {
    if (owner.unit != decision.lead) {
        decision.reasons.push_back({RouteRule::contact_card, "owner_elsewhere", {owner.name}});
        return false;
    }
    if (hindrance(owner, duty, matter, directory, desk_of(owner, loads)).empty()) {
        decision.official = owner.id;
        decision.reasons.push_back({RouteRule::contact_card, "owner_handles", {owner.name}});
        return true;
    }
    const Official* deputy = directory.official(owner.deputy);
    if (!deputy || deputy->unit != decision.lead ||
        !hindrance(*deputy, duty, matter, directory, desk_of(*deputy, loads)).empty()) {
        decision.reasons.push_back({RouteRule::contact_card, "owner_away", {owner.name}});
        return false;
    }
    decision.official = deputy->id;
    decision.reasons.push_back(
        {RouteRule::contact_card, "deputy_handles", {owner.name, deputy->name}}
    );
    return true;
}

// R10, in the order in which officials are compared.
struct Ranked {
    bool hindered;
    double score;
    double given;
    OfficialId official;
    std::string_view why_not;

    auto operator<=>(const Ranked&) const = default;
};

// R14: while the one who follows is on leave, his deputy does.
void follow_by_deputy(const Official& owner, const Directory& directory, RouteDecision& decision) {
    if (!owner.on_leave) return;
    const Official* deputy = directory.official(owner.deputy);
    const bool there = deputy && deputy->active && !deputy->on_leave && deputy->unit == owner.unit;
    if (!there) return;
    decision.case_owner = deputy->id;
    decision.reasons.push_back({RouteRule::away, "deputy_follows", {owner.name, deputy->name}});
}

void choose_from_pool(
    const Matter& matter,
    const Duty& duty,
    const Directory& directory,
    const Loads& loads,
    RouteDecision& decision
) {
    std::vector<Ranked> ranked;
    for (const OfficialId id : directory.officials_of(decision.lead)) {
        const Official& official = *directory.official(id);
        const OfficialDesk desk = desk_of(official, loads);
        const auto why_not = hindrance(official, duty, matter, directory, desk);
        ranked.push_back(
            {!why_not.empty(),
             score_of(official, desk, solved_before(matter, id)),
             desk.given,
             id,
             why_not}
        );
    }
    std::ranges::sort(ranked);
    auto& all = decision.officials;
    for (const Ranked& one : ranked) {
        if (all.size() == most_candidates_kept) break;
        all.push_back({one.official, one.score, one.hindered ? one.why_not : "eligible"});
    }
    const bool anyone = !all.empty() && all.front().outcome == "eligible";
    if (anyone) {
        all.front().outcome = "chosen";
        decision.official = all.front().official;
        decision.reasons.push_back(
            {RouteRule::load, "least_loaded", {directory.official(decision.official)->name}}
        );
    } else {
        decision.reasons.push_back({RouteRule::load, all.empty() ? "no_officials" : "all_full", {}}
        );
    }
}

}  // namespace

bool covers(const Official& official, const Duty& duty) {
    return official.duty.empty() || listed(official.duty, duty.topic) ||
           listed(official.duty, duty.function);
}

double score_of(const Official& official, const Load& load, bool solved_before) {
    const double capacity = std::max(1, official.capacity);
    return load.open_weighted / capacity + overdue_penalty * load.overdue -
           (solved_before ? affinity : 0);
}

const Official* choose_owner(
    const Matter& matter,
    const Enterprise* enterprise,
    const Directory& directory,
    RouteDecision& decision
) {
    std::vector<OfficialId> holders;
    if (enterprise) {
        const auto at = directory.cards.find(enterprise->id.value);
        if (at != directory.cards.end()) holders = at->second;
    }
    std::ranges::sort(holders);
    if (matter.visiting_official) holders.push_back(matter.visiting_official);
    for (const OfficialId id : holders) {
        const Official* official = directory.official(id);
        if (!official || !official->active) continue;
        const Unit* unit = directory.unit(official->unit);
        if (unit && in_conflict(matter, *unit, directory)) {
            decision.reasons.push_back({RouteRule::conflict, "owner_barred", {official->name}});
            continue;
        }
        const auto* code = id == matter.visiting_official ? "visitor_follows" : "card";
        decision.case_owner = id;
        decision.reasons.push_back({RouteRule::contact_card, code, {official->name}});
        follow_by_deputy(*official, directory, decision);
        return official;
    }
    if (holders.empty()) decision.reasons.push_back({RouteRule::contact_card, "no_card", {}});
    return nullptr;
}

// Who is on duty takes what comes, whatever his usual duties and however full his desk.
bool choose_on_duty(
    const Matter& matter,
    const Surroundings& surroundings,
    const Loads& loads,
    RouteDecision& decision
) {
    if (!decision.lead || matter.urgency == Urgency::normal) return false;
    if (surroundings.calendar_of(decision.lead).is_open(surroundings.now)) return false;
    const Directory& directory = surroundings.directory;
    const Unit* unit = directory.unit(decision.lead);
    if (!unit || in_conflict(matter, *unit, directory)) return false;
    for (const OfficialId id : directory.on_duty(decision.lead, surroundings.now)) {
        const Official* official = directory.official(id);
        if (!official || !official->active || official->on_leave) continue;
        const double score = score_of(*official, desk_of(*official, loads), false);
        decision.officials.push_back({id, score, "eligible"});
    }
    if (decision.officials.empty()) return false;
    const auto first = std::ranges::min_element(decision.officials, {}, &OfficialCandidate::score);
    std::iter_swap(decision.officials.begin(), first);
    decision.officials.front().outcome = "chosen";
    decision.official = decision.officials.front().official;
    decision.reasons.push_back(
        {RouteRule::on_duty, "on_duty", {unit->name, directory.official(decision.official)->name}}
    );
    return true;
}

void choose_official(
    const Matter& matter,
    const Duty& duty,
    const Official* owner,
    const Directory& directory,
    const Loads& loads,
    RouteDecision& decision
) {
    if (!decision.lead) return;
    if (owner && give_to_owner(matter, duty, *owner, directory, loads, decision)) return;
    choose_from_pool(matter, duty, directory, loads, decision);
}

}  // namespace hotline::ticketing::routing
