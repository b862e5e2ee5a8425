#include "sla/ageing.hpp"

namespace hotline::sla {
namespace {

using std::chrono::days;

// The earliest day of acceptance that is no older than so many days.
LocalDay earliest(int age, bool natural, LocalDay today, const Calendar& calendar) {
    if (natural) return today - days{age};
    // Rest days before a working day are as old as it: the first of them counts.
    LocalDay day = today;
    while (calendar.workdays_between(day - days{1}, today) <= age) day -= days{1};
    return day;
}

}  // namespace

AgeDays days_of_band(std::size_t band, bool natural, LocalDay today, const Calendar& calendar) {
    AgeDays found{.from = std::nullopt, .to = today};
    if (band < last_day_of_band.size()) {
        found.from = earliest(last_day_of_band[band], natural, today, calendar);
    }
    if (band > 0) {
        found.to = earliest(last_day_of_band[band - 1], natural, today, calendar) - days{1};
    }
    return found;
}

AgeBounds age_bounds(LocalDay today, const Calendar& calendar) {
    AgeBounds bounds{};
    for (std::size_t i = 0; i < last_day_of_band.size(); ++i) {
        const int age = last_day_of_band[i];
        bounds.natural[i] = at_local(earliest(age, true, today, calendar), {});
        bounds.working[i] = at_local(earliest(age, false, today, calendar), {});
    }
    return bounds;
}

}  // namespace hotline::sla
