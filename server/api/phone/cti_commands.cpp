#include "server/api/phone/cti_commands.hpp"

#include "integrations/mysql/link_store.hpp"
#include "server/api/dto.hpp"
#include "server/api/phone/command_json.hpp"
#include "ticketing/json_text.hpp"

#include <algorithm>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::CallCommand;
using mysql::Connection;
using std::chrono::steady_clock;

constexpr std::int64_t longest_poll_s = 30;
// Asked at another server whose word did not come: found out so late at most.
constexpr auto fetched_every = std::chrono::seconds(1);
// That a platform is there is written so often while it waits; it counts as there for 30 s.
constexpr auto noted_every = std::chrono::seconds(10);

struct Poll {
    std::chrono::seconds wait{};
    std::string actions;
};

Result<Poll> read_poll(const Request& request) {
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    Poll poll;
    poll.wait =
        std::chrono::seconds(query.integer("wait", {.min = 0, .max = longest_poll_s}).value_or(0));
    const auto can = query.text("can", 200);
    if (!can || can->empty()) errors.push_back({"can", ErrorCode::missing_field, {}});
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    poll.actions = telephony::actions_text(telephony::actions_of(*can));
    if (poll.actions.empty()) return fail_field("can", ErrorCode::not_in_list);
    return poll;
}

Result<actions::CommandOutcome> read_outcome(const Request& request) {
    const auto id = path_id(request, "command_id");
    if (!id) return std::unexpected(id.error());
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    actions::CommandOutcome outcome;
    outcome.id = *id;
    const auto state = fields.required_name("state", telephony::CommandEnd::done);
    const auto reason = fields.name<telephony::CommandFault>("reason");
    outcome.call_id = fields.text("call_id", {.max = 80}).value_or("");
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    if (state == telephony::CommandEnd::failed) {
        outcome.fault = reason.value_or(telephony::CommandFault::refused);
    }
    return outcome;
}

}  // namespace

CtiCommandsApi::CtiCommandsApi(
    CtiDoor& door, mysql::Pool& pool, Bell& bell, auth::Clock clock, OnEnded on_ended
)
    : door_(door),
      pool_(pool),
      bell_(bell),
      clock_(std::move(clock)),
      on_ended_(std::move(on_ended)) {}

asio::awaitable<Response> CtiCommandsApi::fetch(Request request) {
    const auto source = co_await door_.admit(request);
    if (!source) co_return http::problem(request, source.error());
    const auto poll = read_poll(request);
    if (!poll) co_return http::problem(request, poll.error());
    const auto until = steady_clock::now() + poll->wait;
    std::optional<steady_clock::time_point> noted;
    for (;;) {
        const auto now = clock_();
        const bool to_note = !noted || steady_clock::now() - *noted >= noted_every;
        auto job = [&](Connection& db) -> Result<std::vector<CallCommand>> {
            if (to_note) {
                auto heard = mysql::hear_link(db, *source, now);
                if (heard) heard = mysql::hear_commander(db, {*source, poll->actions, now});
                if (!heard) return std::unexpected(heard.error());
            }
            return actions::hand_out_commands(db, *source, now);
        };
        const auto commands = co_await pool_.transact(std::move(job));
        if (!commands) co_return http::problem(request, commands.error());
        if (to_note) noted = steady_clock::now();
        const auto left = until - steady_clock::now();
        if (commands->empty() && left > steady_clock::duration::zero()) {
            co_await bell_.wait(std::min<steady_clock::duration>(left, fetched_every));
            continue;
        }
        ticketing::JsonObject out;
        out.raw("items", ticketing::json_array(*commands, cti_command_json));
        co_return http::json(out.str());
    }
}

asio::awaitable<Response> CtiCommandsApi::outcome(Request request) {
    const auto source = co_await door_.admit(request);
    if (!source) co_return http::problem(request, source.error());
    const auto told = read_outcome(request);
    if (!told) co_return http::problem(request, told.error());
    using Ended = std::pair<bool, std::optional<CallCommand>>;
    auto job = [&](Connection& db) -> Result<Ended> {
        const auto known = mysql::read_command(db, told->id);
        if (!known) return std::unexpected(known.error());
        auto ended = actions::end_command(db, *source, *told, clock_());
        if (!ended) return std::unexpected(ended.error());
        return Ended{*known && (*known)->source == *source, std::move(*ended)};
    };
    const auto ended = co_await pool_.transact(std::move(job));
    if (!ended) co_return http::problem(request, ended.error());
    if (!ended->first) co_return http::problem(request, Error{ErrorCode::not_found, {}, {}});
    if (ended->second) on_ended_({*ended->second});
    co_return http::no_content();
}

void CtiCommandsApi::add_routes(std::vector<http::Route>& routes) {
    routes.push_back({http::Method::get, "/api/v1/cti/commands", [this](Request r) {
                          return fetch(std::move(r));
                      }});
    routes.push_back(
        {http::Method::post,
         "/api/v1/cti/commands/{command_id}/outcome",
         [this](Request r) { return outcome(std::move(r)); }}
    );
}

}  // namespace hotline::api
