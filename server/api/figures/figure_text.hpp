#pragma once

#include "integrations/mysql/kpi_store.hpp"
#include "server/city.hpp"
#include "sla/figure.hpp"
#include "sla/kpi.hpp"
#include "ticketing/json_text.hpp"

#include <string>

namespace hotline::api {

// A figure as asked for, within what the asker may see.
struct FigureQuestion {
    mysql::KpiFilter filter;
    bool by_official = false;  // load alone
    CityPtr city;
    ticketing::Instant now;
    bool english = false;
};

// An object that begins with what every figure carries: definition, numerator, denominator, period,
// scope.
ticketing::JsonObject figure_head(sla::FigureCode code, const FigureQuestion& question);

// "numerator", "denominator" and, where there is one, "percent".
ticketing::JsonObject share_json(std::int64_t numerator, std::int64_t denominator);

// S20: what was left out of the period, by reason. Only the centre's own sums know it.
Result<std::string> left_out_json(mysql::Connection& db, const FigureQuestion& question);

// Sums of the question's period with these metrics alone.
Result<mysql::KpiGroups> sums_of(
    mysql::Connection& db,
    const FigureQuestion& question,
    std::vector<sla::Metric> metrics,
    sla::Dimension grouping
);

}  // namespace hotline::api
