#include "sla/alarm.hpp"

#include "tests/unit/sla/china_calendar.hpp"
#include "tests/unit/sla/dice.hpp"

#include <doctest/doctest.h>

using namespace hotline::sla;
using namespace hotline::sla::test;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {

const Policy& usual() {
    static const Policy policy = default_policy();
    return policy;
}

constexpr Grading help{AppealType::help, Urgency::normal, Complexity::simple};
constexpr Grading complex{AppealType::help, Urgency::normal, Complexity::complex};
constexpr Grading critical{AppealType::help, Urgency::critical, Complexity::simple};

Clock handling(Grading grading, Instant when) {
    return start_by_policy(usual(), grading, ClockKind::handle, when, china()).value();
}

Instant warned(Limit limit, Instant when, Warning warning = {}) {
    return warning_instant(start(ClockKind::handle, limit, when, china()), warning, china()).at;
}

}  // namespace

TEST_CASE("S16: yellow comes with a fifth of the limit left, at least a working day before due") {
    struct Row {
        const char* what;
        Limit limit;
        Instant start;
        Instant yellow;
    };
    const Row rows[] = {
        {"15 minutes", natural_minutes(15), at(2026, 11, 23, 10), at(2026, 11, 23, 10, 12)},
        {"24 hours", natural_hours(24), at(2026, 11, 23, 10), at(2026, 11, 24, 5, 12)},
        {"4 working hours", working_hours(4), at(2026, 11, 23, 9), at(2026, 11, 23, 14, 12)},
        {"1 working day: a fifth of the office time",
         working_days(1),
         at(2026, 11, 23, 10),
         at(2026, 11, 24, 15, 24)},
        {"2 working days: one before", working_days(2), at(2026, 11, 23, 10), at(2026, 11, 24, 18)},
        {"5 working days: one before", working_days(5), at(2026, 11, 23, 10), at(2026, 11, 27, 18)},
        {"10 working days: two before", working_days(10), at(2026, 11, 23, 10), at(2026, 12, 3, 18)
        },
        {"12 working days: three before",
         working_days(12),
         at(2026, 11, 23, 10),
         at(2026, 12, 4, 18)},
        {"over a feast: before the feast", working_days(2), at(2026, 9, 29, 10), at(2026, 9, 30, 18)
        },
    };
    for (const auto& row : rows) {
        CAPTURE(row.what);
        CHECK(warned(row.limit, row.start) == row.yellow);
    }
    CHECK(warned(working_days(5), at(2026, 11, 23, 10), {20, 3}) == at(2026, 11, 25, 18));
    CHECK(warned(working_days(2), at(2026, 11, 23, 10), {20, 9}) == at(2026, 11, 24, 18));
    CHECK(warned(working_days(5), at(2026, 11, 23, 10), {0, 0}) == at(2026, 11, 30, 18));
}

TEST_CASE("S16: an extension moves yellow with the due date and counts the whole limit") {
    const auto clock = handling(help, at(2026, 11, 2, 10));
    CHECK(clock.due_at == at(2026, 11, 9, 18));
    CHECK(clock.warn_at == at(2026, 11, 6, 18));
    const auto longer = with_warning(
        extend(clock, working_days(5), at(2026, 11, 9, 10), china()).value(), usual(), help, china()
    );
    CHECK(longer.due_at == at(2026, 11, 16, 18));
    CHECK(longer.warn_at == at(2026, 11, 12, 18));  // a fifth of ten days
}

TEST_CASE("property: yellow lies between start and due for every limit") {
    Dice dice;
    for (int i = 0; i < 10'000; ++i) {
        const auto unit = static_cast<LimitUnit>(dice.between(1, 3));
        const Limit limit{unit, static_cast<int>(dice.between(1, 40))};
        const Instant begin = dice.instant();
        const auto clock = start(ClockKind::handle, limit, begin, china());
        const Warning warning{
            static_cast<int>(dice.between(0, 100)), static_cast<int>(dice.between(0, 3))
        };
        const Instant yellow = warning_instant(clock, warning, china()).at;
        CHECK(yellow >= begin);
        CHECK(yellow <= clock.due_at);
    }
}

TEST_CASE("S17: the ladder of a handling clock has four steps") {
    const auto clock = handling(help, at(2026, 9, 22, 10));
    const auto alarms = alarms_for(clock, usual(), china());
    REQUIRE(alarms.size() == 4);
    CHECK(alarms[0] == Alarm{AlarmStep::yellow, at(2026, 9, 29, 18), false});
    CHECK(alarms[1] == Alarm{AlarmStep::red, at(2026, 9, 30, 18), false});
    CHECK(alarms[2] == Alarm{AlarmStep::level_3, at(2026, 10, 9, 18), false});
    CHECK(alarms[3] == Alarm{AlarmStep::level_4, at(2026, 10, 13, 18), false});
}

TEST_CASE("S17: signing and contact have two steps, the window to return has none") {
    const auto steps = [](ClockKind kind) {
        const auto clock =
            start_by_policy(usual(), critical, kind, at(2026, 11, 23, 10), china()).value();
        return alarms_for(clock, usual(), china()).size();
    };
    CHECK(steps(ClockKind::sign_for) == 2);
    CHECK(steps(ClockKind::first_contact) == 2);
    CHECK(steps(ClockKind::feedback) == 2);
    CHECK(steps(ClockKind::return_window) == 0);
    CHECK(steps(ClockKind::handle) == 4);
}

TEST_CASE("S17: a stopped, cancelled or parked clock raises no alarm; a fired one climbs on") {
    const auto clock = handling(help, at(2026, 9, 22, 10));
    const Instant later = at(2026, 10, 1);
    CHECK(alarms_for(stop(clock, later).value(), usual(), china()).empty());
    CHECK(alarms_for(cancel(clock, later).value(), usual(), china()).empty());
    CHECK(alarms_for(pause(clock, later).value(), usual(), china()).empty());
    CHECK(alarms_for(fire(clock, later).value(), usual(), china()).size() == 4);
}

TEST_CASE("S6, S17: steps beyond the known calendar carry the flag") {
    const auto alarms = alarms_for(handling(help, at(2026, 12, 23, 10)), usual(), china());
    REQUIRE(alarms.size() == 4);
    CHECK_FALSE(alarms[1].beyond_known_calendar);
    CHECK(alarms[2].beyond_known_calendar);
    for (const auto& alarm :
         alarms_for(handling(complex, at(2026, 12, 23, 10)), usual(), china())) {
        CHECK(alarm.beyond_known_calendar);
    }
}

TEST_CASE("a clock started by policy knows its policy, calendar and warning") {
    auto policy = default_policy();
    policy.version = 7;
    const Instant when = at(2026, 11, 23, 10);
    const auto clock = start_by_policy(policy, help, ClockKind::handle, when, china()).value();
    CHECK(clock.policy_version == 7);
    CHECK(clock.calendar_version == 3);
    CHECK(clock.limit == working_days(5));
    CHECK(clock.warn_at == at(2026, 11, 27, 18));
    const auto redo =
        start_by_policy(policy, help, ClockKind::handle, when, china(), Round::redo).value();
    CHECK(redo.limit == working_days(3));
    CHECK_FALSE(start_by_policy(policy, help, ClockKind::feedback, when, china()).has_value());
    const auto window =
        start_by_policy(policy, help, ClockKind::return_window, when, china()).value();
    CHECK_FALSE(window.warn_at.has_value());
    CHECK_FALSE(with_warning(clock, Policy{}, help, china()).warn_at.has_value());
}

TEST_CASE("S17: the watcher looks at the warning, at the due date, at the next step, then never") {
    Clock clock = handling(help, at(2026, 11, 23, 10));
    CHECK(next_alarm_at(clock) == clock.warn_at);
    clock.warned_at = clock.warn_at;
    CHECK(next_alarm_at(clock) == clock.due_at);
    clock.state = ClockState::fired;
    clock.escalate_at = clock.due_at + hours(4);
    CHECK(next_alarm_at(clock) == clock.due_at + hours(4));
    clock.escalate_at.reset();
    CHECK(next_alarm_at(clock) == std::nullopt);
    for (const ClockState ended :
         {ClockState::stopped, ClockState::cancelled, ClockState::paused}) {
        clock.state = ended;
        CHECK(next_alarm_at(clock) == std::nullopt);
    }
}

TEST_CASE("S17: a clock without a warning is looked at when it is due, a return window never") {
    Clock clock = start(ClockKind::handle, natural_hours(2), at(2026, 11, 23, 10), china());
    clock.warn_at.reset();
    CHECK(next_alarm_at(clock) == clock.due_at);
    clock.kind = ClockKind::return_window;
    CHECK(next_alarm_at(clock) == std::nullopt);
}

TEST_CASE("S6, S17: steps in a known year carry the flag of a date that was not") {
    const auto clock =
        start(ClockKind::handle, working_days(2), at(2025, 12, 30, 10), calendar_of({2026}));
    REQUIRE(clock.beyond_known_calendar);
    const auto alarms = alarms_for(clock, usual(), calendar_of({2026}));
    REQUIRE(alarms.size() == 3);
    for (const auto& alarm : alarms) CHECK(alarm.beyond_known_calendar);
}

TEST_CASE("S42: a unit's line of the ladder is nobody's step before for_unit() made it one") {
    Policy policy = default_policy();
    policy.escalation.push_back({ClockKind::handle, AlarmStep::level_3, 1, "610526.housing"});
    const auto clock = handling(help, at(2026, 9, 22, 10));
    CHECK(alarms_for(clock, policy, china()) == alarms_for(clock, usual(), china()));
}

TEST_CASE("S17: after each step the clock knows the next one, and after the last none") {
    const auto fired = fire(handling(help, at(2026, 9, 22, 10)), at(2026, 10, 1)).value();
    const auto after = [&](AlarmStep taken) {
        return with_next_step(fired, usual(), china(), taken);
    };
    CHECK(after(AlarmStep::red).escalate_at == at(2026, 10, 9, 18));
    CHECK(after(AlarmStep::red).escalate_to == static_cast<int>(AlarmStep::level_3));
    CHECK(after(AlarmStep::level_3).escalate_at == at(2026, 10, 13, 18));
    CHECK(after(AlarmStep::level_3).escalate_to == static_cast<int>(AlarmStep::level_4));
    CHECK_FALSE(after(AlarmStep::level_4).escalate_at.has_value());
    CHECK(after(AlarmStep::level_4).escalate_to == 0);
}
