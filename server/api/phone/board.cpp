#include "server/api/phone/board.hpp"

#include "integrations/mysql/agent_store.hpp"
#include "integrations/mysql/call_figures.hpp"
#include "integrations/mysql/call_store.hpp"
#include "integrations/mysql/link_store.hpp"
#include "integrations/telephony/agent_state.hpp"
#include "integrations/telephony/call_state.hpp"
#include "server/actions/own_calls.hpp"
#include "server/api/dto.hpp"
#include "server/api/phone/agent_json.hpp"
#include "server/api/phone/agent_share.hpp"
#include "server/api/phone/call_tally_json.hpp"
#include "server/api/phone/shift_lead.hpp"
#include "ticketing/json_text.hpp"

#include <utility>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::Connection;
using telephony::AgentState;
using telephony::CallState;
using ticketing::Instant;
using ticketing::JsonObject;

// An end that was never told does not keep a caller waiting for ever.
constexpr auto longest_waiting = std::chrono::hours(2);
constexpr std::size_t most_waiting_shown = 100;
// T20
constexpr auto alarm_window = std::chrono::minutes(30);
// T24
constexpr auto longest_silence = std::chrono::seconds(30);
constexpr auto expected_for = std::chrono::days(7);

struct Picture {
    std::vector<mysql::PhoneCall> waiting;
    std::vector<actions::LineEntry> line;  // of those we distribute ourselves
    std::vector<mysql::AgentRow> agents;
    std::vector<mysql::RepeatedMove> in_vain;
    std::vector<mysql::AgentTime> times;
    std::vector<mysql::CtiLink> links;
    sla::CallTally today;
};

Result<std::vector<mysql::PhoneCall>> callers_waiting(Connection& db, Instant now) {
    mysql::CallFilter filter;
    for (const auto state : {CallState::offered, CallState::queued, CallState::ringing}) {
        filter.states.push_back(static_cast<int>(state));
    }
    filter.begun_after = now - longest_waiting;
    filter.limit = most_waiting_shown;
    auto calls = mysql::list_calls(db, filter);
    if (!calls) return calls;
    std::erase_if(*calls, [](const mysql::PhoneCall& call) {
        return call.direction != static_cast<int>(telephony::Direction::in) || call.answered_at;
    });
    std::ranges::reverse(*calls);  // who has waited longest comes first
    return calls;
}

Result<Picture> look_at_phones(Connection& db, Instant now) {
    const auto today = sla::local_day(now);
    Picture picture;
    auto waiting = callers_waiting(db, now);
    if (!waiting) return std::unexpected(waiting.error());
    auto line = actions::read_line(db, now);
    if (!line) return std::unexpected(line.error());
    auto agents = mysql::list_agents(db);
    if (!agents) return std::unexpected(agents.error());
    const int vain = static_cast<int>(telephony::AgentReason::no_answer);
    auto in_vain = mysql::repeated_moves(db, vain, now - alarm_window);
    if (!in_vain) return std::unexpected(in_vain.error());
    auto times = mysql::read_agent_times(db, sla::at_local(today, {}), now);
    if (!times) return std::unexpected(times.error());
    const auto tallies = mysql::read_call_tallies(db, today, today);
    if (!tallies) return std::unexpected(tallies.error());
    for (const auto& [slot, tally] : *tallies) picture.today.add(tally);
    auto links = mysql::list_links(db, now - expected_for);
    if (!links) return std::unexpected(links.error());
    picture.links = std::move(*links);
    picture.waiting = std::move(*waiting);
    picture.line = std::move(line->entries);
    picture.agents = std::move(*agents);
    picture.in_vain = std::move(*in_vain);
    picture.times = std::move(*times);
    return picture;
}

std::string skill_json(const telephony::SkillWish& wish) {
    JsonObject out;
    return out.text("skill", wish.skill).number("level", wish.level).str();
}

std::string waiting_json(
    const mysql::PhoneCall& call, const std::vector<actions::LineEntry>& line
) {
    JsonObject out;
    out.text("call_id", call.call_id);
    out.text("state", ticketing::name(static_cast<CallState>(call.state)));
    if (!call.ani.empty()) out.text("ani", call.ani);
    if (!call.queue.empty()) out.text("queue", call.queue);
    const bool rings = call.state == static_cast<int>(CallState::ringing);
    if (rings && !call.agent_name.empty()) out.text("agent_name", call.agent_name);
    const auto since = call.queued_at ? call.queued_at : call.offered_at;
    if (const auto begun = since ? since : call.ringing_at) out.text("since", to_text(*begun));
    const auto entry = std::ranges::find_if(line, [&](const actions::LineEntry& one) {
        return one.source == call.source && one.call_id == call.call_id;
    });
    if (entry == line.end()) return out.str();
    out.number("place", entry - line.begin() + 1);
    if (!entry->skills.empty()) {
        out.raw("skills", ticketing::json_array(entry->skills, skill_json));
    }
    return out.str();
}

std::string alarm_json(const mysql::RepeatedMove& moved) {
    JsonObject out;
    out.text("kind", "no_answer").number("user_id", static_cast<std::int64_t>(moved.account.value));
    out.text("name", moved.name).number("times", moved.times).text("at", to_text(moved.last_at));
    return out.str();
}

std::string link_json(const mysql::CtiLink& link, Instant now) {
    JsonObject out;
    out.text("source", link.source).text("heard_at", to_text(link.heard_at));
    return out.raw("down", now - link.heard_at > longest_silence ? "true" : "false").str();
}

std::string working_share_json(const std::pair<const std::uint64_t, AgentShare>& one) {
    const AgentShare& share = one.second;
    const auto seconds = [](std::chrono::milliseconds time) { return time.count() / 1000; };
    JsonObject out;
    out.number("user_id", static_cast<std::int64_t>(one.first)).text("name", share.name);
    out.number("calls", share.calls).number("busy_seconds", seconds(share.busy));
    out.number("idle_seconds", seconds(share.idle));
    out.number("break_seconds", seconds(share.breaks));
    add_work_figures(out, share);
    return out.str();
}

}  // namespace

PhoneBoardApi::PhoneBoardApi(auth::Guard& guard, mysql::Pool& pool, auth::Clock clock)
    : guard_(guard), pool_(pool), clock_(std::move(clock)) {}

asio::awaitable<Response> PhoneBoardApi::show(Request request) {
    const auto actor = co_await who_leads_shift(guard_, request);
    if (!actor) co_return http::problem(request, actor.error());
    const auto now = clock_();
    const auto picture =
        co_await pool_.read([now](Connection& db) { return look_at_phones(db, now); });
    if (!picture) co_return http::problem(request, picture.error());
    JsonObject out;
    out.text("at", to_text(now));
    out.raw("waiting", ticketing::json_array(picture->waiting, [&](const mysql::PhoneCall& call) {
                return waiting_json(call, picture->line);
            }));
    out.raw("agents", ticketing::json_array(picture->agents, agent_json));
    out.raw("shares", ticketing::json_array(agent_shares(picture->times), working_share_json));
    out.raw("today", call_tally_json(picture->today).str());
    out.raw("links", ticketing::json_array(picture->links, [now](const mysql::CtiLink& link) {
                return link_json(link, now);
            }));
    out.raw("alarms", ticketing::json_array(picture->in_vain, alarm_json));
    co_return http::json(out.str());
}

void PhoneBoardApi::add_routes(std::vector<http::Route>& routes) {
    routes.push_back({http::Method::get, "/api/v1/agents/board", [this](Request r) {
                          return show(std::move(r));
                      }});
}

}  // namespace hotline::api
