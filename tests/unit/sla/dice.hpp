#pragma once

#include "sla/local_time.hpp"
#include "tests/unit/sla/china_calendar.hpp"

#include <chrono>
#include <cstdint>
#include <random>
#include <utility>

namespace hotline::sla::test {

// Repeatable chance for property tests.
struct Dice {
    std::mt19937_64 engine{20261123};

    // low ≤ result ≤ high
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>{low, high}(engine);
    }
    bool one_in(int n) { return between(1, n) == 1; }
    // Over the known years and a good way beyond both ends.
    Instant instant() {
        const auto first = at(2021, 1, 1).time_since_epoch().count();
        const auto last = at(2029, 12, 31).time_since_epoch().count();
        return Instant{std::chrono::milliseconds{between(first, last)}};
    }

    // A day's intervals: none to three, now and then touching or until 24:00.
    OfficeHours hours() {
        OfficeHours openings;
        std::int64_t minute = between(0, 720);
        for (auto left = between(0, 3); left > 0 && minute < 1440; --left) {
            const std::int64_t end = one_in(6) ? 1440 : between(minute + 1, 1440);
            openings.push_back({std::chrono::minutes{minute}, std::chrono::minutes{end}});
            minute = one_in(6) ? end : between(end, 1440);
        }
        return openings;
    }
    // The notices of 2024 to 2026 over a week of any shape, with hours of single dates, the zone
    // moved. Some working day comes every week.
    Calendar calendar() {
        CalendarData data = china().data();
        for (auto& day : data.week) {
            if (one_in(2)) day = hours();
        }
        data.week[static_cast<std::size_t>(between(0, 4))] = usual_week()[0];
        if (one_in(2)) data.working_weekdays.reset();
        for (int i = 0; i < 300; ++i) {
            const LocalDay date = day(2024, 1, 1) + std::chrono::days{i * 4 + between(0, 3)};
            data.date_hours.push_back({date, hours()});
        }
        if (one_in(2)) data.offset = std::chrono::minutes{between(-720, 840)};
        return Calendar::build(std::move(data)).value();
    }
};

}  // namespace hotline::sla::test
