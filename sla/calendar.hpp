#pragma once

#include "sla/calendar_measure.hpp"
#include "sla/local_time.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::sla {

// One line of a State Council notice: a day off, or a weekend day worked in exchange (调休).
struct DayRule {
    LocalDay date;
    bool off = true;
    std::string name;  // the feast, in Chinese, as the notice calls it

    bool operator==(const DayRule&) const = default;
};

// One stretch of office hours, from ≤ t < to; `to` may be 24:00.
struct Opening {
    std::chrono::minutes from;
    std::chrono::minutes to;

    bool operator==(const Opening&) const = default;
};

using OfficeHours = std::vector<Opening>;      // in order, not overlapping; none = closed
using WeekHours = std::array<OfficeHours, 7>;  // Monday first
using Weekdays = std::array<bool, 7>;          // Monday first

// One date whose office hours are others than its weekday's (S29); none = closed.
struct DateHours {
    LocalDay date;
    OfficeHours hours;

    bool operator==(const DateHours&) const = default;
};

// 09:00–12:00 and 14:00–18:00, Monday to Friday (S5).
WeekHours usual_week();
inline constexpr Weekdays monday_to_friday{true, true, true, true, true, false, false};

struct CalendarData {
    std::uint32_t version = 0;
    std::vector<std::chrono::year> years;  // years whose notice is fully in `rules`
    std::vector<DayRule> rules;
    WeekHours week = usual_week();
    std::vector<DateHours> date_hours;
    // The weekdays that count in limits of working days. Nothing: whatever date has office hours
    // (S30).
    std::optional<Weekdays> working_weekdays = monday_to_friday;
    std::chrono::minutes offset = china_offset;  // of local time from UTC (S1)
};

// Why a calendar cannot be built from the data.
enum class CalendarError {
    year_out_of_range,  // a year or date outside 1970–2200
    repeated_date,      // one date is ruled twice
    bad_hours,          // empty, overlapping, unordered or beyond one day
    never_open,         // an ordinary week without a working day
    bad_offset,         // a day or more from UTC
};

// A result that was reckoned through days of a year without a notice carries the flag (rule S6):
// it rests on plain Monday to Friday and must be reckoned anew once the notice is known.
struct DueDay {
    LocalDay day;
    bool beyond_known_calendar = false;

    bool operator==(const DueDay&) const = default;
};

struct DueInstant {
    Instant at;
    bool beyond_known_calendar = false;

    bool operator==(const DueInstant&) const = default;
};

// Working days and office hours. Immutable after build(), safe to share between threads. Questions
// are answered by arithmetic over the plain week and a binary search over the exceptional dates; no
// allocation.
class Calendar {
public:
    // For deadlines: dates of 1970–2200, and an ordinary week that has a working day, so that every
    // limit ends.
    static std::expected<Calendar, CalendarError> build(CalendarData data);
    // Also calendars that open seldom or never, with dates of any year: ask only the find_
    // functions, which may find nothing.
    static std::expected<Calendar, CalendarError> build_any(CalendarData data);

    std::uint32_t version() const { return data_.version; }
    // The notice of this year is part of the calendar.
    bool knows(std::chrono::year year) const;
    // A working day by the notices, or by the plain week where there is none (S2, S6, S30).
    bool is_workday(LocalDay day) const;
    // What a notice says of the day; nullptr where it says nothing.
    const DayRule* rule(LocalDay day) const;
    int workdays_in(std::chrono::year year) const;
    // Working days d with after < d ≤ until; negative when until lies before after.
    std::int64_t workdays_between(LocalDay after, LocalDay until) const;

    // n > 0: the n-th working day after `day`, `day` itself never counted (S3).
    // n < 0: the n-th working day before it. n = 0: `day` itself.
    DueDay add_workdays(LocalDay day, int n) const;
    // End of office hours on the n-th working day after the date of arrival (S3, S4); n ≥ 1.
    DueInstant due_after_workdays(Instant arrival, int n) const;

    // Office hours of an ordinary Monday, or of the first weekday that has any.
    const OfficeHours& hours() const;
    // Office hours of one date, in order (S29).
    std::span<const Opening> hours_on(LocalDay day) const;
    // What the notices say, by date.
    const std::vector<DayRule>& rules() const { return data_.rules; }
    const CalendarData& data() const { return data_; }
    // The end of the last office hour of a day that has any: where a limit of days ends (S4). A day
    // open until 24:00 ends a millisecond before, so that it is still that day.
    Instant closing(LocalDay day) const;
    bool is_open(Instant at) const;
    // `at` itself when open, else the start of the next office hours.
    DueInstant next_open(Instant at) const;
    // The instant at which `amount` of office time has passed since `at` (S5). A negative amount
    // gives the latest instant from which |amount| remains until `at`; zero gives `at`.
    DueInstant add_working_time(Instant at, std::chrono::milliseconds amount) const;
    // Office time between the two; negative when `to` lies before `from`.
    std::chrono::milliseconds working_time_between(Instant from, Instant to) const;

    // The n-th working day after the day, n ≥ 1; the opening; the end of the amount ≥ 0 of office
    // time, where 0 gives the next opening (S31). Nothing when that never comes, or not before the
    // year 10000.
    std::optional<LocalDay> find_workday(LocalDay after, std::int64_t n) const;
    std::optional<Instant> find_open(Instant at) const;
    std::optional<Instant> find_end(Instant at, std::chrono::milliseconds amount) const;

    // A day of a year without notice lies in first ≤ d ≤ last.
    bool beyond_known(LocalDay first, LocalDay last) const;

private:
    // A date that differs from its weekday.
    struct DatePlan {
        LocalDay date;
        OfficeHours hours;
        bool works;
    };

    Calendar() = default;

    void lay_out();
    DatePlan plan(LocalDay date, const DayRule* rule, const OfficeHours* own) const;
    LocalDay day_of(Instant at) const;
    TimeOfDay time_of(Instant at) const;
    Instant instant(LocalDay day, TimeOfDay time) const;
    std::int64_t office_position(Instant at) const;
    std::optional<Instant> earliest_at(std::int64_t position) const;
    std::optional<Instant> latest_at(std::int64_t position) const;

    CalendarData data_;            // rules and date_hours sorted by date
    std::vector<DatePlan> plans_;  // sorted by date
    CalendarMeasure workdays_;
    CalendarMeasure open_time_;  // in milliseconds
};

}  // namespace hotline::sla
