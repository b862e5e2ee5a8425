#include "integrations/mysql/figure_store.hpp"
#include "server/api/figures/figures.hpp"

#include <algorithm>

namespace hotline::api {

Result<std::string> hours_figure(mysql::Connection& db, const FigureQuestion& question) {
    const auto hours = mysql::read_hours(db, question.filter);
    if (!hours) return std::unexpected(hours.error());
    const auto left_out = left_out_json(db, question);
    if (!left_out) return std::unexpected(left_out.error());
    std::int64_t total = 0;
    for (const auto& day : *hours) {
        for (const std::int64_t count : day) total += count;
    }
    const auto day_json = [](const auto& day) {
        return ticketing::json_array(day, [](std::int64_t count) { return std::to_string(count); });
    };
    auto out = figure_head(sla::FigureCode::hours, question);
    out.number("total", total).raw("excluded", *left_out);
    return out.raw("weekdays", ticketing::json_array(*hours, day_json)).str();
}

}  // namespace hotline::api
