#include "server/api/phone/link.hpp"

#include "integrations/mysql/link_store.hpp"
#include "server/api/cti.hpp"
#include "server/api/dto.hpp"
#include "ticketing/json_text.hpp"

namespace hotline::api {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using http::Request;
using http::Response;
using mysql::Connection;

constexpr std::size_t snapshot_body = 1024 * 1024;
constexpr std::size_t most_told = 1000;  // of calls, and of agents
constexpr int snapshot_attempts = 4;

// `list` of the object read entry by entry; a fault is told with the entry's place.
template <class Read>
auto read_list(const json::object& object, const std::string& list, Read&& read)
    -> Result<std::vector<typename decltype(read(json::value{}))::value_type>> {
    std::vector<typename decltype(read(json::value{}))::value_type> entries;
    const json::value* found = object.if_contains(list);
    if (found == nullptr) return fail_field(list, ErrorCode::missing_field);
    if (!found->is_array()) return fail_field(list, ErrorCode::wrong_type);
    const json::array& array = found->get_array();
    if (array.size() > most_told) {
        return fail_field(list, ErrorCode::too_long, std::to_string(most_told));
    }
    for (std::size_t i = 0; i < array.size(); ++i) {
        auto entry = read(array[i]);
        if (entry) {
            entries.push_back(std::move(*entry));
            continue;
        }
        Error error = std::move(entry.error());
        const std::string place = list + "[" + std::to_string(i) + "]";
        if (error.fields.empty()) return fail_field(place, error.code);
        for (FieldError& field : error.fields) field.field = place + "." + field.field;
        return std::unexpected(std::move(error));
    }
    return entries;
}

Result<actions::Snapshot> read_snapshot(const Request& request) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    actions::Snapshot snapshot;
    snapshot.taken_at = fields.required_instant("taken_at");
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    auto calls = read_list(*object, "calls", read_cti_event);
    if (!calls) return std::unexpected(calls.error());
    auto agents = read_list(*object, "agents", read_agent_told);
    if (!agents) return std::unexpected(agents.error());
    snapshot.calls = std::move(*calls);
    snapshot.agents = std::move(*agents);
    return snapshot;
}

}  // namespace

CtiLinkApi::CtiLinkApi(CtiDoor& door, mysql::Pool& pool, auth::Clock clock, OnCalls on_calls)
    : door_(door), pool_(pool), clock_(std::move(clock)), on_calls_(std::move(on_calls)) {}

asio::awaitable<Response> CtiLinkApi::beat(Request request) {
    const auto source = co_await door_.admit(request);
    if (!source) co_return http::problem(request, source.error());
    const auto now = clock_();
    const auto done =
        co_await pool_.transact([&](Connection& db) { return mysql::beat_link(db, *source, now); });
    if (!done) co_return http::problem(request, done.error());
    co_return http::no_content();
}

asio::awaitable<Response> CtiLinkApi::snapshot(Request request) {
    const auto source = co_await door_.admit(request);
    if (!source) co_return http::problem(request, source.error());
    const auto told = read_snapshot(request);
    if (!told) co_return http::problem(request, told.error());
    for (int attempt = 1;; ++attempt) {
        const auto now = clock_();
        auto job = [&](Connection& db) -> Result<actions::SnapshotTaken> {
            auto taken = actions::take_snapshot(db, *source, *told, now);
            if (!taken) return taken;
            if (auto heard = mysql::hear_link(db, *source, now); !heard) {
                return std::unexpected(heard.error());
            }
            return taken;
        };
        auto taken = co_await pool_.transact(std::move(job));
        if (taken) {
            auto& record = taken->record;
            const auto& moved = taken->agents.moved;
            record.agents.insert(record.agents.end(), moved.begin(), moved.end());
            on_calls_(record);
            ticketing::JsonObject out;
            out.number("calls", static_cast<std::int64_t>(told->calls.size()));
            out.number("lost", static_cast<std::int64_t>(taken->lost));
            out.number("agents", static_cast<std::int64_t>(told->agents.size()));
            co_return http::json(out.str());
        }
        // Somebody else brought one of the events at the same time.
        const bool met = taken.error().code == ErrorCode::conflict;
        if (!met) co_return http::problem(request, taken.error());
        if (attempt == snapshot_attempts) {
            co_return http::problem(request, Error{ErrorCode::store_unavailable, {}, {}});
        }
    }
}

void CtiLinkApi::add_routes(std::vector<http::Route>& routes) {
    routes.push_back({http::Method::post, "/api/v1/cti/heartbeat", [this](Request r) {
                          return beat(std::move(r));
                      }});
    routes.push_back(
        {http::Method::post,
         "/api/v1/cti/snapshot",
         [this](Request r) { return snapshot(std::move(r)); },
         snapshot_body}
    );
}

}  // namespace hotline::api
