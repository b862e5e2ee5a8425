#include "server/api/kpi_frozen.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/source_store.hpp"
#include "server/actions/freeze_period.hpp"
#include "server/api/dto.hpp"
#include "server/api/guard_texts.hpp"
#include "server/api/kpi_cases.hpp"
#include "server/api/kpi_frozen_json.hpp"
#include "server/auth/audit.hpp"
#include "sla/date_text.hpp"
#include "ticketing/permissions.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <charconv>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using http::Request;
using http::Response;
using mysql::Freeze;
using ticketing::Role;
using ticketing::Verb;

Result<actions::FreezeOrder> read_order(const Request& request) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    actions::FreezeOrder order;
    for (const auto& [name, day] : {std::pair{"from", &order.from}, {"to", &order.to}}) {
        const auto given = fields.day(name);
        if (!fields.has(name)) errors.push_back({name, ErrorCode::missing_field, {}});
        *day = given.value_or(sla::LocalDay{});
    }
    order.reason = fields.text("reason", {.min = 0, .max = 500}).value_or("");
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return order;
}

// Found or not_found, with what else is wanted of it.
template <class Read>
auto of_freeze(mysql::Connection& db, std::uint64_t id, Read read)
    -> decltype(read(std::declval<const Freeze&>())) {
    const auto found = mysql::find_freeze(db, id);
    if (!found) return std::unexpected(found.error());
    if (!*found) return fail(ErrorCode::not_found);
    return read(**found);
}

struct FrozenTickets {
    Freeze freeze;
    actions::FrozenPage page;
    std::map<ticketing::TicketId, mysql::SourceTicket> tickets;
};

Result<FrozenTickets> read_tickets(
    mysql::Connection& db,
    const Freeze& freeze,
    actions::CasesAsked asked,
    const ticketing::Scope& scope
) {
    asked.filter.from = freeze.from;
    asked.filter.to = freeze.to;
    auto page = actions::list_frozen_cases(db, freeze, asked);
    if (!page) return std::unexpected(page.error());
    std::vector<ticketing::TicketId> ids;
    for (const auto& found : page->cases) ids.push_back(found.head.ticket);
    auto tickets = mysql::read_source_tickets(db, ids, scope);
    if (!tickets) return std::unexpected(tickets.error());
    return FrozenTickets{freeze, std::move(*page), std::move(*tickets)};
}

}  // namespace

KpiFrozenApi::KpiFrozenApi(
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    const crypto::Signer& signer,
    int freeze_after_workdays,
    auth::Clock clock
)
    : guard_(guard),
      pool_(pool),
      city_(city),
      signer_(signer),
      freeze_after_workdays_(freeze_after_workdays),
      clock_(std::move(clock)) {}

asio::awaitable<Response> KpiFrozenApi::list(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::kpi_frozen);
    if (!actor) co_return http::problem(request, actor.error());
    auto job = [](mysql::Connection& db) { return mysql::list_freezes(db); };
    const auto freezes = co_await pool_.read(std::move(job));
    if (!freezes) co_return http::problem(request, freezes.error());
    json::array items;
    for (const Freeze& freeze : *freezes) items.emplace_back(freeze_json(freeze));
    json::object out;
    out["items"] = std::move(items);
    co_return http::json(json::serialize(out));
}

// The whole city's act: a county's manager reads what was published and publishes nothing.
asio::awaitable<Response> KpiFrozenApi::freeze(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::kpi_freeze);
    if (!actor) co_return http::problem(request, actor.error());
    if (actor->role == Role::manager && !actor->division.empty()) {
        co_return http::problem(request, ErrorCode::forbidden);
    }
    auto order = read_order(request);
    if (!order) co_return http::problem(request, order.error());
    const CityPtr city = city_.current();
    order->by = actor->user;
    order->by_name = actor->name;
    order->now = clock_();
    order->settled_after = freeze_after_workdays_;
    order->calendar_version = static_cast<int>(city->calendar.version());
    order->policy_version = static_cast<int>(city->policy.version);
    const std::string object = sla::date_text(order->from) + "/" + sla::date_text(order->to);
    const auto entry = auth::audit_entry(
        auth::caller_of(request), *actor, "kpi.freeze", "period:" + object, order->now
    );
    auto job = [this, order = *order, city, entry](mysql::Connection& db) {
        auto frozen = actions::freeze_period(db, signer_, city->calendar, order);
        if (frozen) {
            const auto noted = auth::record(db, entry);
            if (!noted) frozen = std::unexpected(noted.error());
        }
        return frozen;
    };
    const auto frozen = co_await pool_.transact(std::move(job), mysql::Lane::background);
    if (!frozen) co_return act_problem(request, frozen.error());
    co_return http::json(json::serialize(freeze_json(*frozen)), 201);
}

asio::awaitable<Response> KpiFrozenApi::show(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::kpi_frozen);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "freeze_id");
    if (!id) co_return http::problem(request, id.error());
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    const auto by = query.name<sla::Dimension>("group_by").value_or(sla::Dimension::none);
    if (by == sla::Dimension::day) errors.push_back({"group_by", ErrorCode::not_in_list, {}});
    if (const auto refused = refusal(std::move(errors))) {
        co_return http::problem(request, *refused);
    }
    using Shown = std::pair<Freeze, sla::PeriodFigures>;
    auto job = [id = *id](mysql::Connection& db) {
        return of_freeze(db, id, [&](const Freeze& freeze) -> Result<Shown> {
            auto figures = mysql::read_figures(db, freeze.id);
            if (!figures) return std::unexpected(figures.error());
            return Shown{freeze, std::move(*figures)};
        });
    };
    const auto shown = co_await pool_.read(std::move(job));
    if (!shown) co_return http::problem(request, shown.error());
    const CityPtr city = city_.current();
    const FrozenQuestion question{by, city->directory, request.wants_english()};
    co_return http::json(frozen_json(shown->first, shown->second, question));
}

asio::awaitable<Response> KpiFrozenApi::verify(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::kpi_frozen);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "freeze_id");
    if (!id) co_return http::problem(request, id.error());
    auto job = [this, id = *id](mysql::Connection& db) {
        return of_freeze(db, id, [&](const Freeze& freeze) -> Result<actions::CheckResult> {
            actions::CheckResult result{.name = "frozen"};
            const auto done = actions::verify_freeze(db, signer_, freeze, result);
            if (!done) return std::unexpected(done.error());
            return result;
        });
    };
    const auto result = co_await pool_.read(std::move(job), mysql::Lane::background);
    if (!result) co_return http::problem(request, result.error());
    json::object out;
    out["intact"] = result->ok();
    out["figures"] = result->looked_at;
    out["wrong"] = result->wrong;
    if (!result->ok()) out["first"] = result->first;
    co_return http::json(json::serialize(out));
}

asio::awaitable<Response> KpiFrozenApi::cases(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::kpi_frozen);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "freeze_id");
    if (!id) co_return http::problem(request, id.error());
    const CityPtr city = city_.current();
    request.query.erase("from");  // the period is the frozen one
    request.query.erase("to");
    const auto question = cases_question(request, *actor, city->directory, clock_());
    if (!question) co_return http::problem(request, question.error());
    const auto scope = ticketing::scope_of(*actor, city->directory);
    const auto entry = auth::audit_entry(
        auth::caller_of(request), *actor, "kpi.tickets", "freeze:" + std::to_string(*id), clock_()
    );
    const bool audited = actor->role == Role::manager || actor->role == Role::auditor;  // A9
    auto job = [id = *id, asked = question->asked, scope, entry, audited](mysql::Connection& db) {
        auto found = of_freeze(db, id, [&](const Freeze& freeze) {
            return read_tickets(db, freeze, asked, scope);
        });
        if (found && audited) {
            const auto noted = auth::record(db, entry);
            if (!noted) found = std::unexpected(noted.error());
        }
        return found;
    };
    const auto found = co_await pool_.transact(std::move(job));
    if (!found) co_return http::problem(request, found.error());
    json::object out;
    out["rate"] = name(question->rate->code);
    out["side"] = name(question->side);
    out["from"] = sla::date_text(found->freeze.from);
    out["to"] = sla::date_text(found->freeze.to);
    json::array items;
    for (const auto& one : found->page.cases) {
        const auto ticket = found->tickets.find(one.head.ticket);
        json::object item;
        item["ticket_no"] = ticket == found->tickets.end() ? "" : ticket->second.number;
        item["times"] = one.times;
        item["upto_event"] = one.head.seq;
        item["sm3"] = crypto::hex(one.head.hash);
        item["visible"] = ticket != found->tickets.end() && ticket->second.visible;
        items.emplace_back(std::move(item));
    }
    out["items"] = std::move(items);
    if (found->page.next) out["next_cursor"] = "0-" + std::to_string(found->page.next->value);
    co_return http::json(json::serialize(out));
}

void KpiFrozenApi::add_routes(std::vector<http::Route>& routes) {
    const auto bind = [this](auto method) {
        return [this, method](Request request) { return (this->*method)(std::move(request)); };
    };
    const auto get = http::Method::get;
    routes.push_back({get, "/api/v1/kpi/frozen", bind(&KpiFrozenApi::list)});
    routes.push_back({http::Method::post, "/api/v1/kpi/frozen", bind(&KpiFrozenApi::freeze)});
    routes.push_back({get, "/api/v1/kpi/frozen/{freeze_id}", bind(&KpiFrozenApi::show)});
    routes.push_back({get, "/api/v1/kpi/frozen/{freeze_id}/verify", bind(&KpiFrozenApi::verify)});
    routes.push_back(
        {get, "/api/v1/kpi/frozen/{freeze_id}/{rate}/tickets", bind(&KpiFrozenApi::cases)}
    );
}

}  // namespace hotline::api
