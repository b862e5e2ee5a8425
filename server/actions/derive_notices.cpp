#include "server/actions/derive_notices.hpp"

#include "integrations/mysql/outbox_store.hpp"
#include "ticketing/notices/receivers.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace hotline::actions {
namespace {

using mysql::NewNotice;
using mysql::OpenNotice;
using ticketing::Event;
using ticketing::TicketId;

using TicketsById = std::unordered_map<std::uint64_t, ticketing::Ticket>;

Result<TicketsById> read_tickets(mysql::Connection& db, const std::vector<TicketId>& ids) {
    auto lines = mysql::changed_tickets(db, ids);
    if (!lines) return std::unexpected(lines.error());
    TicketsById tickets;
    for (mysql::TicketLine& line : *lines) {
        tickets.emplace(line.ticket.id.value, std::move(line.ticket));
    }
    return tickets;
}

bool acknowledges(const Event& event, const OpenNotice& notice) {
    return event.user && event.user == notice.receiver && event.ticket == notice.ticket &&
           notice.at <= event.at;
}

// G14: the ones whose place newer ones take.
std::vector<std::uint64_t> replaced(
    const std::vector<OpenNotice>& open, const std::vector<NewNotice>& fresh
) {
    std::vector<std::uint64_t> ids;
    for (const OpenNotice& old : open) {
        if (!old.due) continue;
        const bool gone = std::ranges::any_of(fresh, [&](const NewNotice& newer) {
            return newer.ticket == old.ticket && newer.told.receiver == old.receiver &&
                   newer.at >= old.at &&
                   takes_the_place(
                       newer.told.occasion,
                       newer.told.standing,
                       old.occasion,
                       old.standing,
                       old.rung
                   );
        });
        if (gone) ids.push_back(old.id);
    }
    return ids;
}

Result<void> acknowledge(
    mysql::Connection& db,
    const std::vector<mysql::NoticeTodo>& todo,
    const std::vector<OpenNotice>& open
) {
    std::map<ticketing::Instant, std::vector<std::uint64_t>> acknowledged;
    for (const OpenNotice& notice : open) {
        const auto by = std::ranges::find_if(todo, [&](const mysql::NoticeTodo& one) {
            return acknowledges(one.event, notice);
        });
        if (by != todo.end()) acknowledged[by->event.at].push_back(notice.id);
    }
    for (const auto& [at, ids] : acknowledged) {
        if (auto done = mysql::acknowledge_notices(db, ids, at); !done) return done;
    }
    return {};
}

}  // namespace

Result<DerivedNotices> derive_notices(
    mysql::Connection& db, const City& city, ticketing::Instant now, std::size_t limit
) {
    DerivedNotices derived;
    const auto todo = mysql::take_notice_todo(db, limit);
    if (!todo) return std::unexpected(todo.error());
    derived.events = todo->size();
    if (todo->empty()) return derived;

    std::vector<TicketId> ids;
    std::vector<std::uint64_t> taken;
    for (const mysql::NoticeTodo& one : *todo) {
        ids.push_back(one.event.ticket);
        taken.push_back(one.id);
    }
    std::ranges::sort(ids);
    ids.erase(std::ranges::unique(ids).begin(), ids.end());
    const auto tickets = read_tickets(db, ids);
    if (!tickets) return std::unexpected(tickets.error());
    const auto roster = mysql::read_roster(db);
    if (!roster) return std::unexpected(roster.error());

    std::vector<NewNotice> fresh;
    for (const mysql::NoticeTodo& one : *todo) {
        const auto ticket = tickets->find(one.event.ticket.value);
        if (ticket == tickets->end()) continue;
        const auto told = receivers_of(one.event, ticket->second, *roster, city.directory);
        for (const auto& each : told) {
            fresh.push_back(
                {one.event.ticket,
                 one.event.seq,
                 each,
                 ticket->second.urgency,
                 0,
                 one.event.at,
                 std::max(now, one.event.at)}
            );
        }
    }
    const auto open = mysql::open_notices(db, ids);
    if (!open) return std::unexpected(open.error());
    if (auto done = acknowledge(db, *todo, *open); !done) return std::unexpected(done.error());
    if (auto done =
            mysql::end_notices(db, replaced(*open, fresh), ticketing::notices::Ending::coalesced);
        !done) {
        return std::unexpected(done.error());
    }
    if (auto done = mysql::insert_notices(db, fresh); !done) return std::unexpected(done.error());
    if (auto done = mysql::delete_notice_todo(db, taken); !done) {
        return std::unexpected(done.error());
    }
    derived.notices = fresh.size();
    return derived;
}

}  // namespace hotline::actions
