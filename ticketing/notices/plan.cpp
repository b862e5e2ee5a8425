#include "ticketing/notices/plan.hpp"

#include <algorithm>
#include <array>

namespace hotline::ticketing::notices {
namespace {

using enum Channel;

constexpr Channels app = Channels::of({live, web_push});
constexpr Channels work_chats = Channels::of({wecom, dingtalk});

bool critical_now(Occasion occasion, Urgency urgency) {
    return is_of_a_ticket(occasion) && urgency == Urgency::critical;
}

Channels both(Channels a, Channels b) {
    return {a.bits & b.bits};
}

Channels either(Channels a, Channels b) {
    return {a.bits | b.bits};
}

bool in_quiet_hours(const Preferences& preferences, Instant now) {
    const auto time = sla::time_of_day(now);
    if (preferences.quiet_from == preferences.quiet_to) return false;
    if (preferences.quiet_from < preferences.quiet_to) {
        return preferences.quiet_from <= time && time < preferences.quiet_to;
    }
    return preferences.quiet_from <= time || time < preferences.quiet_to;
}

Instant next_time_of_day(Instant now, std::chrono::minutes time) {
    const auto day = sla::local_day(now);
    const Instant today = sla::at_local(day, time);
    return today > now ? today : sla::at_local(day + std::chrono::days{1}, time);
}

Instant next_shift(Instant now, const Pace& pace, const sla::Calendar& calendar) {
    auto day = sla::local_day(now);
    if (sla::at_local(day, pace.shift_start) <= now) day += std::chrono::days{1};
    while (!calendar.is_workday(day)) day += std::chrono::days{1};
    return sla::at_local(day, pace.shift_start);
}

std::array<Channels, 4> rungs_of(Occasion occasion, Weight weight, bool critical) {
    if (occasion == Occasion::bulletin) {
        return {either(either(app, work_chats), Channels::of({sms, email}))};
    }
    if (critical && weight == Weight::duty) {
        return {either(app, work_chats), Channels::of({sms}), Channels::of({voice})};
    }
    if (weight == Weight::news) return {app, work_chats, Channels::of({email})};
    return {app, work_chats, Channels::of({sms, email})};
}

}  // namespace

Weight weight_of(Occasion occasion, Standing standing) {
    const bool looks_on = standing == Standing::card_owner || standing == Standing::agent ||
                          standing == Standing::deputy || standing == Standing::reader;
    if (looks_on && occasion != Occasion::deputy_escalation) return Weight::news;
    switch (occasion) {
        case Occasion::assigned:
        case Occasion::reassigned_to_you:
        case Occasion::critical_assigned:
        case Occasion::result_sent_back:
        case Occasion::redo:
        case Occasion::first_contact_due:
        case Occasion::partner_done:
            return Weight::duty;
        case Occasion::co_assigned:
        case Occasion::return_asked:
        case Occasion::return_ruled:
        case Occasion::urged:
        case Occasion::card_yellow:
        case Occasion::card_red:
        case Occasion::escalated:
        case Occasion::deputy_escalation:
        case Occasion::partner_failed:
            return Weight::word;
        case Occasion::taken_away:
        case Occasion::extension_decided:
        case Occasion::information_added:
        case Occasion::remark:
        case Occasion::shift_summary:
        case Occasion::bulletin:
        case Occasion::webhook_off:
            break;
    }
    return Weight::news;
}

bool is_of_a_ticket(Occasion occasion) {
    return occasion != Occasion::bulletin && occasion != Occasion::shift_summary &&
           occasion != Occasion::webhook_off;
}

Weight weight_of(Occasion occasion) {
    return weight_of(occasion, Standing::handler);
}

std::vector<Channels> ladder(
    Occasion occasion,
    Standing standing,
    Urgency urgency,
    const Preferences& preferences,
    Channels reachable
) {
    const bool critical = critical_now(occasion, urgency);
    const Channels open = critical ? reachable : both(reachable, preferences.wanted);
    std::vector<Channels> rungs;
    for (const Channels rung : rungs_of(occasion, weight_of(occasion, standing), critical)) {
        const Channels usable = both(rung, open);
        if (usable != Channels{}) rungs.push_back(usable);
    }
    return rungs;
}

std::optional<Instant> held_until(
    Occasion occasion,
    Urgency urgency,
    const Preferences& preferences,
    const Pace& pace,
    const sla::Calendar& calendar,
    Instant now
) {
    if (critical_now(occasion, urgency) || !in_quiet_hours(preferences, now)) return std::nullopt;
    if (urgency != Urgency::normal) return next_time_of_day(now, preferences.quiet_to);
    const Instant shift = next_shift(now, pace, calendar);
    // Who sleeps longer than the shift begins is not woken by it.
    return in_quiet_hours(preferences, shift) ? next_time_of_day(shift, preferences.quiet_to)
                                              : shift;
}

Instant next_rung_at(
    Occasion occasion,
    Standing standing,
    Urgency urgency,
    const Pace& pace,
    const sla::Calendar& calendar,
    Instant now
) {
    if (weight_of(occasion, standing) != Weight::duty) return now + pace.undelivered;
    if (urgency == Urgency::critical) return now + pace.critical;
    if (urgency == Urgency::urgent) return now + pace.urgent;
    return calendar.add_working_time(now, pace.normal).at;
}

Step next_step(
    const Course& course,
    const Preferences& preferences,
    Channels reachable,
    const Pace& pace,
    const sla::Calendar& calendar,
    Instant now
) {
    const auto [occasion, standing, urgency, rung, delivered, settled] = course;
    const auto ended = [rung](Ending ending) { return Step{.rung = rung, .ending = ending}; };
    if (settled) return ended(Ending::settled);
    const bool duty = weight_of(occasion, standing) == Weight::duty;
    if (delivered && !duty && rung > 0) return ended(Ending::delivered);
    if (const auto until = held_until(occasion, urgency, preferences, pace, calendar, now)) {
        // A page that is open anyway wakes nobody.
        const Channels page = rung == 0 ? both(reachable, Channels::of({live})) : Channels{};
        return {.send = page, .rung = rung, .next_at = until, .held = rung == 0};
    }
    const auto rungs = ladder(occasion, standing, urgency, preferences, reachable);
    if (rung < rungs.size()) {
        const Instant next = next_rung_at(occasion, standing, urgency, pace, calendar, now);
        return {.send = rungs[rung], .rung = rung + 1, .next_at = next};
    }
    if (duty) {
        Step step = ended(Ending::handed_on);
        step.ask_stand_in = true;
        return step;
    }
    return ended(delivered ? Ending::delivered : Ending::unreachable);
}

bool takes_the_place(
    Occasion newer, Standing newer_as, Occasion older, Standing older_as, std::size_t older_rung
) {
    const Weight over = weight_of(newer, newer_as);
    const Weight under = weight_of(older, older_as);
    if (under == Weight::duty) return over == Weight::duty;
    // A word that is on its way ends by itself.
    return older_rung == 0 && (over != Weight::news || under == Weight::news);
}

}  // namespace hotline::ticketing::notices
