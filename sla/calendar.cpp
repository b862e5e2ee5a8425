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

LocalDay new_year(year y) {
    return LocalDay{y / std::chrono::January / 1};
}

std::size_t weekday_of(LocalDay day) {
    return std::chrono::weekday{day}.iso_encoding() - 1;
}

bool in_range(year y) {
    return first_year <= y && y <= last_year;
}

bool hours_are_sound(const OfficeHours& openings) {
    minutes previous{0};
    for (const auto& opening : openings) {
        if (opening.from < previous || opening.to <= opening.from) return false;
        previous = opening.to;
    }
    return previous <= days{1};
}

milliseconds total(std::span<const Opening> openings) {
    milliseconds sum{0};
    for (const auto& opening : openings) sum += opening.to - opening.from;
    return sum;
}

// Office time that has passed by `time`.
milliseconds passed(std::span<const Opening> openings, TimeOfDay time) {
    milliseconds sum{0};
    for (const auto& opening : openings) {
        sum += std::clamp<milliseconds>(time, opening.from, opening.to) - opening.from;
    }
    return sum;
}

// Whether a weekday without anything said of its date is a working day (S30).
bool plain_workday(const CalendarData& data, std::size_t weekday) {
    const bool counts = !data.working_weekdays || (*data.working_weekdays)[weekday];
    return counts && !data.week[weekday].empty();
}

template <class Dated>
bool repeats_a_date(const std::vector<Dated>& sorted) {
    return std::ranges::adjacent_find(sorted, {}, &Dated::date) != sorted.end();
}

template <class Dated>
const Dated* entry_of(const std::vector<Dated>& sorted, LocalDay day) {
    const auto found = std::ranges::lower_bound(sorted, day, {}, &Dated::date);
    return found != sorted.end() && found->date == day ? &*found : nullptr;
}

}  // namespace

WeekHours usual_week() {
    const OfficeHours day{
        {std::chrono::hours{9}, std::chrono::hours{12}},
        {std::chrono::hours{14}, std::chrono::hours{18}},
    };
    return {day, day, day, day, day, {}, {}};
}

std::expected<Calendar, CalendarError> Calendar::build(CalendarData data) {
    const auto foreign = [](const auto& dated) { return !in_range(year_of(dated.date)); };
    if (!std::ranges::all_of(data.years, in_range) || std::ranges::any_of(data.rules, foreign) ||
        std::ranges::any_of(data.date_hours, foreign)) {
        return std::unexpected(CalendarError::year_out_of_range);
    }
    bool opens = false;
    for (std::size_t i = 0; i < data.week.size(); ++i) {
        opens = opens || plain_workday(data, i);
    }
    if (!opens) return std::unexpected(CalendarError::never_open);
    return build_any(std::move(data));
}

std::expected<Calendar, CalendarError> Calendar::build_any(CalendarData data) {
    const auto sound = [](const DateHours& date) { return hours_are_sound(date.hours); };
    if (!std::ranges::all_of(data.week, hours_are_sound) ||
        !std::ranges::all_of(data.date_hours, sound)) {
        return std::unexpected(CalendarError::bad_hours);
    }
    if (std::chrono::abs(data.offset) >= days{1}) return std::unexpected(CalendarError::bad_offset);
    std::ranges::sort(data.years);
    std::ranges::sort(data.rules, {}, &DayRule::date);
    std::ranges::sort(data.date_hours, {}, &DateHours::date);
    if (repeats_a_date(data.rules) || repeats_a_date(data.date_hours)) {
        return std::unexpected(CalendarError::repeated_date);
    }
    Calendar calendar;
    calendar.data_ = std::move(data);
    calendar.lay_out();
    return calendar;
}

// What one exceptional date comes to: a day off is closed whatever else is said of it, hours of its
// own stand before its weekday's, and a make-up day on a weekday without hours has Monday's.
Calendar::DatePlan Calendar::plan(LocalDay date, const DayRule* rule, const OfficeHours* own)
    const {
    if (rule != nullptr && rule->off) return {date, {}, false};
    const std::size_t weekday = weekday_of(date);
    const bool made_up = rule != nullptr;
    const OfficeHours& usual =
        made_up && data_.week[weekday].empty() ? data_.week[0] : data_.week[weekday];
    const OfficeHours& hours = own != nullptr ? *own : usual;
    const bool counts = !data_.working_weekdays || made_up || (*data_.working_weekdays)[weekday];
    return {date, hours, counts && !hours.empty()};
}

void Calendar::lay_out() {
    plans_.reserve(data_.rules.size() + data_.date_hours.size());
    for (const auto& rule : data_.rules) {
        const auto* own = entry_of(data_.date_hours, rule.date);
        plans_.push_back(plan(rule.date, &rule, own == nullptr ? nullptr : &own->hours));
    }
    for (const auto& [date, hours] : data_.date_hours) {
        if (rule(date) == nullptr) plans_.push_back(plan(date, nullptr, &hours));
    }
    std::ranges::sort(plans_, {}, &DatePlan::date);

    CalendarMeasure::Week works{}, open{};
    for (std::size_t i = 0; i < works.size(); ++i) {
        open[i] = total(data_.week[i]).count();
        works[i] = plain_workday(data_, i) ? 1 : 0;
    }
    std::vector<CalendarMeasure::Exception> exceptions(plans_.size());
    std::ranges::transform(plans_, exceptions.begin(), [](const DatePlan& p) {
        return CalendarMeasure::Exception{p.date, p.works ? 1 : 0};
    });
    workdays_ = CalendarMeasure{works, exceptions};
    std::ranges::transform(plans_, exceptions.begin(), [](const DatePlan& p) {
        return CalendarMeasure::Exception{p.date, total(p.hours).count()};
    });
    open_time_ = CalendarMeasure{open, exceptions};
}

LocalDay Calendar::day_of(Instant at) const {
    return LocalDay{std::chrono::floor<days>(at.time_since_epoch() + data_.offset)};
}

TimeOfDay Calendar::time_of(Instant at) const {
    return at.time_since_epoch() + data_.offset - day_of(at).time_since_epoch();
}

Instant Calendar::instant(LocalDay day, TimeOfDay time) const {
    return Instant{day.time_since_epoch() - data_.offset + time};
}

bool Calendar::knows(year y) const {
    return std::ranges::binary_search(data_.years, y);
}

const DayRule* Calendar::rule(LocalDay day) const {
    return entry_of(data_.rules, day);
}

bool Calendar::is_workday(LocalDay day) const {
    return workdays_.before(day + days{1}) > workdays_.before(day);
}

int Calendar::workdays_in(year y) const {
    const LocalDay next = new_year(y + std::chrono::years{1});
    return static_cast<int>(workdays_.before(next) - workdays_.before(new_year(y)));
}

std::int64_t Calendar::workdays_between(LocalDay after, LocalDay until) const {
    return workdays_.before(until + days{1}) - workdays_.before(after + days{1});
}

std::optional<LocalDay> Calendar::find_workday(LocalDay after, std::int64_t n) const {
    const auto found = workdays_.at(workdays_.before(after + days{1}) + n - 1);
    if (!found) return std::nullopt;
    return found->day;
}

DueDay Calendar::add_workdays(LocalDay day, int n) const {
    if (n == 0) return {day, false};
    if (n > 0) {
        const LocalDay due = find_workday(day, n).value_or(last_known_day);
        return {due, beyond_known(day + days{1}, due)};
    }
    const auto found = workdays_.at(workdays_.before(day) + n);
    const LocalDay due = found ? found->day : first_known_day;
    return {due, beyond_known(due, day - days{1})};
}

DueInstant Calendar::due_after_workdays(Instant arrival, int n) const {
    const auto due = add_workdays(day_of(arrival), n);
    return {closing(due.day), due.beyond_known_calendar};
}

const OfficeHours& Calendar::hours() const {
    const auto open = std::ranges::find_if_not(data_.week, &OfficeHours::empty);
    return open == data_.week.end() ? data_.week.front() : *open;
}

std::span<const Opening> Calendar::hours_on(LocalDay day) const {
    const auto* own = entry_of(plans_, day);
    return own != nullptr ? own->hours : data_.week[weekday_of(day)];
}

Instant Calendar::closing(LocalDay day) const {
    const auto openings = hours_on(day);
    constexpr milliseconds end_of_day = days{1} - milliseconds{1};
    const milliseconds end = openings.empty() ? end_of_day : milliseconds{openings.back().to};
    return instant(day, std::min(end, end_of_day));
}

bool Calendar::is_open(Instant at) const {
    const auto time = time_of(at);
    const auto holds = [time](const Opening& o) { return o.from <= time && time < o.to; };
    return std::ranges::any_of(hours_on(day_of(at)), holds);
}

// Office time since an arbitrary Monday: a measure on which adding and subtracting is plain
// arithmetic.
std::int64_t Calendar::office_position(Instant at) const {
    const LocalDay day = day_of(at);
    return open_time_.before(day) + passed(hours_on(day), time_of(at)).count();
}

// A position on an office boundary belongs to two instants: the evening's end and the next
// morning. A limit ends at the earlier one, a count back starts at the later one.
std::optional<Instant> Calendar::earliest_at(std::int64_t position) const {
    const auto last = latest_at(position - 1);
    if (!last) return std::nullopt;
    return *last + milliseconds{1};
}

std::optional<Instant> Calendar::latest_at(std::int64_t position) const {
    const auto place = open_time_.at(position);
    if (!place) return std::nullopt;
    milliseconds rest{place->rest};
    auto opening = hours_on(place->day).begin();
    for (; rest >= opening->to - opening->from; ++opening) rest -= opening->to - opening->from;
    return instant(place->day, opening->from + rest);
}

std::optional<Instant> Calendar::find_open(Instant at) const {
    return latest_at(office_position(at));
}

std::optional<Instant> Calendar::find_end(Instant at, milliseconds amount) const {
    if (amount == milliseconds{0}) return find_open(at);
    return earliest_at(office_position(at) + amount.count());
}

DueInstant Calendar::next_open(Instant at) const {
    const Instant open = find_open(at).value_or(closing(last_known_day));
    return {open, beyond_known(day_of(at), day_of(open))};
}

DueInstant Calendar::add_working_time(Instant at, milliseconds amount) const {
    if (amount == milliseconds{0}) return {at, false};
    if (amount > milliseconds{0}) {
        const Instant due = find_end(at, amount).value_or(closing(last_known_day));
        return {due, beyond_known(day_of(at), day_of(due))};
    }
    const Instant due = latest_at(office_position(at) + amount.count())
                            .value_or(instant(first_known_day, milliseconds{0}));
    return {due, beyond_known(day_of(due), day_of(at))};
}

milliseconds Calendar::working_time_between(Instant from, Instant to) const {
    return milliseconds{office_position(to) - office_position(from)};
}

bool Calendar::beyond_known(LocalDay first, LocalDay last) const {
    for (year y = year_of(first); y <= year_of(last); ++y) {
        if (!knows(y)) return true;
    }
    return false;
}

}  // namespace hotline::sla
