#include "server/api/ticket_look.hpp"

#include "integrations/mysql/ticket_store.hpp"
#include "server/actions/on_the_line.hpp"
#include "server/auth/audit.hpp"
#include "ticketing/ticket_number.hpp"

#include <utility>

namespace hotline::api {

std::string ticket_number_of(const http::Request& request) {
    const auto number = ticketing::parse_ticket_number(request.params.at("ticket_no"));
    return number ? ticketing::format_ticket_number(*number) : std::string();
}

std::string ticket_object(const std::string& number) {
    return "ticket:" + number;
}

TicketLook look_of(
    const http::Request& request,
    const ticketing::Actor& actor,
    const CityPtr& city,
    ticketing::Instant now
) {
    TicketLook look{city, actor, scope_of(actor, city->directory), now, {}, {}};
    look.number = ticket_number_of(request);
    if (actor.role == ticketing::Role::manager) {
        look.audit = auth::audit_entry(
            auth::caller_of(request), actor, "ticket.read", ticket_object(look.number), now
        );
    }
    return look;
}

Result<ticketing::Ticket> find(mysql::Connection& db, const TicketLook& look) {
    if (look.number.empty()) return fail(ErrorCode::not_found);
    auto stored = mysql::read_ticket(db, look.number);
    if (!stored) return std::unexpected(stored.error());
    if (!*stored) return fail(ErrorCode::not_found);
    if (!look.admits((*stored)->ticket)) {
        const auto of_caller = actions::is_of_caller(db, look.actor, (*stored)->ticket, look.now);
        if (!of_caller) return std::unexpected(of_caller.error());
        if (!*of_caller) return fail(ErrorCode::not_found);
    }
    if (look.audit) {
        if (auto noted = auth::record(db, *look.audit); !noted) {
            return std::unexpected(noted.error());
        }
    }
    return std::move((*stored)->ticket);
}

}  // namespace hotline::api
