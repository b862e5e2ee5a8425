#pragma once

#include "server/api/figures/figure_text.hpp"

#include <string>

// Each figure as JSON, read by a job of the database.
namespace hotline::api {

Result<std::string> hours_figure(mysql::Connection& db, const FigureQuestion& question);
Result<std::string> funnel_figure(mysql::Connection& db, const FigureQuestion& question);
Result<std::string> ageing_figure(mysql::Connection& db, const FigureQuestion& question);
Result<std::string> load_figure(mysql::Connection& db, const FigureQuestion& question);
Result<std::string> topics_figure(mysql::Connection& db, const FigureQuestion& question);
// Calls are the centre's: forbidden within a unit or a county.
Result<std::string> calls_figure(mysql::Connection& db, const FigureQuestion& question);
Result<std::string> dissatisfaction_figure(mysql::Connection& db, const FigureQuestion& question);

}  // namespace hotline::api
