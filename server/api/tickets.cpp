#include "server/api/tickets.hpp"

#include "integrations/mysql/ticket_store.hpp"
#include "server/actions/record_act.hpp"
#include "server/api/act_input.hpp"
#include "server/api/dto.hpp"
#include "server/api/event_json.hpp"
#include "server/api/guard_texts.hpp"
#include "server/api/reveal_wish.hpp"
#include "server/api/ticket_json.hpp"
#include "server/api/ticket_look.hpp"
#include "server/auth/audit.hpp"
#include "server/auth/query_guard.hpp"
#include "ticketing/json_text.hpp"

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using ticketing::Verb;

namespace {

constexpr std::size_t act_body = 64 * 1024;

struct Found {
    ticketing::Ticket ticket;
    mysql::TicketExtras extras;
    std::vector<ticketing::Event> events;
};

Response ticket_response(
    const ticketing::Ticket& ticket,
    const mysql::TicketExtras& extras,
    const TicketLook& look,
    bool english
) {
    auto response = http::json(ticket_json(ticket, extras, look.viewer(english)));
    response.set("etag", etag(ticket));
    return response;
}

// What may be asked for in clear.
constexpr std::string_view ticket_fields[] = {"appellant_phone", "appellant_name", "uscc"};

std::string in_clear(const ticketing::Ticket& ticket, const std::string& field) {
    if (field == "uscc") return ticket.uscc;
    return field == "appellant_name" ? ticket.appellant.name : ticket.appellant.phone;
}

}  // namespace

TicketsApi::TicketsApi(
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    DeskLoads& loads,
    redis::Limits& limits,
    auth::Clock clock
)
    : guard_(guard),
      pool_(pool),
      city_(city),
      loads_(loads),
      limits_(limits),
      clock_(std::move(clock)) {}

asio::awaitable<Response> TicketsApi::show(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::ticket_list);
    if (!actor) co_return http::problem(request, actor.error());
    const TicketLook look = look_of(request, *actor, city_.current(), clock_());
    const auto job = [&look](mysql::Connection& db) -> Result<Found> {
        auto ticket = find(db, look);
        if (!ticket) return std::unexpected(ticket.error());
        auto extras = mysql::read_extras(db, *ticket);
        if (!extras) return std::unexpected(extras.error());
        return Found{std::move(*ticket), std::move(*extras), {}};
    };
    const auto found = co_await look_up<Found>(pool_, look.audit.has_value(), job);
    if (!found) co_return http::problem(request, found.error());
    co_return ticket_response(found->ticket, found->extras, look, request.wants_english());
}

asio::awaitable<Response> TicketsApi::events(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::ticket_list);
    if (!actor) co_return http::problem(request, actor.error());
    const TicketLook look = look_of(request, *actor, city_.current(), clock_());
    const auto job = [&look](mysql::Connection& db) -> Result<Found> {
        auto ticket = find(db, look);
        if (!ticket) return std::unexpected(ticket.error());
        auto log = mysql::read_events(db, ticket->id);
        if (!log) return std::unexpected(log.error());
        return Found{std::move(*ticket), {}, std::move(*log)};
    };
    const auto found = co_await look_up<Found>(pool_, look.audit.has_value(), job);
    if (!found) co_return http::problem(request, found.error());
    co_return http::json(events_json(found->events, found->ticket, look.viewer(false)));
}

asio::awaitable<Response> TicketsApi::act(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::ticket_act);
    if (!actor) co_return http::problem(request, actor.error());
    const TicketLook look = look_of(request, *actor, city_.current(), clock_());
    auto command = read_act(request, *actor, *look.city);
    if (!command) co_return http::problem(request, command.error());
    command->ticket_no = look.number;
    mysql::TicketExtras extras;
    actions::AlsoRead also = [&](mysql::Connection& db,
                                 const actions::ActOutcome& outcome) -> Result<void> {
        auto read = mysql::read_extras(db, outcome.after);
        if (!read) return std::unexpected(read.error());
        extras = std::move(*read);
        if (look.audit) return auth::record(db, *look.audit);
        return {};
    };
    const auto done = co_await actions::record_act(
        pool_, city_, loads_, std::move(*command), look.now, std::move(also)
    );
    if (!done) co_return act_problem(request, done.error());
    co_return ticket_response(done->after, extras, look, request.wants_english());
}

asio::awaitable<Response> TicketsApi::reveal(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::ticket_reveal);
    if (!actor) co_return http::problem(request, actor.error());
    const auto wish = read_wish(request, ticket_fields);
    if (!wish) co_return http::problem(request, wish.error());
    const auto taken = co_await take_reveal(limits_, actor->user);
    if (!taken) co_return http::problem(request, taken.error());
    TicketLook look = look_of(request, *actor, city_.current(), clock_());
    look.audit = auth::audit_entry(
        auth::caller_of(request),
        *actor,
        "ticket.reveal",
        ticket_object(look.number),
        look.now,
        wish->detail()
    );
    const auto job = [&look](mysql::Connection& db) -> Result<Found> {
        auto ticket = find(db, look);
        if (!ticket) return std::unexpected(ticket.error());
        // Undoes the audit entry too: nothing was shown.
        if (!views_of(look.actor, *ticket, look.scope).may_reveal) {
            return fail(ErrorCode::forbidden);
        }
        return Found{std::move(*ticket), {}, {}};
    };
    const auto found = co_await look_up<Found>(pool_, true, job);
    if (!found) co_return http::problem(request, found.error());
    ticketing::JsonObject out;
    out.text("field", wish->field).text("value", in_clear(found->ticket, wish->field));
    co_return http::json(out.str());
}

void TicketsApi::add_routes(std::vector<http::Route>& routes) {
    using Member = asio::awaitable<Response> (TicketsApi::*)(Request);
    const auto bind = [this](Member member) {
        return [this, member](Request r) { return (this->*member)(std::move(r)); };
    };
    const auto get = http::Method::get;
    const auto post = http::Method::post;
    routes.push_back({get, "/api/v1/tickets/{ticket_no}", bind(&TicketsApi::show)});
    routes.push_back({get, "/api/v1/tickets/{ticket_no}/events", bind(&TicketsApi::events)});
    routes.push_back(
        {post, "/api/v1/tickets/{ticket_no}/actions/{action}", bind(&TicketsApi::act), act_body}
    );
    routes.push_back(
        {post, "/api/v1/tickets/{ticket_no}/reveal", bind(&TicketsApi::reveal), act_body}
    );
}

}  // namespace hotline::api
