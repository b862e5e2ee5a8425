#pragma once

#include "sla/rollup.hpp"

#include <map>
#include <optional>
#include <span>
#include <vector>

namespace hotline::sla {

// The sums that are kept (S37). All fields of a counter together would make as many rows as there
// are cases; each cut keeps the fields its questions are about, over a day, a month or a year.
// Numbers are persisted.
enum class Cut : std::uint8_t {
    day = 1,
    month = 2,
    year = 3,
    official = 4,
    matter = 5,
    unit_month = 6,
    unit_year = 7,
    division_month = 8,
    division_year = 9,
    official_month = 10,
    official_year = 11,
    matter_month = 12,
    matter_year = 13,
    hour = 14,
    unit_hour = 15,
    topic = 16,
    topic_month = 17,
    topic_year = 18,
    unit_topic = 19,
    unit_topic_month = 20,
    unit_topic_year = 21,
    division_day = 22,
};

enum class Period : std::uint8_t { day, month, year };

// Which fields a sum tells apart, or a question needs told apart. The matter is channel, type and
// topic together.
struct CutFields {
    bool unit = false;
    bool division = false;
    bool official = false;
    bool matter = false;
    bool topic = false;  // without channel and type
    bool hour = false;   // of day

    bool operator==(const CutFields&) const = default;
};

struct CutRule {
    Cut cut;
    Period period;
    CutFields fields;
    std::optional<Metric> only = {};  // of one metric alone
};

// Within a period the fewest fields, and so the fewest rows, first.
inline constexpr CutRule cut_rules[] = {
    {Cut::division_day, Period::day, {.division = true}},
    {Cut::day, Period::day, {.unit = true, .division = true}},
    {Cut::official, Period::day, {.unit = true, .official = true}},
    {Cut::matter, Period::day, {.division = true, .matter = true}},
    {Cut::division_month, Period::month, {.division = true}},
    {Cut::unit_month, Period::month, {.unit = true}},
    {Cut::month, Period::month, {.unit = true, .division = true}},
    {Cut::official_month, Period::month, {.unit = true, .official = true}},
    {Cut::matter_month, Period::month, {.matter = true}},
    {Cut::division_year, Period::year, {.division = true}},
    {Cut::unit_year, Period::year, {.unit = true}},
    {Cut::year, Period::year, {.unit = true, .division = true}},
    {Cut::official_year, Period::year, {.unit = true, .official = true}},
    {Cut::matter_year, Period::year, {.matter = true}},
    {Cut::hour, Period::day, {.division = true, .hour = true}, Metric::received},
    {Cut::unit_hour, Period::day, {.unit = true, .division = true, .hour = true}, Metric::received},
    {Cut::topic, Period::day, {.division = true, .topic = true}, Metric::received},
    {Cut::topic_month, Period::month, {.division = true, .topic = true}, Metric::received},
    {Cut::topic_year, Period::year, {.division = true, .topic = true}, Metric::received},
    {Cut::unit_topic, Period::day, {.unit = true, .division = true, .topic = true}, Metric::received
    },
    {Cut::unit_topic_month,
     Period::month,
     {.unit = true, .division = true, .topic = true},
     Metric::received},
    {Cut::unit_topic_year,
     Period::year,
     {.unit = true, .division = true, .topic = true},
     Metric::received},
};

// Whether a cut holds a metric: what the board alone shows is kept by unit and division (S44).
bool keeps(const CutRule& rule, Metric metric);

// The cut of that period with the fewest rows that tells `needed` apart and keeps these metrics
// (none named: those of the rates); nothing when there is none. A question no cut of days answers
// is answered by none.
std::optional<Cut> cut_for(
    Period period, const CutFields& needed, std::span<const Metric> metrics = {}
);

// A kept sum: `counter.day` is the first day of the month or year, fields the cut does not tell
// apart are empty.
struct RollupKey {
    Cut cut = Cut::day;
    CounterKey counter;

    auto operator<=>(const RollupKey&) const = default;
};

using Rollups = std::map<RollupKey, std::int64_t>;

LocalDay first_of_month(LocalDay day);

RollupKey kept_as(const CutRule& rule, const CounterKey& counter);

// Adds a change of the counters to every cut; sums that come to zero are dropped (S26).
void add_to(Rollups& rollups, const DailyCounters& changes);

// Whole years, whole months or single days in a row: which rows of the cuts of that period are
// taken.
struct Stretch {
    Period period = Period::day;
    LocalDay first;          // first day of the first of them
    LocalDay last;           // first day of the last of them
    bool taken_off = false;  // of a year or month that was taken whole but is wanted in part

    bool operator==(const Stretch&) const = default;
};

// What adds up to the stretch from `from` to `to`, both included, with as few rows as can be: a
// year or month of which more than half is wanted is that year or month less the rest. No day is
// in more than one of them with the same period.
std::vector<Stretch> stretches_of(LocalDay from, LocalDay to);

}  // namespace hotline::sla
