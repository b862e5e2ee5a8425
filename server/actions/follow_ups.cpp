#include "server/actions/follow_ups.hpp"

#include "integrations/mysql/enterprise_store.hpp"
#include "integrations/mysql/firm_solvers.hpp"
#include "ticketing/router/officials.hpp"
#include "ticketing/router/route.hpp"
#include "ticketing/router/trace.hpp"

#include <algorithm>

namespace hotline::actions {
namespace {

using ticketing::RouteDecision;
using ticketing::Ticket;

ticketing::Cues cues_of(const Ticket& ticket, const City& city) {
    return city.read(ticket.title, ticket.content, ticket.division);
}

bool ruling_is_due(const RouteDecision& decision) {
    return std::ranges::any_of(decision.suggestions, [](const auto& suggestion) {
        return suggestion.kind == ticketing::RouteSuggestion::Kind::designate;
    });
}

Result<std::optional<ticketing::Enterprise>> firm_of(mysql::Connection& db, const Ticket& ticket) {
    if (!ticket.enterprise) return std::nullopt;
    const auto found = mysql::find_enterprises_by_id(db, {&ticket.enterprise, 1});
    if (!found) return std::unexpected(found.error());
    if (found->empty()) return std::nullopt;
    return found->front();
}

// R10: who solved matters of the ticket's enterprise before.
Result<std::vector<ticketing::OfficialId>> solvers_of(mysql::Connection& db, const Ticket& ticket) {
    if (!ticket.enterprise) return std::vector<ticketing::OfficialId>{};
    auto solvers = mysql::firm_solvers(db, {&ticket.enterprise, 1});
    if (!solvers) return std::unexpected(solvers.error());
    return std::move((*solvers)[ticket.enterprise.value]);
}

}  // namespace

ticketing::Actor the_system() {
    return {.role = ticketing::Role::system, .name = "系统"};
}

Result<std::optional<ticketing::ActRequest>> routed_again(
    mysql::Connection& db,
    const Ticket& ticket,
    const City& city,
    const ticketing::Loads& loads,
    ticketing::Instant now
) {
    const auto firm = firm_of(db, ticket);
    if (!firm) return std::unexpected(firm.error());
    const auto solvers = solvers_of(db, ticket);
    if (!solvers) return std::unexpected(solvers.error());
    const auto cues = cues_of(ticket, city);
    auto matter = matter_of(ticket, cues);
    matter.solved_before = *solvers;
    const auto surroundings = city.at(now);
    const auto decision = ticketing::route(
        matter,
        *firm ? &**firm : nullptr,
        city.directory,
        loads,
        *city.misroutes->current(),
        &surroundings
    );
    if (!decision.lead || ruling_is_due(decision)) return std::nullopt;
    ticketing::ActRequest request;
    request.act = ticketing::Act::dispatch;
    request.actor = the_system();
    request.unit = decision.lead;
    request.co_units = decision.co_units;
    request.official = decision.official;
    request.route_trace = ticketing::render_trace(decision, city.directory);
    return request;
}

Result<void> choose_official(
    mysql::Connection& db,
    ticketing::ActRequest& request,
    const Ticket& ticket,
    const City& city,
    const ticketing::Loads& loads,
    ticketing::Instant now
) {
    if (city.directory.unit(request.unit) == nullptr) return {};
    const auto solvers = solvers_of(db, ticket);
    if (!solvers) return std::unexpected(solvers.error());
    const auto* duty = city.directory.duty(ticket.topic);
    const ticketing::Duty unlisted{.topic = ticket.topic, .category = ticket.category};
    const auto cues = cues_of(ticket, city);
    RouteDecision decision;
    decision.lead = request.unit;
    decision.case_owner = ticket.case_owner;
    decision.units = {{request.unit, 1, "chosen"}};
    auto matter = matter_of(ticket, cues);
    matter.solved_before = *solvers;
    if (!ticketing::routing::choose_on_duty(matter, city.at(now), loads, decision)) {
        ticketing::routing::choose_official(
            matter,
            duty ? *duty : unlisted,
            city.directory.official(ticket.case_owner),
            city.directory,
            loads,
            decision
        );
    }
    request.official = decision.official;
    request.route_trace = ticketing::render_trace(decision, city.directory);
    return {};
}

}  // namespace hotline::actions
