#include "integrations/mysql/agent_store.hpp"
#include "integrations/mysql/call_figures.hpp"
#include "server/api/figures/figures.hpp"
#include "server/api/phone/agent_share.hpp"
#include "server/api/phone/call_tally_json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace hotline::api {
namespace {

using sla::CallTally;

// Calls are added up one by one: more days than this ask for a shorter period.
constexpr std::chrono::days longest_of_calls{100};

std::string half_hour(int slot) {
    return fmt::format("{:02}:{:02}", slot / 2, slot % 2 * 30);
}

struct Work {
    mysql::CallTallies tallies;
    std::map<std::uint64_t, AgentShare> shares;
};

Result<Work> work_of(mysql::Connection& db, const FigureQuestion& question) {
    const mysql::KpiFilter& filter = question.filter;
    auto tallies = mysql::read_call_tallies(db, filter.from, filter.to);
    if (!tallies) return std::unexpected(tallies.error());
    const auto end = sla::at_local(filter.to + std::chrono::days{1}, {});
    const auto times =
        mysql::read_agent_times(db, sla::at_local(filter.from, {}), std::min(end, question.now));
    if (!times) return std::unexpected(times.error());
    return Work{std::move(*tallies), agent_shares(*times)};
}

}  // namespace

Result<std::string> calls_figure(mysql::Connection& db, const FigureQuestion& question) {
    const mysql::KpiFilter& filter = question.filter;
    if (filter.units || filter.division) return fail(ErrorCode::forbidden);
    if (filter.to - filter.from >= longest_of_calls) return fail_field("to", ErrorCode::too_long);
    const auto work = work_of(db, question);
    if (!work) return std::unexpected(work.error());
    CallTally total;
    std::map<int, CallTally> by_time;
    std::map<std::uint64_t, CallTally> by_agent;
    for (const auto& [key, tally] : work->tallies) {
        total.add(tally);
        by_time[key.first].add(tally);
        by_agent[key.second].add(tally);
    }
    AgentShare together;
    std::vector<std::uint64_t> agents;
    for (const auto& [agent, share] : work->shares) {
        together.add(share);
        by_agent.try_emplace(agent);  // also who was at hand and got no call
    }
    for (const auto& [agent, tally] : by_agent) agents.push_back(agent);
    const auto names = mysql::read_account_names(db, agents);
    if (!names) return std::unexpected(names.error());
    auto out = figure_head(sla::FigureCode::calls, question);
    auto all = call_tally_json(total);
    add_work_figures(all, together);
    out.raw("total", all.str());
    out.raw("half_hours", ticketing::json_array(by_time, [](const auto& one) {
                return call_tally_json(one.second).text("begins", half_hour(one.first)).str();
            }));
    const std::string nobody = question.english ? "No agent" : "未到坐席";
    out.raw("agents", ticketing::json_array(by_agent, [&](const auto& one) {
                const auto known = names->find(one.first);
                auto line = call_tally_json(one.second);
                if (const auto share = work->shares.find(one.first); share != work->shares.end()) {
                    add_work_figures(line, share->second);
                }
                line.number("user_id", static_cast<std::int64_t>(one.first));
                return line.text("name", known != names->end() ? known->second : nobody).str();
            }));
    return out.str();
}

}  // namespace hotline::api
