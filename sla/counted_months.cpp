#include "sla/counted_months.hpp"

#include "sla/rollup_cut.hpp"

#include <tuple>

namespace hotline::sla {
namespace {

auto place_of(const CounterKey& key) {
    return std::tie(
        key.day, key.unit, key.division, key.official, key.channel, key.type, key.topic, key.hour
    );
}

// What was counted of a metric under the same day, unit, official and matter as `at`.
std::int64_t counted(
    std::span<const Contribution> contributions, const CounterKey& at, Metric metric
) {
    std::int64_t sum = 0;
    for (const auto& [key, amount] : contributions) {
        if (key.metric == metric && place_of(key) == place_of(at)) sum += amount;
    }
    return sum;
}

}  // namespace

std::map<LocalDay, MonthBits> counted_months(std::span<const Contribution> contributions) {
    std::map<LocalDay, MonthBits> months;
    for (const auto& [key, amount] : contributions) {
        months[first_of_month(key.day)].metrics |= bit_of(key.metric);
    }
    for (const RateDefinition& rate : rate_definitions()) {
        if (!rate.numerator || !rate.denominator) continue;
        for (const auto& [key, amount] : contributions) {
            if (key.metric != *rate.denominator) continue;
            const auto cases = counted(contributions, key, *rate.denominator);
            if (cases <= counted(contributions, key, *rate.numerator)) continue;
            months[first_of_month(key.day)].unmet |= bit_of(rate.code);
        }
    }
    return months;
}

}  // namespace hotline::sla
