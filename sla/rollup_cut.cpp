#include "sla/rollup_cut.hpp"

#include <algorithm>
#include <chrono>

namespace hotline::sla {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year_month;
using std::chrono::year_month_day;

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

LocalDay first_of(Period period, LocalDay day) {
    if (period == Period::month) return first_of_month(day);
    if (period == Period::year) return first_of_year(day);
    return day;
}

bool tells(const CutFields& fields, const CutFields& needed) {
    return fields.unit >= needed.unit && fields.division >= needed.division &&
           fields.official >= needed.official && fields.matter >= needed.matter &&
           (fields.topic || fields.matter) >= needed.topic && fields.hour >= needed.hour;
}

class Stretches {
public:
    // Of a year of which more than half is wanted the rest is taken off, as of a month.
    void add_year(LocalDay first, LocalDay from, LocalDay to) {
        const LocalDay next = first_of_year(first + days{366});
        const days wanted = std::min(next - days{1}, to) - std::max(first, from);
        const bool whole = 2 * wanted > next - first;
        if (whole) add({Period::year, first, first});
        for (year_month month = month_of(first); month < month_of(next); month += months{1}) {
            add_month(month, from, to, whole);
        }
    }

    std::vector<Stretch> take() { return std::move(stretches_); }

private:
    // `there`: the month is, with its year.
    void add_month(year_month month, LocalDay from, LocalDay to, bool there) {
        const LocalDay first = first_of(month);
        const LocalDay last = first_of(month + months{1}) - days{1};
        const LocalDay begin = std::max(first, from);
        const LocalDay end = std::min(last, to);
        const days wanted = end - begin + days{1};
        if (2 * wanted <= last - first + days{1}) {
            if (there) add({Period::month, first, first, true});
            if (wanted > days{0}) add({Period::day, begin, end});
            return;
        }
        if (first < begin) add({Period::day, first, begin - days{1}, true});
        if (!there) add({Period::month, first, first});
        if (end < last) add({Period::day, end + days{1}, last, true});
    }

    void add(const Stretch& next) {
        if (!stretches_.empty() && continues(stretches_.back(), next)) {
            stretches_.back().last = next.last;
        } else {
            stretches_.push_back(next);
        }
    }

    static bool continues(const Stretch& before, const Stretch& next) {
        if (before.period != next.period || before.taken_off != next.taken_off) return false;
        if (next.period == Period::year) return first_of_year(next.first - days{1}) == before.last;
        if (next.period == Period::month)
            return first_of_month(next.first - days{1}) == before.last;
        return next.first == before.last + days{1};
    }

    std::vector<Stretch> stretches_;
};

}  // namespace

bool keeps(const CutRule& rule, Metric metric) {
    if (rule.only) return metric == *rule.only;
    return is_of_rates(metric) || rule.fields == CutFields{.unit = true, .division = true};
}

std::optional<Cut> cut_for(
    Period period, const CutFields& needed, std::span<const Metric> metrics
) {
    constexpr Metric of_rates[] = {Metric::accepted};
    if (metrics.empty()) metrics = of_rates;
    for (const CutRule& rule : cut_rules) {
        if (rule.period != period || !tells(rule.fields, needed)) continue;
        if (std::ranges::all_of(metrics, [&](Metric one) { return keeps(rule, one); })) {
            return rule.cut;
        }
    }
    return std::nullopt;
}

LocalDay first_of_month(LocalDay day) {
    return first_of(month_of(day));
}

RollupKey kept_as(const CutRule& rule, const CounterKey& counter) {
    RollupKey kept{
        .cut = rule.cut,
        .counter = {.day = first_of(rule.period, counter.day), .metric = counter.metric}
    };
    CounterKey& key = kept.counter;
    if (rule.fields.unit) key.unit = counter.unit;
    if (rule.fields.division) key.division = counter.division;
    if (rule.fields.official) key.official = counter.official;
    if (rule.fields.matter) {
        key.channel = counter.channel;
        key.type = counter.type;
    }
    if (rule.fields.matter || rule.fields.topic) key.topic = counter.topic;
    if (rule.fields.hour) key.hour = counter.hour;
    return kept;
}

void add_to(Rollups& rollups, const DailyCounters& changes) {
    for (const auto& [counter, amount] : changes) {
        for (const CutRule& rule : cut_rules) {
            if (!keeps(rule, counter.metric)) continue;
            const auto kept = rollups.try_emplace(kept_as(rule, counter), 0).first;
            kept->second += amount;
            if (kept->second == 0) rollups.erase(kept);
        }
    }
}

std::vector<Stretch> stretches_of(LocalDay from, LocalDay to) {
    Stretches stretches;
    if (to < from) return {};
    for (LocalDay year = first_of_year(from); year <= to; year = first_of_year(year + days{366})) {
        stretches.add_year(year, from, to);
    }
    return stretches.take();
}

}  // namespace hotline::sla
