#pragma once

#include "ticketing/types/act.hpp"
#include "ticketing/types/directory.hpp"
#include "ticketing/types/event.hpp"
#include "ticketing/types/ticket.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace hotline::webhooks {

// V1: what other systems may hear of. Numbers are persisted: never renumber.
enum class Kind {
    ping = 1,
    created = 2,
    dispatched = 3,
    signed_for = 4,
    contacted = 5,
    returned = 6,
    extended = 7,
    suspended = 8,
    resumed = 9,
    result_submitted = 10,
    resolved = 11,  // the result passed review
    redo = 12,      // handled once more: sent back, not solved, reopened
    closed = 13,
    declined = 14,
    merged = 15,
    withdrawn = 16,
    card_yellow = 17,
    card_red = 18,
    overdue = 19,
    escalated = 20,
    urged = 21,
};

constexpr auto names_of(Kind) {
    return ticketing::NameTable<Kind, 21>{{
        {Kind::ping, "ping"},
        {Kind::created, "ticket.created"},
        {Kind::dispatched, "ticket.dispatched"},
        {Kind::signed_for, "ticket.signed"},
        {Kind::contacted, "ticket.contacted"},
        {Kind::returned, "ticket.returned"},
        {Kind::extended, "ticket.extended"},
        {Kind::suspended, "ticket.suspended"},
        {Kind::resumed, "ticket.resumed"},
        {Kind::result_submitted, "ticket.result_submitted"},
        {Kind::resolved, "ticket.resolved"},
        {Kind::redo, "ticket.redo"},
        {Kind::closed, "ticket.closed"},
        {Kind::declined, "ticket.declined"},
        {Kind::merged, "ticket.merged"},
        {Kind::withdrawn, "ticket.withdrawn"},
        {Kind::card_yellow, "ticket.card_yellow"},
        {Kind::card_red, "ticket.card_red"},
        {Kind::overdue, "ticket.overdue"},
        {Kind::escalated, "ticket.escalated"},
        {Kind::urged, "ticket.urged"},
    }};
}

// What an event in a ticket's log is to others; nothing for what stays inside.
std::optional<Kind> kind_of(ticketing::Act act, ticketing::State from, ticketing::State to);

// What of a step is told. V2: numbers, names of topics and units, dates; nothing anybody wrote.
struct Step {
    Kind kind = Kind::created;
    std::uint32_t seq = 0;
    ticketing::State to = ticketing::State::accepted;
    ticketing::Instant at;
};

// V3: the same at every attempt and for every endpoint, so that a receiver acts once:
// "WN2026112700000178_5".
std::string message_id(std::string_view ticket_no, std::uint32_t seq);

// The body, below 2 kB. `at_text` writes an instant.
std::string body_of(
    const Step& step,
    const ticketing::Ticket& ticket,
    const ticketing::Directory& directory,
    std::string (*at_text)(ticketing::Instant)
);
std::string ping_body(std::string_view id, const std::string& at);

// "ticket.closed,ticket.created" as endpoints keep what they want; empty: everything.
std::set<Kind> kinds_from(std::string_view list);
std::string list_of(const std::set<Kind>& kinds);

}  // namespace hotline::webhooks
