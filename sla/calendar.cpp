#include "sla/calendar.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

namespace hotline::sla {

namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::year;

constexpr year first_year{1970};
constexpr year last_year{2200};
constexpr std::int64_t weekdays_per_week = 5;

LocalDay new_year(year y) {
    return LocalDay{y / std::chrono::January / 1};
}

LocalDay monday_on_or_before(LocalDay day) {
    return day - (std::chrono::weekday{day} - std::chrono::Monday);
}

// Weekdays d with monday ≤ d < day, for any day before or after the Monday.
std::int64_t weekdays_since(LocalDay monday, LocalDay day) {
    const auto offset = (day - monday).count();
    const auto week = std::chrono::floor<std::chrono::weeks>(days{offset}).count();
    return week * weekdays_per_week + std::min<std::int64_t>(offset - week * 7, weekdays_per_week);
}

// The weekday with `index` weekdays between it and the Monday; index 0 is the Monday itself.
LocalDay weekday_from(LocalDay monday, std::int64_t index) {
    auto week = index / weekdays_per_week;
    if (index % weekdays_per_week < 0) --week;
    return monday + days{week * 7 + (index - week * weekdays_per_week)};
}

bool in_range(year y) {
    return first_year <= y && y <= last_year;
}

bool hours_are_sound(const std::vector<Opening>& hours) {
    if (hours.empty()) return false;
    minutes previous{0};
    for (const auto& opening : hours) {
        if (opening.from < previous || opening.to <= opening.from) return false;
        previous = opening.to;
    }
    return previous <= days{1};
}

}  // namespace

std::expected<Calendar, CalendarError> Calendar::build(CalendarData data) {
    if (!hours_are_sound(data.hours)) return std::unexpected(CalendarError::bad_hours);
    const auto foreign = [](const DayRule& rule) { return !in_range(year_of(rule.date)); };
    if (!std::ranges::all_of(data.years, in_range) || std::ranges::any_of(data.rules, foreign)) {
        return std::unexpected(CalendarError::year_out_of_range);
    }
    std::ranges::sort(data.years);
    std::ranges::sort(data.rules, {}, &DayRule::date);
    if (std::ranges::adjacent_find(data.rules, {}, &DayRule::date) != data.rules.end()) {
        return std::unexpected(CalendarError::repeated_date);
    }
    Calendar calendar;
    calendar.data_ = std::move(data);
    calendar.lay_out_table();
    return calendar;
}

void Calendar::lay_out_table() {
    // A notice may rule on the last days of the year before, so the rules widen the table too.
    LocalDay first = new_year(first_year);
    LocalDay last = first;
    if (!data_.years.empty()) {
        first = new_year(data_.years.front());
        last = new_year(data_.years.back() + std::chrono::years{1});
    }
    if (!data_.rules.empty()) {
        first = data_.years.empty() ? data_.rules.front().date
                                    : std::min(first, data_.rules.front().date);
        last = std::max(last, data_.rules.back().date);
    }
    begin_ = monday_on_or_before(first);
    end_ = monday_on_or_before(last) + days{7};

    auto next_rule = data_.rules.begin();
    before_.reserve(static_cast<std::size_t>((end_ - begin_).count()));
    for (LocalDay day = begin_; day < end_; day += days{1}) {
        bool works = is_weekday(day);
        if (next_rule != data_.rules.end() && next_rule->date == day) {
            works = !next_rule->off;
            ++next_rule;
        }
        before_.push_back(static_cast<std::int32_t>(workdays_.size()));
        if (works) workdays_.push_back(day);
    }
    for (const auto& opening : data_.hours) daily_ += opening.to - opening.from;
}

bool Calendar::knows(year y) const {
    return std::ranges::binary_search(data_.years, y);
}

const DayRule* Calendar::rule(LocalDay day) const {
    const auto found = std::ranges::lower_bound(data_.rules, day, {}, &DayRule::date);
    return found != data_.rules.end() && found->date == day ? &*found : nullptr;
}

bool Calendar::is_workday(LocalDay day) const {
    return workdays_before(day + days{1}) > workdays_before(day);
}

int Calendar::workdays_in(year y) const {
    const LocalDay next = new_year(y + std::chrono::years{1});
    return static_cast<int>(workdays_before(next) - workdays_before(new_year(y)));
}

std::int64_t Calendar::workdays_between(LocalDay after, LocalDay until) const {
    return workdays_before(until + days{1}) - workdays_before(after + days{1});
}

// Counted from begin_; negative before it.
std::int64_t Calendar::workdays_before(LocalDay day) const {
    if (day < begin_) return weekdays_since(begin_, day);
    const auto total = static_cast<std::int64_t>(workdays_.size());
    if (day >= end_) return total + weekdays_since(end_, day);
    return before_[static_cast<std::size_t>((day - begin_).count())];
}

LocalDay Calendar::workday_at(std::int64_t index) const {
    if (index < 0) return weekday_from(begin_, index);
    const auto total = static_cast<std::int64_t>(workdays_.size());
    if (index >= total) return weekday_from(end_, index - total);
    return workdays_[static_cast<std::size_t>(index)];
}

DueDay Calendar::add_workdays(LocalDay day, int n) const {
    if (n == 0) return {day, false};
    if (n > 0) {
        const LocalDay due = workday_at(workdays_before(day + days{1}) + n - 1);
        return {due, beyond_known(day + days{1}, due)};
    }
    const LocalDay due = workday_at(workdays_before(day) + n);
    return {due, beyond_known(due, day - days{1})};
}

DueInstant Calendar::due_after_workdays(Instant arrival, int n) const {
    const auto due = add_workdays(local_day(arrival), n);
    return {at_local(due.day, closing_time()), due.beyond_known_calendar};
}

bool Calendar::is_open(Instant at) const {
    const auto time = time_of_day(at);
    const auto holds = [time](const Opening& o) { return o.from <= time && time < o.to; };
    return std::ranges::any_of(data_.hours, holds) && is_workday(local_day(at));
}

DueInstant Calendar::next_open(Instant at) const {
    const LocalDay day = local_day(at);
    if (is_workday(day)) {
        const auto time = time_of_day(at);
        for (const auto& opening : data_.hours) {
            if (time < opening.to) {
                return {
                    at_local(day, std::max<TimeOfDay>(time, opening.from)), beyond_known(day, day)
                };
            }
        }
    }
    const auto next = add_workdays(day, 1);
    return {at_local(next.day, data_.hours.front().from), next.beyond_known_calendar};
}

// Office time that has passed by `time` on a working day.
milliseconds Calendar::open_before(TimeOfDay time) const {
    milliseconds passed{0};
    for (const auto& opening : data_.hours) {
        passed += std::clamp<milliseconds>(time, opening.from, opening.to) - opening.from;
    }
    return passed;
}

// Office time since begin_: a measure on which adding and subtracting is plain arithmetic.
milliseconds Calendar::office_position(Instant at) const {
    const LocalDay day = local_day(at);
    const auto whole = workdays_before(day) * daily_;
    return is_workday(day) ? whole + open_before(time_of_day(at)) : whole;
}

// A position on an office boundary belongs to two instants: the evening's end and the next
// morning. A limit ends at the earlier one, a count back starts at the later one.
Instant Calendar::earliest_at(milliseconds position) const {
    auto index = position / daily_;
    auto rest = position % daily_;
    if (rest <= milliseconds{0}) {
        rest += daily_;
        --index;
    }
    auto opening = data_.hours.begin();
    for (; rest > opening->to - opening->from; ++opening) rest -= opening->to - opening->from;
    return at_local(workday_at(index), opening->from + rest);
}

Instant Calendar::latest_at(milliseconds position) const {
    auto index = position / daily_;
    auto rest = position % daily_;
    if (rest < milliseconds{0}) {
        rest += daily_;
        --index;
    }
    auto opening = data_.hours.begin();
    for (; rest >= opening->to - opening->from; ++opening) rest -= opening->to - opening->from;
    return at_local(workday_at(index), opening->from + rest);
}

DueInstant Calendar::add_working_time(Instant at, milliseconds amount) const {
    if (amount == milliseconds{0}) return {at, false};
    const auto target = office_position(at) + amount;
    if (amount > milliseconds{0}) {
        const Instant due = earliest_at(target);
        return {due, beyond_known(local_day(at), local_day(due))};
    }
    const Instant due = latest_at(target);
    return {due, beyond_known(local_day(due), local_day(at))};
}

milliseconds Calendar::working_time_between(Instant from, Instant to) const {
    return office_position(to) - office_position(from);
}

bool Calendar::beyond_known(LocalDay first, LocalDay last) const {
    for (year y = year_of(first); y <= year_of(last); ++y) {
        if (!knows(y)) return true;
    }
    return false;
}

}  // namespace hotline::sla
