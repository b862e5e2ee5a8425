#pragma once

#include "integrations/mysql/kpi_store.hpp"
#include "integrations/mysql/source_store.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace hotline::actions {

// Questions that tell apart more than any kept sum does are answered from the tickets themselves,
// as long as there are not more than this many in their months.
inline constexpr std::uint64_t counted_one_by_one = 100'000;

// The figures of a question, from the kept sums where they can answer it, else ticket by ticket.
// Both ways give the same. too_long at "to" when too many tickets would have to be counted.
Result<mysql::KpiGroups> count_groups(
    mysql::Connection& db, const mysql::KpiFilter& filter, mysql::KpiGrouping grouping
);

// Which tickets stand behind a sum of counters: those of `plus` without those of `minus` (the cases
// of a denominator that did not make the numerator).
struct CasesAsked {
    mysql::KpiFilter filter;
    std::vector<sla::Metric> plus;
    std::vector<sla::Metric> minus;
    std::optional<sla::RateCode> unmet;  // the rate whose denominator and numerator these are
    std::optional<mysql::SourcePlace> after;
    std::size_t limit = 50;
};

// How often one ticket's counters are among those asked for, on whatever day of the filter.
std::int64_t times_among(std::span<const sla::Contribution> made, const CasesAsked& asked);

// A ticket and how often it counts, once for each month it counts in.
struct Case {
    mysql::SourcePlace place;
    std::int64_t times = 0;
    std::vector<sla::LocalDay> days;
    std::vector<std::uint64_t> units;  // 0: the centre
};

struct CasePage {
    std::vector<Case> cases;
    std::optional<mysql::SourcePlace> next;  // where to go on; nothing at the end
};

// One page. Added up over all pages, `times` is exactly the figure.
Result<CasePage> list_cases(mysql::Connection& db, const CasesAsked& asked);

// The same figure from the kept sums (or counted).
Result<std::int64_t> count_cases(mysql::Connection& db, const CasesAsked& asked);

}  // namespace hotline::actions
