#include "server/api/phone/agents.hpp"

#include "server/api/dto.hpp"
#include "server/api/phone/agent_json.hpp"
#include "ticketing/json_text.hpp"

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::AgentRow;
using mysql::Connection;

constexpr std::size_t agent_body = 4 * 1024;
constexpr std::size_t moves_listed = 500;

Result<AgentRow> standing_of_account(Connection& db, ticketing::UserId account) {
    auto found = mysql::read_agents(db, {&account, 1});
    if (!found) return std::unexpected(found.error());
    if (found->empty()) return fail(ErrorCode::not_found);
    return std::move(found->front());
}

Result<telephony::AgentPlace> read_place(const Request& request) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    telephony::AgentPlace place;
    place.state = fields.required_name("state", telephony::AgentState::offline);
    place.reason =
        fields.name<telephony::AgentReason>("reason").value_or(telephony::AgentReason::none);
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return place;
}

}  // namespace

// One request on its way: who asks, about whom.
struct AgentsApi::Asked {
    actions::ChooseCommand command;
    ticketing::Instant now;
};

AgentsApi::AgentsApi(auth::Guard& guard, mysql::Pool& pool, auth::Clock clock, OnMoved on_moved)
    : guard_(guard), pool_(pool), clock_(std::move(clock)), on_moved_(std::move(on_moved)) {}

asio::awaitable<Result<AgentsApi::Asked>> AgentsApi::admit(const Request& request) {
    const auto actor = co_await guard_.who_may(request, ticketing::Verb::call_read);
    if (!actor) co_return std::unexpected(actor.error());
    Asked asked{{.agent = actor->user, .actor = *actor}, clock_()};
    asked.command.english = request.wants_english();
    if (!request.params.contains("user_id")) co_return asked;
    if (actor->role == ticketing::Role::agent) co_return fail(ErrorCode::forbidden);
    const auto id = path_id(request, "user_id");
    if (!id) co_return std::unexpected(id.error());
    asked.command.agent = {*id};
    co_return asked;
}

asio::awaitable<Response> AgentsApi::show(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    const auto agent = co_await pool_.read([&](Connection& db) {
        return standing_of_account(db, asked->command.agent);
    });
    if (!agent) co_return http::problem(request, agent.error());
    co_return http::json(agent_json(*agent));
}

asio::awaitable<Response> AgentsApi::choose(Request request) {
    auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    const auto wanted = read_place(request);
    if (!wanted) co_return http::problem(request, wanted.error());
    asked->command.wanted = *wanted;
    const auto agent = co_await pool_.transact([&](Connection& db) {
        return actions::choose_state(db, asked->command, asked->now);
    });
    if (!agent) co_return http::problem(request, agent.error());
    on_moved_({agent->account});
    co_return http::json(agent_json(*agent));
}

asio::awaitable<Response> AgentsApi::lengthen(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    const auto agent = co_await pool_.transact([&](Connection& db) {
        return actions::lengthen_wrap_up(db, asked->command, asked->now);
    });
    if (!agent) co_return http::problem(request, agent.error());
    on_moved_({agent->account});
    co_return http::json(agent_json(*agent));
}

asio::awaitable<Response> AgentsApi::moves(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    const auto since = sla::at_local(sla::local_day(asked->now), {});
    using Found = std::pair<AgentRow, std::vector<mysql::AgentMoveRow>>;
    const auto found = co_await pool_.read([&](Connection& db) -> Result<Found> {
        auto agent = standing_of_account(db, asked->command.agent);
        if (!agent) return std::unexpected(agent.error());
        auto moves = mysql::list_agent_moves(db, agent->account, since, moves_listed);
        if (!moves) return std::unexpected(moves.error());
        return Found{std::move(*agent), std::move(*moves)};
    });
    if (!found) co_return http::problem(request, found.error());
    ticketing::JsonObject out;
    out.raw("agent", agent_json(found->first));
    out.raw("items", ticketing::json_array(found->second, agent_move_json));
    co_return http::json(out.str());
}

void AgentsApi::add_routes(std::vector<http::Route>& routes) {
    using Member = asio::awaitable<Response> (AgentsApi::*)(Request);
    const auto add = [&](http::Method method, const char* path, Member member) {
        routes.push_back(
            {method,
             path,
             [this, member](Request r) { return (this->*member)(std::move(r)); },
             agent_body}
        );
    };
    using enum http::Method;
    add(get, "/api/v1/agents/me", &AgentsApi::show);
    add(post, "/api/v1/agents/me/state", &AgentsApi::choose);
    add(post, "/api/v1/agents/me/wrap-up", &AgentsApi::lengthen);
    add(post, "/api/v1/agents/{user_id}/state", &AgentsApi::choose);
    add(get, "/api/v1/agents/{user_id}/moves", &AgentsApi::moves);
}

}  // namespace hotline::api
