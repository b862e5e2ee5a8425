#include "server/api/handovers.hpp"

#include "integrations/mysql/outbox_store.hpp"
#include "server/actions/handover_deed.hpp"
#include "server/api/dto.hpp"
#include "server/api/guard_texts.hpp"
#include "server/api/partner_json.hpp"
#include "server/api/ticket_look.hpp"
#include "ticketing/json_text.hpp"

#include <unordered_map>

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::Connection;
using mysql::Handover;
using ticketing::Ticket;
using ticketing::Verb;

namespace {

constexpr std::size_t handover_body = 4096;
constexpr std::size_t most_read = 1000;

struct OneHandover {
    Handover handover;
    Ticket ticket;
};
using Handovers = std::vector<OneHandover>;

Result<Handovers> handovers_in(Connection& db, const ticketing::Scope& scope, bool all) {
    auto rows = mysql::list_handovers(db, all, most_read);
    if (!rows) return std::unexpected(rows.error());
    std::vector<ticketing::TicketId> ids;
    for (const Handover& one : *rows) ids.push_back(one.ticket);
    if (ids.empty()) return Handovers();
    auto lines = mysql::changed_tickets(db, ids);
    if (!lines) return std::unexpected(lines.error());
    std::unordered_map<std::uint64_t, Ticket> tickets;
    for (auto& line : *lines) tickets.emplace(line.ticket.id.value, std::move(line.ticket));
    Handovers found;
    for (Handover& one : *rows) {
        const auto ticket = tickets.find(one.ticket.value);
        if (ticket == tickets.end() || !may_see(scope, scope_keys(ticket->second))) continue;
        found.push_back({std::move(one), ticket->second});
    }
    return found;
}

Result<actions::HandoverCommand> read_command(
    const Request& request, const ticketing::Actor& actor
) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    actions::HandoverCommand command;
    command.actor = actor;
    command.deed =
        fields.required_name<actions::HandoverDeed>("deed", actions::HandoverDeed::again);
    const bool adopts = command.deed == actions::HandoverDeed::adopt;
    const bool settles = command.deed == actions::HandoverDeed::settle;
    if (adopts) {
        command.request_id = fields.required_text("service_request_id", {.min = 1, .max = 200});
    }
    if (settles) command.reason = fields.required_text("reason", {.min = 2, .max = 300});
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return command;
}

}  // namespace

HandoversApi::HandoversApi(
    auth::Guard& guard, mysql::Pool& pool, const CitySource& city, auth::Clock clock
)
    : guard_(guard), pool_(pool), city_(city), clock_(std::move(clock)) {}

asio::awaitable<Response> HandoversApi::list(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::ticket_list);
    if (!actor) co_return http::problem(request, actor.error());
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    const std::string state = query.text("state", 20).value_or("");
    if (!state.empty() && state != "waiting" && state != "all") {
        errors.push_back({"state", ErrorCode::not_in_list, "waiting, all"});
    }
    if (const auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    const CityPtr city = city_.current();
    const auto scope = scope_of(*actor, city->directory);
    auto job = [&](Connection& db) { return handovers_in(db, scope, state == "all"); };
    const auto found = co_await pool_.read(std::move(job));
    if (!found) co_return http::problem(request, found.error());
    ticketing::JsonObject out;
    out.raw("items", ticketing::json_array(*found, [&](const OneHandover& one) {
                return handover_json(one.handover, one.ticket, city->directory);
            }));
    co_return http::json(out.str());
}

asio::awaitable<Response> HandoversApi::show(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::ticket_list);
    if (!actor) co_return http::problem(request, actor.error());
    const TicketLook look = look_of(request, *actor, city_.current(), clock_());
    auto job = [&look](Connection& db) -> Result<OneHandover> {
        auto ticket = find(db, look);
        if (!ticket) return std::unexpected(ticket.error());
        auto handover = mysql::find_handover(db, ticket->id);
        if (!handover) return std::unexpected(handover.error());
        if (!*handover) return fail(ErrorCode::not_found);
        return OneHandover{std::move(**handover), std::move(*ticket)};
    };
    const auto found = co_await look_up<OneHandover>(pool_, look.audit.has_value(), job);
    if (!found) co_return http::problem(request, found.error());
    co_return http::json(handover_json(found->handover, found->ticket, look.city->directory));
}

asio::awaitable<Response> HandoversApi::act(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::ticket_act);
    if (!actor) co_return http::problem(request, actor.error());
    const auto command = read_command(request, *actor);
    if (!command) co_return http::problem(request, command.error());
    const TicketLook look = look_of(request, *actor, city_.current(), clock_());
    auto job = [&](Connection& db) -> Result<OneHandover> {
        auto ticket = find(db, look);
        if (!ticket) return std::unexpected(ticket.error());
        auto done = actions::do_handover_deed(db, *look.city, *ticket, *command, look.now);
        if (!done) return std::unexpected(done.error());
        return OneHandover{std::move(*done), std::move(*ticket)};
    };
    const auto done = co_await pool_.transact(std::move(job));
    if (!done) co_return act_problem(request, done.error());
    co_return http::json(handover_json(done->handover, done->ticket, look.city->directory));
}

void HandoversApi::add_routes(std::vector<http::Route>& routes) {
    using enum http::Method;
    using Member = asio::awaitable<Response> (HandoversApi::*)(Request);
    const auto bind = [this](Member member) {
        return [this, member](Request r) { return (this->*member)(std::move(r)); };
    };
    constexpr std::string_view of_ticket = "/api/v1/tickets/{ticket_no}/handover";
    routes.push_back({get, "/api/v1/handovers", bind(&HandoversApi::list)});
    routes.push_back({get, of_ticket, bind(&HandoversApi::show)});
    routes.push_back({post, of_ticket, bind(&HandoversApi::act), handover_body});
}

}  // namespace hotline::api
