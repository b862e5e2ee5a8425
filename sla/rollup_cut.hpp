#pragma once

#include "sla/rollup.hpp"

#include <map>
#include <optional>
#include <span>
#include <vector>

namespace hotline::sla {

// The sums that are kept. All fields of a counter together would make as many rows as there are
// cases; each cut keeps the fields its questions are about. Numbers are persisted.
enum class Cut : std::uint8_t {
    day = 1,       // day × unit × division
    month = 2,     // the same by month and by year: a year of all units is read from a few
    year = 3,      //   thousand rows instead of millions
    official = 4,  // day × official × unit
    matter = 5,    // day × division × channel × type × topic
};

inline constexpr Cut all_cuts[] = {Cut::day, Cut::month, Cut::year, Cut::official, Cut::matter};

// A kept sum: `counter.day` is the first day of the month or year, fields the cut does not tell
// apart are empty.
struct RollupKey {
    Cut cut = Cut::day;
    CounterKey counter;

    auto operator<=>(const RollupKey&) const = default;
};

using Rollups = std::map<RollupKey, std::int64_t>;

LocalDay first_of_month(LocalDay day);

RollupKey kept_as(Cut cut, const CounterKey& counter);

// Adds a change of the counters to every cut; sums that come to zero are dropped (S26).
void add_to(Rollups& rollups, const DailyCounters& changes);

// In which months a ticket counts, by their first days, and in which metrics (bit_of): where the
// cases behind a figure are looked for.
std::map<LocalDay, std::uint64_t> months_of(std::span<const Contribution> contributions);

// A stretch of days as whole years, whole months and single days, in order and without gap or
// overlap: which rows of the first three cuts add up to it.
struct Span {
    Cut cut = Cut::day;
    LocalDay first;  // first day of the first of them
    LocalDay last;   // first day of the last of them

    bool operator==(const Span&) const = default;
};
std::vector<Span> spans_of(LocalDay from, LocalDay to);

}  // namespace hotline::sla
