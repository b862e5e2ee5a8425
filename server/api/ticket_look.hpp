#pragma once

#include "integrations/mysql/audit_store.hpp"
#include "integrations/mysql/pool.hpp"
#include "server/api/ticket_json.hpp"
#include "server/http/request.hpp"
#include "ticketing/permissions.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>

namespace hotline::api {

// One look at one ticket: who, with what rights, at which snapshot of the city.
struct TicketLook {
    CityPtr city;
    ticketing::Actor actor;
    ticketing::Scope scope;
    ticketing::Instant now;
    std::string number;
    std::optional<mysql::AuditEntry> audit;  // A9

    bool admits(const ticketing::Ticket& ticket) const {
        return may_see(scope, scope_keys(ticket));
    }
    Viewer viewer(bool english) const { return {actor, scope, *city, now, english}; }
};

// The number in the path as it is written, or "", which no ticket has.
std::string ticket_number_of(const http::Request& request);

// "ticket:NUMBER", as the audit names it.
std::string ticket_object(const std::string& number);

TicketLook look_of(
    const http::Request& request,
    const ticketing::Actor& actor,
    const CityPtr& city,
    ticketing::Instant now
);

// not_found also for a ticket he may not know of. Notes the look where it is audited.
Result<ticketing::Ticket> find(mysql::Connection& db, const TicketLook& look);

// Only an audited look writes, and only what writes needs a transaction.
template <class Found, class Job>
boost::asio::awaitable<Result<Found>> look_up(mysql::Pool& pool, bool audited, Job job) {
    if (audited) {
        auto found = co_await pool.transact(job);
        co_return found;
    }
    auto found = co_await pool.read(job);
    co_return found;
}

}  // namespace hotline::api
