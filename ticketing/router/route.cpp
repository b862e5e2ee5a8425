#include "ticketing/router/route.hpp"

#include "ticketing/other_topic.hpp"
#include "ticketing/router/officials.hpp"
#include "ticketing/router/units.hpp"

#include <algorithm>

namespace hotline::ticketing {
namespace {

// A topic that left the duty list since the ticket was written, and a directory without one.
const Duty& duty_of(const Matter& matter, const Directory& directory) {
    static const Duty unlisted{"其他", "其他", "gov_office", true, false, {}, {}, {}};
    if (const Duty* duty = directory.duty(matter.topic)) return *duty;
    const Duty* duty = directory.duty(other_topic);
    return duty ? *duty : unlisted;
}

void suggest(const Matter& matter, RouteDecision& decision) {
    using Kind = RouteSuggestion::Kind;
    if (matter.emergency) {
        decision.reasons.push_back({RouteRule::emergency, "emergency_services", {}});
        decision.suggestions.push_back({Kind::transfer, "emergency", 0.7});
    }
    if (matter.type == AppealType::consult && matter.return_count == 0) {
        decision.reasons.push_back({RouteRule::answer_at_once, "consult", {}});
        decision.suggestions.push_back({Kind::answer, {}, 0.5});
    }
    if (matter.decline) {
        decision.reasons.push_back({RouteRule::acceptance, "decline", {matter.decline->code}});
        decision.suggestions.push_back(
            {Kind::decline, matter.decline->code, matter.decline->confidence}
        );
    }
    if (matter.clarify) {
        decision.reasons.push_back({RouteRule::acceptance, "clarify", {}});
        decision.suggestions.push_back({Kind::clarify, "too_vague", 0.6});
    }
    if (matter.return_count >= 2) {
        decision.reasons.push_back(
            {RouteRule::returned, "designate", {std::to_string(matter.return_count)}}
        );
        decision.suggestions.push_back({Kind::designate, {}, 1});
    }
}

// R8: 疑难 is what needs several units to be solved; a question never is.
Complexity complexity_of(const Matter& matter, const RouteDecision& decision) {
    if (matter.tangled) return Complexity::complex;
    const bool several = decision.co_units.size() >= 2 && matter.type != AppealType::consult;
    return several ? Complexity::complex : Complexity::simple;
}

}  // namespace

RouteDecision route(
    const Matter& matter,
    const Enterprise* enterprise,
    const Directory& directory,
    const Loads& loads,
    const Misroutes& misroutes,
    const Surroundings* surroundings
) {
    RouteDecision decision;
    decision.reasons.reserve(12);
    const Duty& duty = duty_of(matter, directory);
    decision.category = duty.category;
    suggest(matter, decision);
    const Official* owner = routing::choose_owner(matter, enterprise, directory, decision);
    routing::choose_lead(matter, duty, enterprise, directory, misroutes, decision);
    routing::choose_co_units(matter, duty, enterprise, directory, decision);
    decision.complexity = complexity_of(matter, decision);
    if (surroundings && routing::choose_on_duty(matter, *surroundings, loads, decision)) {
        return decision;
    }
    routing::choose_official(matter, duty, owner, directory, loads, decision);
    return decision;
}

bool waits_for_dispatcher(const RouteDecision& decision) {
    using Kind = RouteSuggestion::Kind;
    return !decision.lead || std::ranges::any_of(decision.suggestions, [](const auto& suggestion) {
        return suggestion.kind == Kind::decline || suggestion.kind == Kind::clarify;
    });
}

}  // namespace hotline::ticketing
