#include "integrations/mysql/call_figures.hpp"
#include "server/api/figures/figures.hpp"

#include <fmt/format.h>

namespace hotline::api {
namespace {

using sla::CallTally;
using ticketing::JsonObject;

// Calls are added up one by one: more days than this ask for a shorter period.
constexpr std::chrono::days longest_of_calls{100};

JsonObject tally_json(const CallTally& tally) {
    const std::int64_t soon = sla::answered_within(tally, sla::soon_seconds);
    JsonObject out;
    out.number("asked", tally.asked()).number("answered", tally.answered);
    out.number("abandoned", tally.abandoned).number("flowed_out", tally.flowed_out);
    out.number("soon", soon);
    if (const auto rate = sla::rate_of(tally.answered, tally.asked())) {
        out.raw("answered_percent", text(*rate));
    }
    if (const auto rate = sla::rate_of(soon, tally.asked())) {
        out.raw("soon_percent", text(*rate));
    }
    const auto seconds = [](std::chrono::milliseconds time) {
        return fmt::format("{:.1f}", static_cast<double>(time.count()) / 1000.0);
    };
    if (const auto wait = sla::mean_wait(tally)) out.raw("mean_wait", seconds(*wait));
    if (const auto wait = sla::ninth_decile_wait(tally)) out.number("p90_wait", *wait);
    if (const auto talk = sla::mean_talk(tally)) out.raw("mean_talk", seconds(*talk));
    return out;
}

std::string half_hour(int slot) {
    return fmt::format("{:02}:{:02}", slot / 2, slot % 2 * 30);
}

}  // namespace

Result<std::string> calls_figure(mysql::Connection& db, const FigureQuestion& question) {
    const mysql::KpiFilter& filter = question.filter;
    if (filter.units || filter.division) return fail(ErrorCode::forbidden);
    if (filter.to - filter.from >= longest_of_calls) return fail_field("to", ErrorCode::too_long);
    const auto tallies = mysql::read_call_tallies(db, filter.from, filter.to);
    if (!tallies) return std::unexpected(tallies.error());
    CallTally total;
    std::map<int, CallTally> by_time;
    std::map<std::uint64_t, CallTally> by_agent;
    for (const auto& [key, tally] : *tallies) {
        total.add(tally);
        by_time[key.first].add(tally);
        by_agent[key.second].add(tally);
    }
    std::vector<std::uint64_t> agents;
    for (const auto& [agent, tally] : by_agent) agents.push_back(agent);
    const auto names = mysql::read_account_names(db, agents);
    if (!names) return std::unexpected(names.error());
    auto out = figure_head(sla::FigureCode::calls, question);
    out.number("soon_seconds", sla::soon_seconds).raw("total", tally_json(total).str());
    out.raw("half_hours", ticketing::json_array(by_time, [](const auto& one) {
                return tally_json(one.second).text("begins", half_hour(one.first)).str();
            }));
    const std::string nobody = question.english ? "No agent" : "未到坐席";
    out.raw("agents", ticketing::json_array(by_agent, [&](const auto& one) {
                const auto known = names->find(one.first);
                auto line = tally_json(one.second);
                line.number("user_id", static_cast<std::int64_t>(one.first));
                return line.text("name", known != names->end() ? known->second : nobody).str();
            }));
    return out.str();
}

}  // namespace hotline::api
