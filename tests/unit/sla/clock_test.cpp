#include "sla/clock.hpp"

#include "tests/unit/sla/china_calendar.hpp"
#include "tests/unit/sla/dice.hpp"

#include <doctest/doctest.h>

using namespace hotline::sla;
using namespace hotline::sla::test;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {

Clock started(Limit limit, Instant when) {
    return start(ClockKind::handle, limit, when, china());
}

Clock paused(Clock clock, Instant from) {
    return pause(std::move(clock), from).value();
}

// The clock parked over from … until.
Clock parked(Clock clock, Instant from, Instant until) {
    return resume(paused(std::move(clock), from), until, china()).value();
}

}  // namespace

TEST_CASE("S7: a natural limit runs through nights and feasts") {
    const auto clock = started(natural_hours(24), at(2026, 9, 30, 20));
    CHECK(clock.due_at == at(2026, 10, 1, 20));
    CHECK(clock.state == ClockState::running);
    CHECK(clock.calendar_version == china().version());
    CHECK_FALSE(clock.beyond_known_calendar);
    CHECK_FALSE(started(natural_hours(24), at(2026, 12, 31, 20)).beyond_known_calendar);
}

TEST_CASE("S5: a limit in working hours waits for the office to open") {
    CHECK(started(working_hours(4), at(2026, 9, 30, 17)).due_at == at(2026, 10, 8, 12));
    CHECK(started(working_hours(2), at(2026, 11, 23, 3)).due_at == at(2026, 11, 23, 11));
    CHECK(started(working_hours(4), at(2026, 12, 31, 17)).beyond_known_calendar);
}

TEST_CASE("S3, S4: a limit in working days ends at closing time, whenever it began on the day") {
    for (const auto minute : {0, 9 * 60, 17 * 60 + 59, 24 * 60 - 1}) {
        CAPTURE(minute);
        const auto clock = started(working_days(5), at(2026, 9, 30, 0, minute));
        CHECK(clock.due_at == at(2026, 10, 13, 18));
    }
    CHECK(started(working_days(15), at(2026, 12, 11, 9)).beyond_known_calendar);
    CHECK_FALSE(started(working_days(15), at(2026, 12, 10, 9)).beyond_known_calendar);
}

TEST_CASE("S8: at the due instant itself a deed is in time, a millisecond later it is late") {
    const auto clock = started(working_days(2), at(2026, 11, 23, 10));
    const Instant due = at(2026, 11, 25, 18);
    CHECK_FALSE(is_late(clock, due));
    CHECK(late_by(clock, due + milliseconds{1}) == milliseconds{1});
    const auto in_time = stop(clock, due).value();
    CHECK(in_time.state == ClockState::stopped);
    CHECK(in_time.stopped_at == due);
    CHECK(late_by(in_time, due + days{30}) == milliseconds{0});
    const auto late = stop(clock, due + hours{3}).value();
    CHECK(late_by(late, due + days{30}) == hours{3});
    CHECK(left(clock, due - hours{1}) == hours{1});
    CHECK(left(clock, due + hours{1}) == milliseconds{0});
    CHECK(left(in_time, due - hours{1}) == milliseconds{0});
}

TEST_CASE("S8: a deed noted before the start counts as done at the start") {
    const auto clock = started(natural_hours(2), at(2026, 11, 23, 10));
    CHECK(stop(clock, at(2026, 11, 23, 9)).value().stopped_at == clock.started_at);
    CHECK(pause(clock, at(2026, 11, 23, 9)).value().pauses.front().from == clock.started_at);
}

TEST_CASE("a fired clock is still waited for and may be stopped late") {
    const auto clock = started(natural_minutes(15), at(2026, 11, 23, 10));
    CHECK(fire(clock, at(2026, 11, 23, 10, 14)).error() == ClockError::not_due);
    const auto fired = fire(clock, at(2026, 11, 23, 10, 15)).value();
    CHECK(fired.state == ClockState::fired);
    CHECK(fired.fired_at == at(2026, 11, 23, 10, 15));
    CHECK(is_open(fired));
    CHECK(late_by(fired, at(2026, 11, 23, 10, 25)) == minutes{10});
    CHECK(fire(fired, at(2026, 11, 23, 11)).error() == ClockError::not_running);
    const auto stopped = stop(fired, at(2026, 11, 23, 10, 20)).value();
    CHECK(stopped.state == ClockState::stopped);
    CHECK(stopped.fired_at.has_value());
    CHECK(late_by(stopped, at(2026, 11, 24)) == minutes{5});
}

TEST_CASE("a cancelled clock is never late: a merged or withdrawn ticket does not escalate") {
    const auto clock = started(natural_minutes(15), at(2026, 11, 23, 10));
    const auto cancelled = cancel(clock, at(2026, 11, 23, 12)).value();
    CHECK(cancelled.state == ClockState::cancelled);
    CHECK_FALSE(is_open(cancelled));
    CHECK(late_by(cancelled, at(2026, 12, 1)) == milliseconds{0});
    CHECK(left(cancelled, at(2026, 11, 23, 10, 1)) == milliseconds{0});
}

TEST_CASE("an ended clock refuses everything: reopening a ticket needs a new clock") {
    const auto clock = started(working_days(2), at(2026, 11, 23, 10));
    const Instant later = at(2026, 11, 30, 10);
    for (const auto& ended : {stop(clock, later).value(), cancel(clock, later).value()}) {
        CHECK(stop(ended, later).error() == ClockError::not_running);
        CHECK(cancel(ended, later).error() == ClockError::not_running);
        CHECK(fire(ended, later).error() == ClockError::not_running);
        CHECK(pause(ended, later).error() == ClockError::not_running);
        CHECK(resume(ended, later, china()).error() == ClockError::not_paused);
        CHECK(extend(ended, working_days(1), later, china()).error() == ClockError::not_running);
    }
}

TEST_CASE("S13: an extension is counted from the due date in force") {
    const auto clock = started(working_days(5), at(2026, 9, 30, 10));
    const auto once = extend(clock, working_days(5), at(2026, 10, 9, 15), china()).value();
    CHECK(once.due_at == at(2026, 10, 20, 18));
    CHECK(total_limit(once) == working_days(10));
    const auto twice = extend(once, working_days(1), at(2026, 10, 20, 15), china()).value();
    CHECK(twice.due_at == at(2026, 10, 21, 18));
    CHECK(twice.extensions.size() == 2);
    const auto same = started(working_days(10), at(2026, 9, 30, 10));
    CHECK(once.due_at == same.due_at);
}

TEST_CASE("S13: an extension is refused after due and in another unit than the limit") {
    const auto clock = started(working_days(1), at(2026, 11, 23, 10));
    CHECK(
        extend(clock, natural_hours(24), at(2026, 11, 24, 10), china()).error() ==
        ClockError::unit_mismatch
    );
    const auto fired = fire(clock, at(2026, 11, 24, 18)).value();
    CHECK(
        extend(fired, working_days(1), at(2026, 11, 24, 18), china()).error() ==
        ClockError::not_running
    );
    const auto natural = started(natural_hours(24), at(2026, 11, 23, 10));
    CHECK(
        extend(natural, natural_hours(12), at(2026, 11, 23, 11), china()).value().due_at ==
        at(2026, 11, 24, 22)
    );
    const auto working = started(working_hours(4), at(2026, 11, 23, 9));
    CHECK(
        extend(working, working_hours(4), at(2026, 11, 23, 11), china()).value().due_at ==
        at(2026, 11, 24, 10)
    );
}

TEST_CASE("S13: an extension into a year without notice carries the flag") {
    const auto clock = started(working_days(5), at(2026, 12, 21, 10));
    CHECK_FALSE(clock.beyond_known_calendar);
    const auto longer = extend(clock, working_days(5), at(2026, 12, 25, 10), china()).value();
    CHECK(longer.beyond_known_calendar);
}

TEST_CASE("S14: time parked moves the due date by as much") {
    struct Row {
        const char* what;
        Limit limit;
        Instant start;
        Instant from;
        Instant until;
        Instant due;
    };
    const Row rows[] = {
        {"natural",
         natural_hours(24),
         at(2026, 11, 23, 10),
         at(2026, 11, 23, 12),
         at(2026, 11, 25, 12),
         at(2026, 11, 26, 10)},
        {"working hours, over a night",
         working_hours(4),
         at(2026, 11, 23, 9),
         at(2026, 11, 23, 11),
         at(2026, 11, 24, 10),
         at(2026, 11, 24, 12)},
        {"days, over a feast",
         working_days(5),
         at(2026, 9, 30, 10),
         at(2026, 9, 30, 15),
         at(2026, 10, 7, 15),
         at(2026, 10, 13, 18)},
        {"days, three lost",
         working_days(5),
         at(2026, 11, 23, 10),
         at(2026, 11, 24, 15),
         at(2026, 11, 27, 15),
         at(2026, 12, 3, 18)},
        {"days, same day",
         working_days(5),
         at(2026, 11, 23, 10),
         at(2026, 11, 24, 9),
         at(2026, 11, 24, 17),
         at(2026, 11, 30, 18)},
        {"days, parked on the last day over the weekend",
         working_days(1),
         at(2026, 11, 19, 10),
         at(2026, 11, 20, 10),
         at(2026, 11, 21, 10),
         at(2026, 11, 23, 18)},
        {"days, parked on the last day until Monday",
         working_days(1),
         at(2026, 11, 19, 10),
         at(2026, 11, 20, 10),
         at(2026, 11, 23, 10),
         at(2026, 11, 23, 18)},
        {"days, parked when already overdue",
         working_days(1),
         at(2026, 11, 19, 10),
         at(2026, 11, 20, 18),
         at(2026, 11, 30, 10),
         at(2026, 11, 20, 18)},
        {"natural, parked when already overdue",
         natural_hours(1),
         at(2026, 11, 23, 10),
         at(2026, 11, 23, 11),
         at(2026, 11, 24, 10),
         at(2026, 11, 23, 11)},
    };
    for (const auto& row : rows) {
        CAPTURE(row.what);
        const auto clock = parked(started(row.limit, row.start), row.from, row.until);
        CHECK(clock.due_at == row.due);
        CHECK(clock.state == ClockState::running);
        REQUIRE(clock.pauses.size() == 1);
        CHECK(clock.pauses.front() == Pause{row.from, row.until});
    }
}

TEST_CASE("S14: while parked a clock neither fires nor grows late, and keeps what it had left") {
    const auto clock =
        paused(started(natural_hours(2), at(2026, 11, 23, 10)), at(2026, 11, 23, 11));
    CHECK(clock.state == ClockState::paused);
    CHECK(is_open(clock));
    CHECK(fire(clock, at(2026, 11, 30)).error() == ClockError::not_running);
    CHECK(pause(clock, at(2026, 11, 30)).error() == ClockError::not_running);
    CHECK(late_by(clock, at(2026, 11, 30)) == milliseconds{0});
    CHECK(left(clock, at(2026, 11, 30)) == hours{1});
    const auto withdrawn = cancel(clock, at(2026, 11, 25)).value();
    CHECK(withdrawn.pauses.front().until == at(2026, 11, 25));
    CHECK(resume(clock, at(2026, 11, 23, 9), china()).value().due_at == clock.due_at);
}

TEST_CASE("S14: an overdue clock parked and resumed is as overdue as before") {
    const auto fired =
        fire(started(natural_hours(1), at(2026, 11, 23, 10)), at(2026, 11, 23, 11)).value();
    const auto held = paused(fired, at(2026, 11, 23, 12));
    CHECK(late_by(held, at(2026, 11, 25)) == hours{1});
    const auto resumed = resume(held, at(2026, 11, 25), china()).value();
    CHECK(resumed.state == ClockState::fired);
    CHECK(resumed.due_at == fired.due_at);
}

TEST_CASE("S14: a paused mark without a pause cannot be resumed") {
    auto broken = started(natural_hours(1), at(2026, 11, 23, 10));
    broken.state = ClockState::paused;
    CHECK(resume(broken, at(2026, 11, 23, 11), china()).error() == ClockError::not_paused);
}

TEST_CASE("S6, S15: a due date stays until it is reckoned anew with the new calendar") {
    const auto before = start(
        ClockKind::handle, working_days(15), at(2026, 9, 21, 10), calendar_of({2024, 2025}, 2)
    );
    CHECK(before.beyond_known_calendar);
    CHECK(before.due_at == at(2026, 10, 12, 18));  // by the plain week
    const auto after = reckon_anew(before, china());
    CHECK(after.due_at == at(2026, 10, 19, 18));
    CHECK_FALSE(after.beyond_known_calendar);
    CHECK(after.calendar_version == 3);
    CHECK(after.started_at == before.started_at);
    CHECK(reckon_anew(after, china()) == after);
}

TEST_CASE("S15: reckoning anew repeats extensions and pauses in the order they came") {
    Dice dice;
    constexpr Limit limits[] = {natural_hours(50), working_hours(30), working_days(8)};
    constexpr Limit more[] = {natural_hours(20), working_hours(10), working_days(3)};
    for (int i = 0; i < 3'000; ++i) {
        const auto unit = static_cast<std::size_t>(dice.between(0, 2));
        auto clock = started(limits[unit], at(2025, 3, 1) + minutes{dice.between(0, 700'000)});
        Instant now = clock.started_at;
        for (int step = 0; step < 4; ++step) {
            now += minutes{dice.between(1, 2'000)};
            if (dice.one_in(2)) {
                clock = extend(clock, more[unit], now, china()).value();
            } else {
                const Instant from = now;
                now += minutes{dice.between(0, 5'000)};
                clock = parked(clock, from, now);
            }
        }
        CHECK(reckon_anew(clock, china()) == clock);
        const auto held = paused(clock, now + minutes{1});
        CHECK(reckon_anew(held, china()) == held);
    }
}

TEST_CASE("property: a longer pause never makes a clock due earlier") {
    Dice dice;
    constexpr Limit limits[] = {natural_hours(50), working_hours(30), working_days(8)};
    for (int i = 0; i < 5'000; ++i) {
        const auto clock = started(limits[dice.between(0, 2)], dice.instant());
        const Instant from = clock.started_at + minutes{dice.between(0, 20'000)};
        const Instant until = from + minutes{dice.between(0, 20'000)};
        const auto shorter = parked(clock, from, until);
        const auto longer = parked(clock, from, until + minutes{dice.between(0, 20'000)});
        CHECK(shorter.due_at >= clock.due_at);
        CHECK(longer.due_at >= shorter.due_at);
    }
}

TEST_CASE("words of clock kinds, states and units are stable and their numbers do not move") {
    CHECK(name(ClockKind::sign_for) == "sign_for");
    CHECK(value_of<ClockKind>("ruling") == ClockKind::ruling);
    CHECK(name(ClockState::fired) == "fired");
    CHECK(value_of<ClockState>("asleep") == std::nullopt);
    CHECK(name(LimitUnit::working_minutes) == "working_minutes");
    CHECK(name(static_cast<ClockKind>(99)).empty());
    const std::pair<ClockKind, int> kinds[] = {
        {ClockKind::sign_for, 1},
        {ClockKind::return_window, 2},
        {ClockKind::first_contact, 3},
        {ClockKind::feedback, 4},
        {ClockKind::handle, 5},
        {ClockKind::dispatch, 6},
        {ClockKind::review, 7},
        {ClockKind::callback, 8},
        {ClockKind::ruling, 9},
        {ClockKind::entry, 10},
    };
    for (const auto& [kind, number] : kinds) CHECK(std::to_underlying(kind) == number);
    CHECK(std::to_underlying(ClockState::fired) == 3);
    CHECK(std::to_underlying(LimitUnit::working_days) == 3);
}

TEST_CASE("S29: a limit of days that moves ends with the hours of its new last day") {
    CalendarData data = china().data();
    data.week[4] = {{hours{9}, hours{12}}};  // Friday closes at noon
    const Calendar calendar = Calendar::build(data).value();
    const Clock clock = start(ClockKind::handle, working_days(1), at(2026, 11, 25, 10), calendar);
    CHECK(clock.due_at == at(2026, 11, 26, 18));
    const auto longer = extend(clock, working_days(1), at(2026, 11, 26, 9), calendar);
    CHECK(longer->due_at == at(2026, 11, 27, 12));
    const auto parked = pause(*longer, at(2026, 11, 26, 10));
    CHECK(resume(*parked, at(2026, 11, 26, 11), calendar)->due_at == at(2026, 11, 27, 12));
    CHECK(resume(*parked, at(2026, 11, 27, 9), calendar)->due_at == at(2026, 11, 30, 18));
}
