#include "server/api/enterprises.hpp"

#include "integrations/mysql/directory_facts.hpp"
#include "integrations/mysql/enterprise_store.hpp"
#include "server/actions/on_the_line.hpp"
#include "server/api/dto.hpp"
#include "server/api/enterprise_life_json.hpp"
#include "server/api/reveal_wish.hpp"
#include "server/auth/audit.hpp"
#include "server/auth/query_guard.hpp"
#include "ticketing/json_text.hpp"

#include <algorithm>
#include <functional>
#include <tuple>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::Connection;
using ticketing::Enterprise;
using ticketing::Role;
using ticketing::Verb;

constexpr std::size_t reveal_body = 16 * 1024;
constexpr std::size_t matters_counted = 1'000;
constexpr std::size_t open_shown = 20;
constexpr std::string_view enterprise_fields[] = {"phone", "uscc"};

}  // namespace

// One look at one enterprise: who, with what rights, at which snapshot of the city.
struct EnterprisesApi::Look {
    CityPtr city;
    ticketing::Actor actor;
    ticketing::Scope own;    // what he may open
    ticketing::Scope shown;  // what he is told of (A16)
    ticketing::Instant now;
    ticketing::EnterpriseId id;

    Viewer viewer() const { return {actor, shown, *city, now}; }

    // not_found also for one he may not know of.
    Result<Enterprise> find(Connection& db) const {
        auto firms = mysql::find_enterprises_by_id(db, {&id, 1});
        if (!firms) return std::unexpected(firms.error());
        if (firms->empty()) return fail(ErrorCode::not_found);
        bool of_his = false;
        if (!may_see_enterprise(actor, firms->front(), false, city->directory)) {
            const auto any = mysql::enterprise_matters(db, own, id, 1);
            if (!any) return std::unexpected(any.error());
            of_his = !any->empty();
            if (!may_see_enterprise(actor, firms->front(), of_his, city->directory)) {
                return fail(ErrorCode::not_found);
            }
        }
        return std::move(firms->front());
    }

    Result<std::vector<mysql::TicketLine>> tickets(
        Connection& db, mysql::TicketFilter filter, std::uint64_t before, std::size_t limit
    ) const {
        filter.enterprise = id;
        filter.named_only = true;
        mysql::TicketListing listing{
            .scope = shown, .filter = filter, .after = {}, .limit = limit, .now = now
        };
        if (before != 0) listing.after = mysql::TicketPlace{before, {}};
        return mysql::list_tickets(db, listing);
    }

    // Lists do not know everything a scope depends on. Of who is on the line he may open all (A17).
    Result<std::vector<std::uint64_t>> readable(
        Connection& db, const std::vector<mysql::TicketLine>& lines
    ) const {
        std::vector<std::uint64_t> ids;
        for (const auto& line : lines) ids.push_back(line.ticket.id.value);
        std::ranges::sort(ids);
        ticketing::Ticket any;
        any.enterprise = id;
        const auto of_caller = actions::is_of_caller(db, actor, any, now);
        if (!of_caller) return std::unexpected(of_caller.error());
        if (*of_caller || shown == own) return ids;
        return mysql::ids_in_scope(db, own, ids);
    }

    Result<EnterpriseLife> life(Connection& db) const {
        auto enterprise = find(db);
        if (!enterprise) return std::unexpected(enterprise.error());
        const auto matters = mysql::enterprise_matters(db, shown, id, matters_counted + 1);
        if (!matters) return std::unexpected(matters.error());
        EnterpriseLife life;
        life.enterprise = std::move(*enterprise);
        life.all_counted = matters->size() <= matters_counted;
        life.figures = ticketing::figures_of(
            std::span(*matters).first(std::min(matters->size(), matters_counted))
        );
        mysql::TicketFilter open;
        open.states = ticketing::unfinished_states();
        auto lines = tickets(db, std::move(open), 0, open_shown);
        if (!lines) return std::unexpected(lines.error());
        life.open = std::move(*lines);
        auto openable = readable(db, life.open);
        if (!openable) return std::unexpected(openable.error());
        life.readable = std::move(*openable);
        auto cards = mysql::cards_of_enterprise(db, id);
        if (!cards) return std::unexpected(cards.error());
        // Those in use first, the newest before the others.
        std::ranges::sort(*cards, std::ranges::greater{}, [](const auto& card) {
            return std::tuple(card.active, card.since, card.id.value);
        });
        life.cards = std::move(*cards);
        return life;
    }

    // One more of each source than a page holds tells whether there is a next one.
    Result<LifePage> page(Connection& db, const LifePlace& from, std::size_t limit) const {
        if (auto found = find(db); !found) return std::unexpected(found.error());
        LifePage page;
        auto lines = tickets(db, {}, from.ticket, limit + 1);
        if (!lines) return std::unexpected(lines.error());
        page.tickets = std::move(*lines);
        auto openable = readable(db, page.tickets);
        if (!openable) return std::unexpected(openable.error());
        page.readable = std::move(*openable);
        std::vector<std::uint64_t> ids;
        for (const auto& line : page.tickets) ids.push_back(line.ticket.id.value);
        auto results = mysql::ticket_results(db, ids);
        if (!results) return std::unexpected(results.error());
        page.results = std::move(*results);
        if (may(actor.role, Verb::call_read)) {
            auto calls = mysql::calls_of_enterprise(db, id, from.call, limit + 1);
            if (!calls) return std::unexpected(calls.error());
            page.calls = std::move(*calls);
        }
        auto cards = mysql::cards_of_enterprise(db, id);
        if (!cards) return std::unexpected(cards.error());
        auto changes = mysql::changes_of_enterprise(db, id, *cards, from.change, limit + 1);
        if (!changes) return std::unexpected(changes.error());
        page.changes = std::move(*changes);
        return page;
    }
};

EnterprisesApi::EnterprisesApi(
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    redis::Limits& limits,
    auth::Clock clock
)
    : guard_(guard), pool_(pool), city_(city), limits_(limits), clock_(std::move(clock)) {}

asio::awaitable<Result<EnterprisesApi::Look>> EnterprisesApi::admit(
    const Request& request, Verb verb
) {
    const auto actor = co_await guard_.who_may(request, verb);
    if (!actor) co_return std::unexpected(actor.error());
    const auto id = path_id(request, "enterprise_id");
    if (!id) co_return std::unexpected(id.error());
    const CityPtr city = city_.current();
    co_return Look{
        city,
        *actor,
        scope_of(*actor, city->directory),
        ticketing::enterprise_scope_of(*actor, city->directory),
        clock_(),
        {*id}
    };
}

asio::awaitable<Response> EnterprisesApi::show(Request request) {
    const auto look = co_await admit(request, Verb::ticket_list);
    if (!look) co_return http::problem(request, look.error());
    const auto life = co_await pool_.read([&](Connection& db) { return look->life(db); });
    if (!life) co_return http::problem(request, life.error());
    co_return http::json(enterprise_life_json(*life, look->viewer()));
}

asio::awaitable<Response> EnterprisesApi::timeline(Request request) {
    const auto look = co_await admit(request, Verb::ticket_list);
    if (!look) co_return http::problem(request, look.error());
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    const std::size_t limit = query.limit(30, 100);
    const std::string cursor = query.text("cursor", 80).value_or("");
    const auto from = cursor.empty() ? LifePlace{} : life_place_from(cursor);
    if (!from) errors.push_back({"cursor", ErrorCode::invalid_format, {}});
    if (auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    const auto page =
        co_await pool_.read([&](Connection& db) { return look->page(db, *from, limit); });
    if (!page) co_return http::problem(request, page.error());
    co_return http::json(life_page_json(*page, *from, limit, look->viewer()));
}

// A9
asio::awaitable<Response> EnterprisesApi::reveal(Request request) {
    const auto look = co_await admit(request, Verb::ticket_reveal);
    if (!look) co_return http::problem(request, look.error());
    const auto wish = read_wish(request, enterprise_fields);
    if (!wish) co_return http::problem(request, wish.error());
    const auto taken = co_await take_reveal(limits_, look->actor.user);
    if (!taken) co_return http::problem(request, taken.error());
    const auto entry = auth::audit_entry(
        auth::caller_of(request),
        look->actor,
        "enterprise.reveal",
        "enterprise:" + std::to_string(look->id.value),
        look->now,
        wish->detail()
    );
    auto job = [&](Connection& db) -> Result<Enterprise> {
        auto found = look->find(db);
        if (!found) return found;
        if (auto noted = auth::record(db, entry); !noted) return std::unexpected(noted.error());
        return found;
    };
    const auto found = co_await pool_.transact(std::move(job));
    if (!found) co_return http::problem(request, found.error());
    ticketing::JsonObject out;
    out.text("field", wish->field);
    out.text("value", wish->field == "uscc" ? found->uscc : found->phone);
    co_return http::json(out.str());
}

void EnterprisesApi::add_routes(std::vector<http::Route>& routes) {
    using Member = asio::awaitable<Response> (EnterprisesApi::*)(Request);
    const auto bind = [this](Member member) {
        return [this, member](Request r) { return (this->*member)(std::move(r)); };
    };
    using enum http::Method;
    routes.push_back({get, "/api/v1/enterprises/{enterprise_id}", bind(&EnterprisesApi::show)});
    routes.push_back(
        {get, "/api/v1/enterprises/{enterprise_id}/timeline", bind(&EnterprisesApi::timeline)}
    );
    routes.push_back(
        {post,
         "/api/v1/enterprises/{enterprise_id}/reveal",
         bind(&EnterprisesApi::reveal),
         reveal_body}
    );
}

}  // namespace hotline::api
