#include "integrations/mysql/figure_store.hpp"
#include "server/api/figures/figures.hpp"

namespace hotline::api {
namespace {

using sla::Metric;
using ticketing::JsonObject;

std::string steps_json(const sla::PeriodSums& sums, bool english) {
    const auto step_json = [&](const sla::CountDefinition& step) {
        auto out = share_json(sums.of(step.metric), sums.of(Metric::received));
        out.text("metric", name(step.metric)).text("name", step.called.in(english));
        return out.text("definition", step.definition.in(english)).str();
    };
    return ticketing::json_array(sla::funnel_steps(), step_json);
}

}  // namespace

Result<std::string> funnel_figure(mysql::Connection& db, const FigureQuestion& question) {
    std::vector<Metric> metrics;
    for (const auto& step : sla::funnel_steps()) metrics.push_back(step.metric);
    const auto groups = sums_of(db, question, std::move(metrics), sla::Dimension::none);
    if (!groups) return std::unexpected(groups.error());
    const auto on_call = sums_of(db, question, {Metric::closed_on_call}, sla::Dimension::none);
    if (!on_call) return std::unexpected(on_call.error());
    const auto states = mysql::read_states_now(db, question.filter);
    if (!states) return std::unexpected(states.error());
    const auto left_out = left_out_json(db, question);
    if (!left_out) return std::unexpected(left_out.error());
    sla::PeriodSums sums;
    for (const auto* part : {&*groups, &*on_call}) {
        for (const auto& [group, counts] : *part) {
            for (const auto& [metric, count] : counts.counts) sums.counts[metric] += count;
        }
    }
    std::int64_t open = 0;
    for (const auto& [state, count] : *states) open += count;
    auto out = figure_head(sla::FigureCode::funnel, question);
    out.raw("steps", steps_json(sums, question.english));
    out.number("closed_on_call", sums.of(Metric::closed_on_call)).number("open", open);
    out.raw("now", ticketing::json_array(*states, [](const auto& one) {
                JsonObject state;
                state.text("state", name(one.first));
                return state.number("count", one.second).str();
            }));
    return out.raw("excluded", *left_out).str();
}

}  // namespace hotline::api
