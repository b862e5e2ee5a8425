#include "server/actions/on_the_line.hpp"

#include "integrations/mysql/call_store.hpp"
#include "integrations/telephony/call_state.hpp"

#include <algorithm>

namespace hotline::actions {
namespace {

constexpr std::size_t calls_looked_at = 10;
// An end that was never told does not keep a line open for ever.
constexpr auto longest_talk = std::chrono::hours(12);
constexpr auto still_at_hand = std::chrono::hours(1);

bool at_hand(const mysql::PhoneCall& call, ticketing::Instant now) {
    if (call.ended_at) return *call.ended_at + still_at_hand > now;
    const auto begun = call.answered_at ? call.answered_at : call.ringing_at;
    return begun && *begun + longest_talk > now;
}

bool is_theirs(const mysql::PhoneCall& call, const ticketing::Ticket& ticket) {
    const bool incoming = call.direction == static_cast<int>(telephony::Direction::in);
    const std::string& number = incoming ? call.ani : call.dnis;
    if (!number.empty() && number == ticket.appellant.phone) return true;
    return call.enterprise && call.enterprise == ticket.enterprise;
}

}  // namespace

Result<bool> is_of_caller(
    mysql::Connection& db,
    const ticketing::Actor& actor,
    const ticketing::Ticket& ticket,
    ticketing::Instant now
) {
    const bool hidden = ticket.appellant.confidential || ticket.appellant.anonymous;
    if (actor.role != ticketing::Role::agent || !actor.user || hidden) return false;
    const auto calls = mysql::list_calls(db, {.agent = actor.user, .limit = calls_looked_at});
    if (!calls) return std::unexpected(calls.error());
    return std::ranges::any_of(*calls, [&](const mysql::PhoneCall& call) {
        return at_hand(call, now) && is_theirs(call, ticket);
    });
}

}  // namespace hotline::actions
