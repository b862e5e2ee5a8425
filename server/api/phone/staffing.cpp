#include "server/api/phone/staffing.hpp"

#include "integrations/mysql/agent_store.hpp"
#include "integrations/mysql/call_figures.hpp"
#include "integrations/telephony/agent_state.hpp"
#include "integrations/telephony/staffing.hpp"
#include "server/api/dto.hpp"
#include "server/api/phone/call_tally_json.hpp"
#include "server/api/phone/shift_lead.hpp"
#include "server/calendar/local_text.hpp"
#include "sla/date_text.hpp"
#include "ticketing/json_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::Connection;
using sla::LocalDay;
using telephony::Load;
using telephony::Promise;
using ticketing::JsonObject;

constexpr double half_hour_seconds = 1800;
// Until anything was measured: what such lines plan with.
constexpr double usual_handling_s = 300;
constexpr int rows_around = 4;

struct Question {
    LocalDay day{};
    int weeks = 4;
    Promise promise;
    std::optional<double> handling_s;
    double more_percent = 0;
};

Promise read_promise(QueryFields& query) {
    Promise promise;
    if (const auto share = query.integer("target_percent", {.min = 1, .max = 99})) {
        promise.share = static_cast<double>(*share) / 100;
    }
    if (const auto within = query.integer("within_seconds", {.min = 0, .max = 600})) {
        promise.within_s = static_cast<double>(*within);
    }
    return promise;
}

Result<Question> read_question(const Request& request, ticketing::Instant now) {
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    Question question;
    question.day = sla::local_day(now);
    if (const auto day = query.text("day", 10); day && !day->empty()) {
        const auto read = calendar::date_of(*day);
        if (!read) errors.push_back({"day", ErrorCode::invalid_format, {}});
        question.day = read.value_or(question.day);
    }
    question.weeks = static_cast<int>(query.integer("weeks", {.min = 1, .max = 12}).value_or(4));
    question.promise = read_promise(query);
    if (const auto given = query.integer("handling_seconds", {.min = 1, .max = 7200})) {
        question.handling_s = static_cast<double>(*given);
    }
    question.more_percent =
        static_cast<double>(query.integer("more_percent", {.min = -90, .max = 900}).value_or(0));
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return question;
}

// What the days before tell, and the day itself so far.
struct Basis {
    std::vector<LocalDay> days;
    std::map<int, double> calls;  // by half hour, of all days together
    sla::CallTally all;
    std::int64_t wrap_ups = 0;
    std::chrono::milliseconds wrapped_up{};
    std::map<int, sla::CallTally> today;
};

Result<std::map<int, sla::CallTally>> tallies_of(Connection& db, LocalDay day) {
    const auto found = mysql::read_call_tallies(db, day, day);
    if (!found) return std::unexpected(found.error());
    std::map<int, sla::CallTally> by_slot;
    for (const auto& [key, tally] : *found) by_slot[key.first].add(tally);
    return by_slot;
}

Result<Basis> look_back(Connection& db, const Question& question) {
    Basis basis;
    for (int week = 1; week <= question.weeks; ++week) {
        const LocalDay day = question.day - std::chrono::days{7 * week};
        const auto tallies = tallies_of(db, day);
        if (!tallies) return std::unexpected(tallies.error());
        if (tallies->empty()) continue;  // T14: the line was not there yet, or shut
        basis.days.push_back(day);
        for (const auto& [slot, tally] : *tallies) {
            basis.calls[slot] += static_cast<double>(tally.asked());
            basis.all.add(tally);
        }
        const auto from = sla::at_local(day, {});
        const auto times = mysql::read_agent_times(db, from, from + std::chrono::days{1});
        if (!times) return std::unexpected(times.error());
        for (const mysql::AgentTime& time : *times) {
            if (time.state != static_cast<int>(telephony::AgentState::wrap_up)) continue;
            basis.wrap_ups += time.times;
            basis.wrapped_up += time.together;
        }
    }
    auto today = tallies_of(db, question.day);
    if (!today) return std::unexpected(today.error());
    basis.today = std::move(*today);
    return basis;
}

// T11; none while no call was ever talked through.
std::optional<double> measured_handling_s(const Basis& basis) {
    const auto talk = sla::mean_talk(basis.all);
    if (!talk) return std::nullopt;
    double seconds = static_cast<double>(talk->count()) / 1000;
    if (basis.wrap_ups > 0) {
        seconds += static_cast<double>(basis.wrapped_up.count()) / 1000 /
                   static_cast<double>(basis.wrap_ups);
    }
    return seconds;
}

std::string one_decimal(double value) {
    return fmt::format("{:.1f}", value);
}

JsonObject service_json(const Load& load, int agents, double within_s) {
    JsonObject out;
    out.number("agents", agents);
    const auto service = telephony::service_of(load, agents, within_s);
    if (!service) return out;  // T12: no answer
    out.raw("in_time_percent", percent_text(service->in_time));
    out.raw("waits_percent", percent_text(service->waits));
    out.raw("mean_wait_seconds", one_decimal(service->mean_wait_s));
    out.raw("waiting", one_decimal(service->waiting));
    return out.raw("occupancy_percent", percent_text(service->occupancy));
}

std::string plan_json(const Question& question, const Basis& basis) {
    const auto measured = measured_handling_s(basis);
    const double handling = question.handling_s.value_or(measured.value_or(usual_handling_s));
    const double days = std::max<double>(1, static_cast<double>(basis.days.size()));
    std::string slots;
    for (int slot = 0; slot < 48; ++slot) {
        const auto past = basis.calls.find(slot);
        const auto came = basis.today.find(slot);
        if (past == basis.calls.end() && came == basis.today.end()) continue;
        const double expected = past == basis.calls.end() ? 0 : past->second / days;
        const Load load{expected * (1 + question.more_percent / 100), half_hour_seconds, handling};
        const auto agents = telephony::agents_for(load, question.promise);
        JsonObject line = agents && *agents > 0
                              ? service_json(load, *agents, question.promise.within_s)
                              : JsonObject();
        if (agents && *agents == 0) line.number("agents", 0);
        line.text("begins", fmt::format("{:02}:{:02}", slot / 2, slot % 2 * 30));
        line.raw("expected", one_decimal(load.calls));
        if (came != basis.today.end()) line.raw("came", call_tally_json(came->second).str());
        slots += (slots.empty() ? "" : ",") + line.str();
    }
    JsonObject out;
    out.text("day", sla::date_text(question.day));
    out.raw("basis", ticketing::json_array(basis.days, [](LocalDay day) {
                return "\"" + sla::date_text(day) + "\"";
            }));
    out.raw("handling_seconds", one_decimal(handling));
    if (measured) out.raw("measured_handling_seconds", one_decimal(*measured));
    out.raw("target_percent", percent_text(question.promise.share));
    out.number("within_seconds", static_cast<std::int64_t>(question.promise.within_s));
    return out.raw("half_hours", "[" + slots + "]").str();
}

}  // namespace

StaffingApi::StaffingApi(auth::Guard& guard, mysql::Pool& pool, auth::Clock clock)
    : guard_(guard), pool_(pool), clock_(std::move(clock)) {}

asio::awaitable<Result<void>> StaffingApi::admit(const Request& request) {
    const auto actor = co_await who_leads_shift(guard_, request);
    if (!actor) co_return std::unexpected(actor.error());
    co_return Result<void>{};
}

asio::awaitable<Response> StaffingApi::plan(Request request) {
    const auto admitted = co_await admit(request);
    if (!admitted) co_return http::problem(request, admitted.error());
    const auto question = read_question(request, clock_());
    if (!question) co_return http::problem(request, question.error());
    const auto basis =
        co_await pool_.read([&](Connection& db) { return look_back(db, *question); });
    if (!basis) co_return http::problem(request, basis.error());
    co_return http::json(plan_json(*question, *basis));
}

asio::awaitable<Response> StaffingApi::agents(Request request) {
    const auto admitted = co_await admit(request);
    if (!admitted) co_return http::problem(request, admitted.error());
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    const auto number = [&](const char* name, std::int64_t otherwise, Range range) {
        return static_cast<double>(query.integer(name, range).value_or(otherwise));
    };
    const Load load{
        number("calls", 0, {.min = 0, .max = 100'000}),
        60 * number("minutes", 30, {.min = 1, .max = 1440}),
        number("handling_seconds", 300, {.min = 1, .max = 7200})
    };
    const Promise promise = read_promise(query);
    if (auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    const auto needed = telephony::agents_for(load, promise);
    JsonObject out;
    out.raw("erlangs", fmt::format("{:.3f}", load.erlangs()));
    std::string options;
    if (needed) {
        out.number("agents", *needed);
        for (int n = std::max(1, *needed - rows_around); n <= *needed + rows_around; ++n) {
            options += (options.empty() ? "" : ",") + service_json(load, n, promise.within_s).str();
        }
    }
    co_return http::json(out.raw("options", "[" + options + "]").str());
}

void StaffingApi::add_routes(std::vector<http::Route>& routes) {
    routes.push_back({http::Method::get, "/api/v1/staffing/plan", [this](Request r) {
                          return plan(std::move(r));
                      }});
    routes.push_back({http::Method::get, "/api/v1/staffing/agents", [this](Request r) {
                          return agents(std::move(r));
                      }});
}

}  // namespace hotline::api
