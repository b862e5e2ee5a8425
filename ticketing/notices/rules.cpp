#include "ticketing/notices/rules.hpp"

#include "ticketing/notices/told_by.hpp"

#include <algorithm>

namespace hotline::ticketing::notices {
namespace {

constexpr Channels open_page = Channels::of({Channel::live});
// No course is longer: three rungs, two waits and the end.
constexpr int most_steps = 8;

bool fits(const ChannelRule& line, const Case& of) {
    return (!line.occasion || *line.occasion == of.occasion) &&
           (!line.standing || *line.standing == of.standing) &&
           (!line.urgency || *line.urgency == of.urgency);
}

Preferences usual_under(const Rules& rules) {
    Preferences usual;
    usual.wanted.add(Channel::email);
    usual.quiet_from = rules.quiet_from;
    usual.quiet_to = rules.quiet_to;
    return usual;
}

}  // namespace

Channels permitted(
    const Rules& rules, Occasion occasion, Standing standing, Urgency urgency, Channels reachable
) {
    const bool duty = weight_of(occasion, standing) == Weight::duty;
    if (duty && urgency == Urgency::critical) return reachable;
    Channels left = reachable;
    for (const ChannelRule& line : rules.lines) {
        if (fits(line, {occasion, standing, urgency})) {
            left.bits &= ~(line.without.bits & ~open_page.bits);
        }
    }
    return left;
}

std::vector<Standing> standings_of(Occasion occasion) {
    switch (occasion) {
        case Occasion::shift_summary:
        case Occasion::bulletin:
        case Occasion::webhook_off:
            return {Standing::reader};
        case Occasion::deputy_escalation:
            return {Standing::deputy, Standing::office, Standing::leader};
        default:
            break;
    }
    std::vector<Standing> found;
    for (const auto& [act, word] : names_of(Act{})) {
        for (const TellingWay& way : told_by(act)) {
            const bool known = std::ranges::find(found, way.standing) != found.end();
            if (way.occasion == occasion && !known) found.push_back(way.standing);
        }
    }
    std::ranges::sort(found);
    return found;
}

std::vector<Case> all_cases() {
    std::vector<Case> cases;
    for (const auto& [occasion, word] : names_of(Occasion{})) {
        for (const Standing standing : standings_of(occasion)) {
            for (const auto& [urgency, name] : names_of(Urgency{})) {
                cases.push_back({occasion, standing, urgency});
            }
        }
    }
    return cases;
}

std::optional<Case> silenced(const Rules& rules, Channels reachable) {
    const Channels beyond{reachable.bits & ~open_page.bits};
    if (beyond == Channels{}) return std::nullopt;
    for (const Case& of : all_cases()) {
        if (weight_of(of.occasion, of.standing) != Weight::duty) continue;
        if (permitted(rules, of.occasion, of.standing, of.urgency, beyond) == Channels{}) return of;
    }
    return std::nullopt;
}

std::vector<Channels> ways_of(const Rules& rules, const Case& of, Channels reachable) {
    const auto [occasion, standing, urgency] = of;
    return ladder(
        occasion,
        standing,
        urgency,
        usual_under(rules),
        permitted(rules, occasion, standing, urgency, reachable)
    );
}

ForeseenCourse foresee(
    const Rules& rules,
    const Case& of,
    Channels reachable,
    const sla::Calendar& calendar,
    Instant at
) {
    const auto [occasion, standing, urgency] = of;
    const Preferences usual = usual_under(rules);
    const Channels open = permitted(rules, occasion, standing, urgency, reachable);
    ForeseenCourse foreseen;
    Course course{occasion, standing, urgency};
    for (int i = 0; i < most_steps; ++i) {
        const Step step = next_step(course, usual, open, rules.pace, calendar, at);
        foreseen.ended_at = at;
        foreseen.ending = step.ending;
        if (!step.next_at) return foreseen;
        foreseen.steps.push_back({at, step.send, step.held});
        course.rung = step.rung;
        at = *step.next_at;
    }
    return foreseen;
}

}  // namespace hotline::ticketing::notices
