#include "server/api/cti.hpp"

#include "server/api/dto.hpp"
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
constexpr int most_attempts = 4;

struct Refused {
    std::size_t index = 0;
    ErrorCode code{};
    std::string field;
};

Refused refused(std::size_t index, const Error& error) {
    if (error.fields.empty()) return {index, error.code, {}};
    return {index, error.fields.front().code, error.fields.front().field};
}

Result<std::string> source_of(const Request& request) {
    const std::string source{request.header("x-cti-source").value_or("")};
    const auto is_plain = [](char c) { return c > ' ' && c <= '~'; };
    if (source.empty()) return fail_field("X-Cti-Source", ErrorCode::missing_field);
    if (source.size() > 40) return fail_field("X-Cti-Source", ErrorCode::too_long, "40");
    if (!std::ranges::all_of(source, is_plain)) {
        return fail_field("X-Cti-Source", ErrorCode::invalid_format);
    }
    return source;
}

// DATETIME ends with the year 9999; nothing plausible lies far from now anyway.
bool is_plausible(ticketing::Instant at) {
    using namespace std::chrono;
    return at > sys_days{year{2000} / 1 / 1} && at < sys_days{year{2200} / 1 / 1};
}

}  // namespace

// One request on its way.
struct CtiApi::Taken {
    std::string source;
    std::vector<CtiEvent> events;
    std::vector<std::size_t> places;  // of the events in the request
    std::vector<Refused> refusals;
    std::size_t accepted = 0;
    std::size_t duplicates = 0;

    void read(const json::array& array);
    void count(const std::vector<CtiOutcome>& outcomes);
    std::string answer() const;
};

void CtiApi::Taken::read(const json::array& array) {
    for (std::size_t i = 0; i < array.size(); ++i) {
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
    std::ranges::sort(refusals, {}, &Refused::index);
}

std::string CtiApi::Taken::answer() const {
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
    if (errors.empty() && !is_plausible(event.occurred_at)) {
        fields.note("occurred_at", ErrorCode::invalid_format);
    }
    if (const auto faults = refusal(std::move(errors))) return std::unexpected(*faults);
    return event;
}

CtiApi::CtiApi(auth::Guard& guard, mysql::Pool& pool, auth::Clock clock, OnCalls on_calls)
    : guard_(guard), pool_(pool), clock_(std::move(clock)), on_calls_(std::move(on_calls)) {}

// Two lines of one platform may bring the same event at once; the second then finds it there.
asio::awaitable<Result<void>> CtiApi::record(Taken& taken) {
    for (int attempt = 1;; ++attempt) {
        auto job = [&taken, now = clock_()](mysql::Connection& db) {
            return actions::record_cti_events(db, taken.source, taken.events, now);
        };
        const auto done = co_await pool_.transact(std::move(job));
        if (done) {
            taken.count(done->outcomes);
            if (!done->calls.empty()) on_calls_(*done);
            co_return Result<void>{};
        }
        const bool again = done.error().code == ErrorCode::conflict && attempt < most_attempts;
        if (again) continue;
        // Nothing is known to be kept; sending the same again is harmless.
        if (done.error().code == ErrorCode::conflict) co_return fail(ErrorCode::store_unavailable);
        co_return std::unexpected(done.error());
    }
}

asio::awaitable<Response> CtiApi::take(Request request) {
    const auto platform = co_await guard_.machine(request, "cti");
    if (!platform) co_return http::problem(request, platform.error());
    Taken taken;
    auto source = source_of(request);
    if (!source) co_return http::problem(request, source.error());
    taken.source = std::move(*source);
    const auto array = parse_array(request);
    if (!array) co_return http::problem(request, array.error());
    if (array->size() > most_events) {
        const auto error = fail_field("events", ErrorCode::too_long, std::to_string(most_events));
        co_return http::problem(request, error.error());
    }
    taken.read(*array);
    if (!taken.events.empty()) {
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
