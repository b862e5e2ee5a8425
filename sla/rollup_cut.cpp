#include "sla/rollup_cut.hpp"

#include <algorithm>
#include <chrono>

namespace hotline::sla {
namespace {

using std::chrono::months;
using std::chrono::year_month;
using std::chrono::year_month_day;
using std::chrono::years;

LocalDay first_of(year_month month) {
    return LocalDay{month / 1};
}

year_month month_of(LocalDay day) {
    const year_month_day date{day};
    return date.year() / date.month();
}

LocalDay first_of_year(LocalDay day) {
    return LocalDay{year_month_day{day}.year() / 1 / 1};
}

// From the first day that begins a month (or year) on.
year_month first_whole_month(LocalDay from) {
    const auto month = month_of(from);
    return first_of(month) == from ? month : month + months{1};
}

void add_days(std::vector<Span>& spans, LocalDay from, LocalDay end) {
    if (from < end) spans.push_back({Cut::day, from, end - std::chrono::days{1}});
}

void add_months(std::vector<Span>& spans, year_month from, year_month end) {
    if (from < end) spans.push_back({Cut::month, first_of(from), first_of(end - months{1})});
}

}  // namespace

LocalDay first_of_month(LocalDay day) {
    return first_of(month_of(day));
}

RollupKey kept_as(Cut cut, const CounterKey& counter) {
    RollupKey kept{.cut = cut, .counter = {.day = counter.day, .metric = counter.metric}};
    CounterKey& key = kept.counter;
    if (cut == Cut::month) key.day = first_of_month(counter.day);
    if (cut == Cut::year) key.day = first_of_year(counter.day);
    if (cut != Cut::matter) key.unit = counter.unit;
    if (cut != Cut::official) key.division = counter.division;
    if (cut == Cut::official) key.official = counter.official;
    if (cut == Cut::matter) {
        key.channel = counter.channel;
        key.type = counter.type;
        key.topic = counter.topic;
    }
    return kept;
}

void add_to(Rollups& rollups, const DailyCounters& changes) {
    for (const auto& [counter, amount] : changes) {
        for (const Cut cut : all_cuts) {
            const auto kept = rollups.try_emplace(kept_as(cut, counter), 0).first;
            kept->second += amount;
            if (kept->second == 0) rollups.erase(kept);
        }
    }
}

std::map<LocalDay, std::uint64_t> months_of(std::span<const Contribution> contributions) {
    std::map<LocalDay, std::uint64_t> months;
    for (const auto& [counter, amount] : contributions) {
        months[first_of_month(counter.day)] |= bit_of(counter.metric);
    }
    return months;
}

std::vector<Span> spans_of(LocalDay from, LocalDay to) {
    std::vector<Span> spans;
    if (from > to) return spans;
    const LocalDay end = to + std::chrono::days{1};
    const year_month first = first_whole_month(from);
    const year_month last = month_of(end);  // not whole: the first of it may be `end`
    if (first >= last) {
        add_days(spans, from, end);
        return spans;
    }
    add_days(spans, from, first_of(first));
    const bool at_new_year = first.month() == std::chrono::January;
    const year_month first_year =
        (first.year() + years{at_new_year ? 0 : 1}) / std::chrono::January;
    const year_month last_year = last.year() / std::chrono::January;
    if (first_year >= last_year) {
        add_months(spans, first, last);
    } else {
        add_months(spans, first, first_year);
        spans.push_back({Cut::year, first_of(first_year), first_of(last_year - years{1})});
        add_months(spans, last_year, last);
    }
    add_days(spans, first_of(last), end);
    return spans;
}

}  // namespace hotline::sla
