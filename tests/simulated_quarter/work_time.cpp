#include "tests/simulated_quarter/work_time.hpp"

#include <algorithm>

namespace simulated_quarter {

using namespace std::chrono_literals;

bool works(std::chrono::sys_days day) {
    const std::chrono::weekday weekday{day};
    return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
}

Instant after_work(Instant from, std::chrono::minutes work) {
    auto day = std::chrono::floor<std::chrono::days>(from);
    for (;; day += std::chrono::days{1}) {
        if (!works(day)) continue;
        const Instant begins = std::max<Instant>(from, day + 9h);
        const Instant ends = day + 17h;
        if (begins >= ends) continue;
        if (ends - begins >= work) return begins + work;
        work -= std::chrono::floor<std::chrono::minutes>(ends - begins);
    }
}

}  // namespace simulated_quarter
