#include "server/api/cti.hpp"

#include "integrations/mysql/link_store.hpp"
#include "server/api/dto.hpp"
#include "server/api/phone/told_again.hpp"
#include "ticketing/json_text.hpp"

#include <algorithm>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using actions::CtiOutcome;
using http::Request;
using http::Response;
using telephony::CtiEvent;

constexpr std::size_t most_events = 100;
constexpr std::size_t cti_body = 256 * 1024;

struct Refused {
    std::size_t index = 0;
    ErrorCode code{};
    std::string field;
};

Refused refused(std::size_t index, const Error& error) {
    if (error.fields.empty()) return {index, error.code, {}};
    return {index, error.fields.front().code, error.fields.front().field};
}

bool tells_of_agent(const json::value& value) {
    const json::value* type = value.is_object() ? value.get_object().if_contains("type") : nullptr;
    return type != nullptr && type->is_string() && type->get_string() == "agent.state";
}

}  // namespace

// One request on its way.
struct CtiApi::Taken {
    std::string source;
    std::vector<CtiEvent> events;
    std::vector<std::size_t> places;  // of the events in the request
    std::vector<actions::AgentTold> agents;
    std::vector<std::size_t> agent_places;
    std::vector<Refused> refusals;
    std::size_t accepted = 0;
    std::size_t duplicates = 0;

    void read(const json::array& array);
    bool empty() const { return events.empty() && agents.empty(); }
    void count(const std::vector<CtiOutcome>& outcomes);
    void count_agents(const std::vector<actions::AgentToldOutcome>& outcomes);
    std::string answer();
};

void CtiApi::Taken::read(const json::array& array) {
    for (std::size_t i = 0; i < array.size(); ++i) {
        if (tells_of_agent(array[i])) {
            auto told = read_agent_told(array[i]);
            if (!told) {
                refusals.push_back(refused(i, told.error()));
                continue;
            }
            agents.push_back(std::move(*told));
            agent_places.push_back(i);
            continue;
        }
        auto event = read_cti_event(array[i]);
        if (!event) {
            refusals.push_back(refused(i, event.error()));
            continue;
        }
        events.push_back(std::move(*event));
        places.push_back(i);
    }
}

void CtiApi::Taken::count(const std::vector<CtiOutcome>& outcomes) {
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes[i] == CtiOutcome::accepted) ++accepted;
        if (outcomes[i] == CtiOutcome::duplicate) ++duplicates;
        if (outcomes[i] == CtiOutcome::call_full) {
            refusals.push_back({places[i], ErrorCode::too_long, "call_id"});
        }
    }
}

void CtiApi::Taken::count_agents(const std::vector<actions::AgentToldOutcome>& outcomes) {
    using Outcome = actions::AgentToldOutcome;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes[i] == Outcome::accepted) ++accepted;
        if (outcomes[i] == Outcome::known) ++duplicates;
        if (outcomes[i] == Outcome::nobody) {
            refusals.push_back({agent_places[i], ErrorCode::unknown_reference, "agent"});
        }
    }
}

std::string CtiApi::Taken::answer() {
    std::ranges::sort(refusals, {}, &Refused::index);
    std::string list;
    for (const Refused& one : refusals) {
        ticketing::JsonObject entry;
        entry.number("index", static_cast<std::int64_t>(one.index)).text("code", name(one.code));
        if (!one.field.empty()) entry.text("field", one.field);
        if (!list.empty()) list += ',';
        list += entry.str();
    }
    ticketing::JsonObject out;
    out.number("accepted", static_cast<std::int64_t>(accepted));
    out.number("duplicates", static_cast<std::int64_t>(duplicates));
    return out.raw("rejected", "[" + list + "]").str();
}

bool is_plausible(ticketing::Instant at) {
    using namespace std::chrono;
    return at > sys_days{year{2000} / 1 / 1} && at < sys_days{year{2200} / 1 / 1};
}

Result<CtiEvent> read_cti_event(const json::value& value) {
    if (!value.is_object()) return fail(ErrorCode::wrong_type);
    std::vector<FieldError> errors;
    Fields fields(value.get_object(), errors);
    CtiEvent event;
    event.event_id = fields.required_text("event_id", {.max = 80});
    event.call_id = fields.required_text("call_id", {.max = 80});
    event.kind = fields.required_name("type", telephony::CtiKind::offered);
    event.occurred_at = fields.required_instant("occurred_at");
    event.seq = fields.integer("seq");
    event.direction = fields.name<telephony::Direction>("direction");
    event.ani = fields.text("ani", {.max = 20}).value_or("");
    event.dnis = fields.text("dnis", {.max = 20}).value_or("");
    event.queue = fields.text("queue", {.max = 40}).value_or("");
    event.agent = fields.text("agent", {.max = 20}).value_or("");
    event.recording = fields.text("recording", {.max = 300}).value_or("");
    if (const auto score = fields.integer("score", {.min = 1, .max = telephony::best_score})) {
        event.score = static_cast<int>(*score);
    }
    const bool scores = event.kind == telephony::CtiKind::survey_scored;
    if (errors.empty() && scores && !event.score) fields.note("score", ErrorCode::missing_field);
    if (errors.empty() && !is_plausible(event.occurred_at)) {
        fields.note("occurred_at", ErrorCode::invalid_format);
    }
    if (const auto faults = refusal(std::move(errors))) return std::unexpected(*faults);
    return event;
}

Result<actions::AgentTold> read_agent_told(const json::value& value) {
    if (!value.is_object()) return fail(ErrorCode::wrong_type);
    std::vector<FieldError> errors;
    Fields fields(value.get_object(), errors);
    actions::AgentTold told;
    fields.required_text("event_id", {.max = 80});
    told.at = fields.required_instant("occurred_at");
    told.extension = fields.required_text("agent", {.max = 20});
    told.place.state = fields.required_name("state", telephony::AgentState::offline);
    told.place.reason =
        fields.name<telephony::AgentReason>("reason").value_or(telephony::AgentReason::none);
    if (errors.empty() && !is_plausible(told.at)) {
        fields.note("occurred_at", ErrorCode::invalid_format);
    }
    if (told.place.state != telephony::AgentState::not_ready) told.place.reason = {};
    if (const auto faults = refusal(std::move(errors))) return std::unexpected(*faults);
    return told;
}

CtiApi::CtiApi(CtiDoor& door, mysql::Pool& pool, auth::Clock clock, OnCalls on_calls)
    : door_(door), pool_(pool), clock_(std::move(clock)), on_calls_(std::move(on_calls)) {}

asio::awaitable<Result<void>> CtiApi::record(Taken& taken) {
    using Done = std::pair<actions::CtiRecord, actions::AgentsTold>;
    auto job = [&taken, now = clock_()](mysql::Connection& db) -> Result<Done> {
        auto calls = actions::record_cti_events(db, taken.source, taken.events, now);
        if (!calls) return std::unexpected(calls.error());
        auto agents = actions::believe_platform(db, taken.agents, now);
        if (!agents) return std::unexpected(agents.error());
        if (auto heard = mysql::hear_link(db, taken.source, now); !heard) {
            return std::unexpected(heard.error());
        }
        return Done{std::move(*calls), std::move(*agents)};
    };
    auto done = co_await transact_again(pool_, std::move(job));
    if (!done) co_return std::unexpected(done.error());
    auto& [calls, agents] = *done;
    taken.count(calls.outcomes);
    taken.count_agents(agents.outcomes);
    calls.agents.insert(calls.agents.end(), agents.moved.begin(), agents.moved.end());
    on_calls_(calls);
    co_return Result<void>{};
}

asio::awaitable<Response> CtiApi::take(Request request) {
    auto source = co_await door_.admit(request);
    if (!source) co_return http::problem(request, source.error());
    Taken taken;
    taken.source = std::move(*source);
    const auto array = parse_array(request);
    if (!array) co_return http::problem(request, array.error());
    if (array->size() > most_events) {
        const auto error = fail_field("events", ErrorCode::too_long, std::to_string(most_events));
        co_return http::problem(request, error.error());
    }
    taken.read(*array);
    if (!taken.empty()) {
        const auto kept = co_await record(taken);
        if (!kept) co_return http::problem(request, kept.error());
    }
    co_return http::json(taken.answer(), 202);
}

void CtiApi::add_routes(std::vector<http::Route>& routes) {
    auto handler = [this](Request r) { return take(std::move(r)); };
    routes.push_back({http::Method::post, "/api/v1/cti/events", handler, cti_body});
}

}  // namespace hotline::api
