#pragma once

#include "sla/kpi.hpp"
#include "sla/rollup.hpp"

#include <cstdint>
#include <map>
#include <span>

namespace hotline::sla {

// What a ticket counts in during a month: where the cases behind a figure are looked for.
struct MonthBits {
    std::uint64_t metrics = 0;  // bit_of each metric
    std::uint64_t unmet = 0;    // bit_of each rate with a case of its denominator that did not make
                                // the numerator

    bool operator==(const MonthBits&) const = default;
};

// As `unmet` of a month that was kept before anybody told: it may be any of them.
inline constexpr std::uint64_t unmet_untold = ~std::uint64_t{0};

// Codes of rates are far below 64.
constexpr std::uint64_t bit_of(RateCode rate) {
    return std::uint64_t{1} << static_cast<unsigned>(rate);
}

// The months in which a ticket counts, by their first days.
std::map<LocalDay, MonthBits> counted_months(std::span<const Contribution> contributions);

}  // namespace hotline::sla
