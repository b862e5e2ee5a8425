#include "sla/dimension.hpp"

#include "sla/date_text.hpp"

namespace hotline::sla {

std::string group_of(Dimension dimension, const CounterKey& counter) {
    switch (dimension) {
        case Dimension::division:
            return counter.division;
        case Dimension::unit:
            return std::to_string(counter.unit);
        case Dimension::official:
            return std::to_string(counter.official);
        case Dimension::channel:
            return std::to_string(counter.channel);
        case Dimension::type:
            return std::to_string(counter.type);
        case Dimension::topic:
            return counter.topic;
        case Dimension::day:
            return date_text(counter.day);
        case Dimension::none:
            break;
    }
    return {};
}

std::int64_t add_to(
    PeriodFigures& figures, std::span<const Contribution> made, LocalDay from, LocalDay to
) {
    std::int64_t added = 0;
    for (const auto& [counter, amount] : made) {
        if (counter.day < from || counter.day > to || !is_of_rates(counter.metric)) continue;
        added += amount;
        for (const Dimension dimension : frozen_dimensions) {
            figures[{dimension, group_of(dimension, counter), counter.metric}] += amount;
        }
    }
    return added;
}

}  // namespace hotline::sla
