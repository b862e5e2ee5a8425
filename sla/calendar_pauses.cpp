#include "sla/calendar_pauses.hpp"

#include <algorithm>

namespace hotline::sla {

using std::chrono::milliseconds;

std::vector<Span> joined(std::vector<Span> spans) {
    std::erase_if(spans, [](const Span& span) { return span.to <= span.from; });
    std::ranges::sort(spans, {}, &Span::from);
    std::vector<Span> result;
    for (const Span& span : spans) {
        if (!result.empty() && span.from <= result.back().to) {
            result.back().to = std::max(result.back().to, span.to);
        } else {
            result.push_back(span);
        }
    }
    return result;
}

std::optional<Instant> find_end(
    const Calendar& calendar, Instant at, milliseconds amount, const std::vector<Span>& pauses
) {
    for (const Span& pause : pauses) {
        if (pause.to <= at) continue;
        if (at < pause.from) {
            const auto end = calendar.find_end(at, amount);
            // Office time used up at the very beginning of a pause ends there; an opening that
            // falls on it comes after the pause.
            if (!end || *end < pause.from || (*end == pause.from && amount > milliseconds{0})) {
                return end;
            }
            amount -= calendar.working_time_between(at, pause.from);
        }
        at = pause.to;
    }
    return calendar.find_end(at, amount);
}

milliseconds working_time_between(
    const Calendar& calendar, Instant from, Instant to, const std::vector<Span>& pauses
) {
    if (to <= from) return milliseconds{0};
    milliseconds counted = calendar.working_time_between(from, to);
    for (const Span& pause : pauses) {
        const Instant begin = std::max(pause.from, from);
        const Instant end = std::min(pause.to, to);
        if (begin < end) counted -= calendar.working_time_between(begin, end);
    }
    return counted;
}

}  // namespace hotline::sla
