#include "server/api/phone/link.hpp"

#include "integrations/mysql/link_store.hpp"
#include "server/api/cti.hpp"
#include "server/api/dto.hpp"
#include "server/api/phone/told_again.hpp"
#include "server/api/phone/told_entries.hpp"
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

Result<actions::Snapshot> read_snapshot(const Request& request) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    actions::Snapshot snapshot;
    snapshot.taken_at = fields.required_instant("taken_at");
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    auto calls = read_entries(*object, "calls", most_told, read_cti_event);
    if (!calls) return std::unexpected(calls.error());
    auto agents = read_entries(*object, "agents", most_told, read_agent_told);
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
    auto job = [&, now = clock_()](Connection& db) -> Result<actions::SnapshotTaken> {
        auto taken = actions::take_snapshot(db, *source, *told, now);
        if (!taken) return taken;
        if (auto heard = mysql::hear_link(db, *source, now); !heard) {
            return std::unexpected(heard.error());
        }
        return taken;
    };
    auto taken = co_await transact_again(pool_, std::move(job));
    if (!taken) co_return http::problem(request, taken.error());
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
