#include "ticketing/router/units.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace hotline::ticketing::routing {
namespace {

constexpr std::string_view city = "610500";
constexpr std::string_view by_industry = "by_industry";
constexpr std::string_view office = "gov_office";
constexpr std::string_view zone_body = "zone_admin";
// How much less each next unit is preferred, and one that keeps giving such matters back (R13).
constexpr double falling = 0.8;
constexpr double gave_back_share = 0.5;
// 中小企业促进法 (2017), article 5: the department for industry answers for small firms in general.
constexpr std::string_view of_firms_in_general = "industry";

// R7: GB/T 4754-2017 sections and the department of the trade.
constexpr std::array<std::pair<char, std::string_view>, 19> trades{{
    {'A', "agriculture"},   {'B', "industry"},
    {'C', "industry"},      {'D', "development_reform"},
    {'E', "housing"},       {'F', "commerce"},
    {'G', "transport"},     {'H', "commerce"},
    {'I', "industry"},      {'J', "finance_office"},
    {'K', "housing"},       {'L', "development_reform"},
    {'M', "science"},       {'N', "water_affairs"},
    {'O', "commerce"},      {'P', "education"},
    {'Q', "health"},        {'R', "culture_tourism"},
    {'S', "civil_affairs"},
}};

std::string_view trade_of(std::string_view industry) {
    for (const auto& [letter, function] : trades) {
        if (!industry.empty() && industry.front() == letter) return function;
    }
    return {};
}

bool says(const Matter& matter, std::string_view word) {
    return matter.title.find(word) != std::string_view::npos ||
           matter.content.find(word) != std::string_view::npos;
}

// The candidates in order, without repetition.
class Candidates {
public:
    explicit Candidates(const Directory& directory) : directory_(directory) {}

    void add(std::string_view function, std::string_view division) {
        if (division.empty()) return;
        add(directory_.unit_for(function, division));
    }
    void add(const Unit* unit) {
        if (!unit || !unit->active || std::ranges::find(list_, unit) != list_.end()) return;
        list_.push_back(unit);
    }
    const std::vector<const Unit*>& list() const { return list_; }

private:
    const Directory& directory_;
    std::vector<const Unit*> list_;
};

const Unit* zone_unit(
    std::string_view function, std::string_view zone, const Directory& directory
) {
    const Unit* unit = directory.unit_for(function, zone);
    return unit ? unit : directory.unit_for(zone_body, zone);
}

// Whether a unit with this function gave the matter back already: it was not its own, whoever
// asked.
bool gave_back(const Matter& matter, std::string_view function, const Directory& directory) {
    return std::ranges::any_of(matter.refused_units, [&](UnitId id) {
        const Unit* unit = directory.unit(id);
        return unit && unit->function == function;
    });
}

// R17: only where the duty list gives it a part of the topic, as a zone's body has in all of its
// own zone. Praise goes to whomever it names.
const Unit* asked_unit(const Matter& matter, const Duty& duty, const Directory& directory) {
    const Unit* unit = directory.unit(matter.asked_unit);
    if (!unit || matter.type == AppealType::praise) return unit;
    const std::string& function = unit->function;
    const auto& moved = duty.exceptions;
    const bool shares =
        function == duty.function || function == zone_body ||
        std::ranges::find(moved, function, &Duty::Exception::function) != moved.end() ||
        std::ranges::find(duty.co_functions, function) != duty.co_functions.end() ||
        (matter.power && matter.power->label == function);
    return shares && !gave_back(matter, function, directory) ? unit : nullptr;
}

std::vector<const Unit*> candidates(
    const Matter& matter,
    const Duty& duty,
    const Power& power,
    const Jurisdiction& where,
    const Directory& directory
) {
    Candidates all{directory};
    const bool itself =
        matter.type == AppealType::praise || (power.asked && power.asked->function == zone_body);
    if (power.asked && itself) all.add(power.asked);
    if (!power.asked && duty.zone_has_power && !where.zone.empty()) {
        all.add(zone_unit(power.function, where.zone, directory));
    }
    if (duty.county_has_power) all.add(power.function, where.county);
    all.add(power.function, city);
    // Returned or without a unit of its own: whoever shares the power. A complaint goes up instead.
    if (!matter.complained_unit) {
        for (const auto& helper : duty.co_functions) {
            if (duty.county_has_power) all.add(helper, where.county);
            all.add(helper, city);
        }
    }
    all.add(office, where.county);
    all.add(office, city);
    for (const Unit& unit : directory.units) {
        if (unit.level == UnitLevel::centre) all.add(&unit);
    }
    return all.list();
}

// The model's reading with the words that spoke for it.
RouteReason reason_of(const LearnedHint& read, const Directory& directory) {
    std::string words;
    for (const auto& word : read.words) words += (words.empty() ? "" : "、") + word;
    const Unit* unit = directory.unit_for(read.label, city);
    const auto percent = std::to_string(std::lround(read.confidence * 100)) + "%";
    return {
        RouteRule::read, "read_power", {std::move(words), unit ? unit->name : read.label, percent}
    };
}

void explain_power(
    const Matter& matter,
    const Power& power,
    const Enterprise* enterprise,
    const Directory& directory,
    RouteDecision& decision
) {
    if (power.asked) {
        const bool praise = matter.type == AppealType::praise;
        RouteReason reason{RouteRule::asked, praise ? "praised" : "asked", {power.asked->name}};
        if (!praise) reason.inputs.emplace_back(matter.topic);
        decision.reasons.push_back(std::move(reason));
    } else if (power.read) {
        decision.reasons.push_back(reason_of(*power.read, directory));
    } else if (!power.exception.empty()) {
        decision.reasons.push_back(
            {RouteRule::function,
             "exception",
             {std::string{matter.topic}, std::string{power.exception}}}
        );
    } else if (!power.industry.empty()) {
        decision.reasons.push_back(
            {RouteRule::industry, "trade", {enterprise->name, std::string{power.industry}}}
        );
    } else {
        decision.reasons.push_back({RouteRule::function, "duty_list", {std::string{matter.topic}}});
    }
}

void explain_place(const Jurisdiction& where, const Directory& directory, RouteDecision& decision) {
    const std::string_view place = where.zone.empty() ? where.county : where.zone;
    if (const Division* division = directory.division(place)) {
        const auto* source = where.by_registration ? "place_registered" : "place_of_matter";
        decision.reasons.push_back({RouteRule::jurisdiction, source, {division->name}});
    } else {
        decision.reasons.push_back({RouteRule::jurisdiction, "place_unknown", {}});
    }
}

void explain_lead(const Unit& lead, const Power& power, RouteDecision& decision) {
    std::string_view code = "city_power";
    if (lead.level == UnitLevel::zone) {
        code = "zone_power";
    } else if (lead.level == UnitLevel::central) {
        code = "central";
    } else if (lead.division != city) {
        code = "county_power";
    }
    decision.reasons.push_back({RouteRule::jurisdiction, code, {lead.name}});
    if (lead.function == office && power.function != office) {
        decision.reasons.push_back({RouteRule::fallback, "office", {lead.name}});
    }
}

bool may_act(const Matter& matter, const Unit& unit, const Directory& directory) {
    return !refused(matter, unit.id) && !in_conflict(matter, unit, directory);
}

// R13: who kept what a unit gave back.
struct Lesson {
    const Unit* gave_back = nullptr;
    const Unit* keeps = nullptr;
    int returns = 0;
};

// Of the first that may be asked, or gave this very matter back; who is barred by R3 teaches
// nothing.
Lesson lesson_for(
    const Matter& matter,
    const std::vector<const Unit*>& units,
    const Directory& directory,
    const Misroutes& misroutes
) {
    for (const Unit* unit : units) {
        if (in_conflict(matter, *unit, directory)) continue;
        const auto instead = misroutes.instead_of(matter.topic, matter.division, unit->id);
        const Unit* keeps = instead ? directory.unit(instead->unit) : nullptr;
        if (keeps && keeps->active && may_act(matter, *keeps, directory)) {
            return {unit, keeps, instead->returns};
        }
        if (!refused(matter, unit->id)) break;
    }
    return {};
}

struct Scored {
    const Unit* unit;
    double score;  // 1 for the first, falling
};

std::vector<Scored> by_preference(const std::vector<const Unit*>& units, const Lesson& lesson) {
    std::vector<Scored> scored;
    scored.reserve(units.size() + 1);
    double score = 1;
    const auto add = [&](const Unit* unit) {
        scored.push_back({unit, unit == lesson.gave_back ? score * gave_back_share : score});
        score *= falling;
    };
    if (lesson.keeps) add(lesson.keeps);
    for (const Unit* unit : units) {
        if (unit != lesson.keeps) add(unit);
    }
    if (lesson.keeps) std::ranges::stable_sort(scored, std::greater{}, &Scored::score);
    return scored;
}

}  // namespace

Power power_over(const Matter& matter, const Duty& duty, const Enterprise* enterprise) {
    for (const auto& exception : duty.exceptions) {
        if (says(matter, exception.word)) return {exception.function, exception.word, {}};
    }
    if (matter.power && matter.power->label != duty.function) {
        return {matter.power->label, {}, {}, matter.power};
    }
    if (duty.function != by_industry) return {duty.function, {}, {}};
    const std::string_view industry =
        enterprise ? std::string_view{enterprise->industry} : std::string_view{};
    const std::string_view trade = trade_of(industry);
    if (trade.empty()) return {of_firms_in_general, {}, {}};
    return {trade, {}, industry};
}

Jurisdiction jurisdiction_of(
    const Matter& matter, const Enterprise* enterprise, const Directory& directory
) {
    Jurisdiction where;
    where.by_registration = matter.division.empty();
    std::string_view place = matter.division;
    if (where.by_registration && enterprise) {
        place = enterprise->zone.empty() ? enterprise->division : enterprise->zone;
    }
    const Division* division = directory.division(place);
    if (!division) return where;
    if (division->kind == Division::Kind::zone) where.zone = division->code;
    if (division->kind == Division::Kind::county) where.county = division->code;
    if (division->kind == Division::Kind::town) where.county = division->parent;
    return where;
}

const Unit* unit_there(
    std::string_view function,
    const Jurisdiction& where,
    const Duty& duty,
    const Directory& directory
) {
    const Unit* unit = nullptr;
    if (duty.zone_has_power && !where.zone.empty()) {
        unit = zone_unit(function, where.zone, directory);
    }
    if (!unit && duty.county_has_power && !where.county.empty()) {
        unit = directory.unit_for(function, where.county);
    }
    return unit ? unit : directory.unit_for(function, city);
}

bool in_conflict(const Matter& matter, const Unit& unit, const Directory& directory) {
    if (!matter.complained_unit) return false;
    if (directory.within(unit.id, matter.complained_unit)) return true;
    const Unit* complained = directory.unit(matter.complained_unit);
    return complained && complained->division == city && !complained->function.empty() &&
           complained->function == unit.function;
}

bool refused(const Matter& matter, UnitId unit) {
    return std::ranges::find(matter.refused_units, unit) != matter.refused_units.end();
}

void choose_lead(
    const Matter& matter,
    const Duty& duty,
    const Enterprise* enterprise,
    const Directory& directory,
    const Misroutes& misroutes,
    RouteDecision& decision
) {
    Power power = power_over(matter, duty, enterprise);
    power.asked = asked_unit(matter, duty, directory);
    if (power.asked && power.asked->function != zone_body) power.function = power.asked->function;
    const Jurisdiction where = jurisdiction_of(matter, enterprise, directory);
    explain_power(matter, power, enterprise, directory, decision);
    const auto units = candidates(matter, duty, power, where, directory);
    const Lesson lesson = lesson_for(matter, units, directory, misroutes);
    for (const auto& [unit, score] : by_preference(units, lesson)) {
        std::string_view outcome = unit == lesson.gave_back ? "gave_back" : "later";
        if (refused(matter, unit->id)) {
            outcome = "refused";
            decision.reasons.push_back({RouteRule::returned, "returned_before", {unit->name}});
        } else if (in_conflict(matter, *unit, directory)) {
            outcome = "conflict";
            decision.reasons.push_back({RouteRule::conflict, "complained_about", {unit->name}});
        } else if (!decision.lead) {
            outcome = "chosen";
            decision.lead = unit->id;
            decision.level = unit->level;
            explain_place(where, directory, decision);
            if (unit == lesson.keeps) {
                decision.reasons.push_back(
                    {RouteRule::learned,
                     "gave_such_back",
                     {lesson.gave_back->name, std::to_string(lesson.returns), unit->name}}
                );
            } else {
                explain_lead(*unit, power, decision);
            }
        }
        decision.units.push_back({unit->id, score, outcome});
    }
}

void choose_co_units(
    const Matter& matter,
    const Duty& duty,
    const Enterprise* enterprise,
    const Directory& directory,
    RouteDecision& decision
) {
    const Jurisdiction where = jurisdiction_of(matter, enterprise, directory);
    const auto join = [&](std::string_view function, const Duty& by, std::string_view code) {
        const Unit* unit = unit_there(function, where, by, directory);
        if (!unit || unit->id == decision.lead || refused(matter, unit->id) ||
            in_conflict(matter, *unit, directory) ||
            std::ranges::find(decision.co_units, unit->id) != decision.co_units.end()) {
            return;
        }
        decision.co_units.push_back(unit->id);
        decision.reasons.push_back({RouteRule::several_units, code, {unit->name, by.topic}});
    };
    const Unit* lead = directory.unit(decision.lead);
    const bool lead_is_default =
        lead && (lead->function == duty.function || duty.function == by_industry);
    // The helpers of the duty list help its own lead; an exception moved the matter out of their
    // way.
    if (lead_is_default) {
        for (const auto& helper : duty.co_functions) join(helper, duty, "helper");
    }
    const Duty* second = directory.duty(matter.second_topic);
    if (second && second->topic != duty.topic) {
        Matter beside = matter;
        beside.power = nullptr;  // a reading of the main matter
        join(power_over(beside, *second, enterprise).function, *second, "second_topic");
    }
}

}  // namespace hotline::ticketing::routing
