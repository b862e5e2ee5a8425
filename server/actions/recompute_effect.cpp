#include "server/actions/recompute_effect.hpp"

#include "integrations/mysql/open_tickets.hpp"

#include <algorithm>
#include <utility>

namespace hotline::actions {
namespace {

using ticketing::DueShift;
using ticketing::Ticket;
using Fate = DueShift::Fate;

constexpr std::size_t tickets_at_once = 500;

std::chrono::milliseconds distance(const DueChange& change) {
    const auto moved = change.shift.after.due_at - change.shift.before.due_at;
    return moved < moved.zero() ? -moved : moved;
}

// What moves furthest is what somebody wants to see first.
bool before(const DueChange& a, const DueChange& b) {
    const bool a_stays = a.shift.fate == Fate::stays;
    const bool b_stays = b.shift.fate == Fate::stays;
    if (a_stays != b_stays) return b_stays;
    if (distance(a) != distance(b)) return distance(a) > distance(b);
    return a.ticket_no < b.ticket_no;
}

void count(RecomputeEffect& effect, const DueShift& shift) {
    if (shift.fate == Fate::stays) {
        ++effect.stayed;
    } else if (shift.before.due_at == shift.after.due_at) {
        ++effect.settled;
    } else if (shift.after.due_at < shift.before.due_at) {
        ++effect.earlier;
    } else {
        ++effect.later;
    }
}

// Keeps memory flat however many tickets there are.
void trim(std::vector<DueChange>& changes, std::size_t most) {
    if (changes.size() <= most) return;
    std::ranges::nth_element(changes, changes.begin() + static_cast<std::ptrdiff_t>(most), before);
    changes.resize(most);
}

void take(RecomputeEffect& effect, const Ticket& ticket, std::vector<DueShift> shifts) {
    bool moves = false;
    for (DueShift& shift : shifts) {
        count(effect, shift);
        const bool another = shift.before.due_at != shift.after.due_at;
        moves = moves || (shift.fate != Fate::stays && another);
        if (another) {
            effect.largest.push_back({ticket.number, ticket.lead_unit, std::move(shift)});
        }
    }
    if (!moves) return;
    ++effect.tickets;
    ++effect.by_unit[ticket.lead_unit];
}

}  // namespace

Result<RecomputeEffect> recompute_effect(
    mysql::Connection& db,
    const ticketing::Surroundings& proposed,
    ticketing::Limits limits,
    std::size_t most_shown
) {
    RecomputeEffect effect;
    ticketing::TicketId after;
    for (bool more = true; more;) {
        const auto ids = mysql::open_tickets(db, after, tickets_at_once);
        if (!ids) return std::unexpected(ids.error());
        const auto tickets = mysql::read_tickets(db, *ids, false);
        if (!tickets) return std::unexpected(tickets.error());
        for (const auto& stored : *tickets) {
            take(effect, stored.ticket, due_shifts(stored.ticket, proposed, limits));
        }
        effect.looked_at += tickets->size();
        trim(effect.largest, 4 * most_shown);
        more = ids->size() == tickets_at_once;
        if (more) after = ids->back();
    }
    trim(effect.largest, most_shown);
    std::ranges::sort(effect.largest, before);
    return effect;
}

}  // namespace hotline::actions
