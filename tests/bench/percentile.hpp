#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace hotline::bench {

// The value below which that share of the others lies; 0 of none.
inline double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    const auto last = static_cast<double>(values.size() - 1);
    return values[static_cast<std::size_t>(share * last)];
}

}  // namespace hotline::bench
