#pragma once

#include "sla/local_time.hpp"

#include <chrono>
#include <cstdint>
#include <expected>
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

// One stretch of office hours, from ≤ t < to.
struct Opening {
    std::chrono::minutes from;
    std::chrono::minutes to;

    bool operator==(const Opening&) const = default;
};

struct CalendarData {
    std::uint32_t version = 0;
    std::vector<std::chrono::year> years;  // years whose notice is fully in `rules`
    std::vector<DayRule> rules;
    std::vector<Opening> hours = {  // rule S5
        {std::chrono::hours{9}, std::chrono::hours{12}},
        {std::chrono::hours{14}, std::chrono::hours{18}}
    };
};

// Why a calendar cannot be built from the data.
enum class CalendarError {
    year_out_of_range,  // a year or date outside 1970–2200
    repeated_date,      // one date is ruled twice
    bad_hours,          // none, empty, overlapping, unordered or beyond one day
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

// Working days and office hours of China. Immutable after build(), safe to share between threads.
// All questions are answered from a day table: no search, no allocation.
class Calendar {
public:
    static std::expected<Calendar, CalendarError> build(CalendarData data);

    std::uint32_t version() const { return data_.version; }
    // The notice of this year is part of the calendar.
    bool knows(std::chrono::year year) const;
    // A working day by the notices, or by Monday to Friday where there is none (S2, S6).
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

    // Office hours of a working day, in order.
    const std::vector<Opening>& hours() const { return data_.hours; }
    // What the notices say, by date.
    const std::vector<DayRule>& rules() const { return data_.rules; }
    // Time of day at which the last office hour ends.
    TimeOfDay closing_time() const { return data_.hours.back().to; }
    bool is_open(Instant at) const;
    // `at` itself when open, else the start of the next office hours.
    DueInstant next_open(Instant at) const;
    // The instant at which `amount` of office time has passed since `at` (S5). A negative amount
    // gives the latest instant from which |amount| remains until `at`; zero gives `at`.
    DueInstant add_working_time(Instant at, std::chrono::milliseconds amount) const;
    // Office time between the two; negative when `to` lies before `from`.
    std::chrono::milliseconds working_time_between(Instant from, Instant to) const;

    // A day of a year without notice lies in first ≤ d ≤ last.
    bool beyond_known(LocalDay first, LocalDay last) const;

private:
    Calendar() = default;

    void lay_out_table();
    std::int64_t workdays_before(LocalDay day) const;
    LocalDay workday_at(std::int64_t index) const;
    std::chrono::milliseconds open_before(TimeOfDay time) const;
    std::chrono::milliseconds office_position(Instant at) const;
    Instant earliest_at(std::chrono::milliseconds position) const;
    Instant latest_at(std::chrono::milliseconds position) const;

    CalendarData data_;  // rules sorted by date
    // Table over [begin_, end_), both Mondays; outside it the plain week holds.
    LocalDay begin_;
    LocalDay end_;
    std::vector<std::int32_t> before_;  // working days in [begin_, begin_ + i)
    std::vector<LocalDay> workdays_;    // all working days of the table, in order
    std::chrono::milliseconds daily_{};
};

}  // namespace hotline::sla
