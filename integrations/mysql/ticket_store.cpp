#include "integrations/mysql/ticket_store.hpp"

#include "integrations/mysql/event_row.hpp"
#include "integrations/mysql/firm_solvers.hpp"
#include "integrations/mysql/log_batch.hpp"
#include "integrations/mysql/query_text.hpp"
#include "integrations/mysql/store_error.hpp"
#include "integrations/mysql/ticket_row.hpp"
#include "ticketing/facts.hpp"
#include "ticketing/facts_text.hpp"
#include "ticketing/lifecycle/mediators.hpp"
#include "ticketing/ticket_number.hpp"

#include <algorithm>
#include <string>

namespace hotline::mysql {
namespace {

using ticketing::Ticket;
using ticketing::TicketId;

// The rows of newborn tickets, table by table, so that each table gets few long statements.
struct BirthBatch {
    InsertBatch tickets{
        "ticket",
        std::string(ticket_fixed_columns) + ", " + std::string(ticket_moving_columns) +
            ", idempotency_key, body_hash, last_seq, last_hash"
    };
    InsertBatch co_units{"ticket_co_unit", "ticket_id, unit_id"};
    InsertBatch facts{"ticket_facts", "ticket_id, upto_seq, counted, facts"};
    LogBatch log;

    explicit BirthBatch(std::span<const NewTicket> entries) {
        tickets.leave_out(ticket_later_columns);
        std::size_t events = 0;
        for (const NewTicket& entry : entries) events += entry.events.size();
        for (InsertBatch* batch : {&tickets, &facts, &log.routes, &log.outbox, &log.derive}) {
            batch->reserve(entries.size());
        }
        log.events.reserve(events);
    }

    void add(const NewTicket& entry) {
        const Ticket& ticket = entry.ticket;
        add_row(entry);
        for (const auto unit : ticket.co_units) co_units.add({ticket.id.value, unit.value});
        log.add_route(ticket, ticket.accepted_at);
        for (const auto& event : entry.events) add_event(log.events, event);
        // Told once and derived once for the whole birth of a ticket.
        const ticketing::Event& last = entry.events.back();
        log.add_told(last, ticket.urgency);
        log.add_work(last);
        // Here they cost nothing but the row; whoever derives would have to read the log for them.
        if (const auto known = ticketing::facts_of(entry.events)) {
            facts.add({ticket.id.value, last.seq, 0, ticketing::to_text(*known)});
        }
    }

    Result<void> write(Connection& db) const {
        auto written = insert_all(db, {&tickets, &co_units, &facts});
        return written ? log.write(db) : written;
    }

private:
    void add_row(const NewTicket& entry) {
        const TicketValues values(entry.ticket);
        std::vector<Param> row = values.fixed();
        row.insert(row.end(), values.moving().begin(), values.moving().end());
        row.insert(
            row.end(),
            {Param{entry.idempotency_key},
             Param{bytes_of(entry.body_hash)},
             Param{entry.events.back().seq},
             Param{bytes_of(entry.events.back().hash)}}
        );
        tickets.add(row);
    }
};

Result<std::optional<StoredTicket>> first_ticket(
    Connection& db, const std::string& sql, Params key
) {
    const auto rows = db.query(sql, key);
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::nullopt;
    return read_stored_row(rows->front());
}

// A number holds the id (W1), so that it needs no index. One that leads to another's ticket (two
// servers took the same appeal) is an alias.
Result<std::optional<StoredTicket>> by_number(Connection& db, std::string_view number, bool lock) {
    static const std::string locking = select_ticket("id=? AND number=?", true);
    static const std::string reading = select_ticket("id=? AND number=?", false);
    const auto parsed = ticketing::parse_ticket_number(number);
    if (!parsed) return std::nullopt;
    auto found = first_ticket(db, lock ? locking : reading, {parsed->serial, number});
    if (!found || *found) return found;
    const auto alias = db.query("SELECT ticket_id FROM ticket_alias WHERE number=?", {number});
    if (!alias) return std::unexpected(alias.error());
    if (alias->empty()) return std::nullopt;
    static const std::string locking_id = select_ticket("id=?", true);
    static const std::string reading_id = select_ticket("id=?", false);
    return first_ticket(db, lock ? locking_id : reading_id, {alias->front().unsigned_integer(0)});
}

// Only the columns that moved: an act moves a handful of eighty, always the same ones, so that few
// different statements have to be prepared.
Result<void> store_row(Connection& db, const MovedTicket& moved) {
    static const std::vector<std::string> columns = column_names(ticket_moving_columns);
    const TicketValues was(moved.before.ticket);
    const TicketValues is(moved.after);
    QueryText sql;
    sql.add("UPDATE ticket SET ");
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const Param& value = is.moving()[i];
        if (value != was.moving()[i]) sql.add(columns[i]).add("=?,", {value});
    }
    const ticketing::Event& head = moved.events.back();
    sql.add(
        "last_seq=?,last_hash=? WHERE id=? AND version=? AND state=?",
        {head.seq,
         bytes_of(head.hash),
         moved.after.id.value,
         moved.before.ticket.version,
         static_cast<int>(moved.before.ticket.state)}
    );
    const auto updated = db.execute(sql.text(), sql.values());
    if (!updated) return std::unexpected(updated.error());
    if (*updated != 1) return fail(ErrorCode::stale_version);
    return {};
}

Result<void> replace_rows(
    Connection& db, TicketId ticket, std::string_view table, const InsertBatch& batch
) {
    const std::string clear = "DELETE FROM " + std::string(table) + " WHERE ticket_id=?";
    const auto cleared = db.execute(clear, {ticket.value});
    if (!cleared) return std::unexpected(cleared.error());
    return insert_all(db, {&batch});
}

Result<void> store_co_units(Connection& db, const Ticket& before, const Ticket& after) {
    if (before.co_units == after.co_units) return {};
    InsertBatch batch("ticket_co_unit", "ticket_id, unit_id");
    for (const auto unit : after.co_units) batch.add({after.id.value, unit.value});
    return replace_rows(db, after.id, "ticket_co_unit", batch);
}

Result<void> store_charges(Connection& db, const Ticket& before, const Ticket& after) {
    const auto same = [&](ticketing::UnitId unit) {
        return has_open_part(before, unit) == has_open_part(after, unit);
    };
    const bool as_it_was = before.charged_units == after.charged_units &&
                           std::ranges::all_of(after.charged_units, same);
    if (as_it_was) return {};
    InsertBatch batch("ticket_charge", "ticket_id, unit_id, waited_for");
    for (const auto unit : after.charged_units) {
        batch.add({after.id.value, unit.value, has_open_part(after, unit)});
    }
    return replace_rows(db, after.id, "ticket_charge", batch);
}

IntakeMatch read_match(const Row& row) {
    return {TicketId{row.unsigned_integer(0)}, row.string(1), digest_of(row.text(2))};
}

}  // namespace

std::string select_ticket(std::string_view where, bool lock) {
    return "SELECT " + std::string(ticket_fixed_columns) + ", " +
           std::string(ticket_moving_columns) + ", last_seq, last_hash FROM ticket WHERE " +
           std::string(where) + (lock ? " FOR UPDATE" : "");
}

StoredTicket read_stored_row(const Row& row) {
    StoredTicket stored;
    stored.ticket = read_ticket(row, 0);
    stored.last_seq = static_cast<std::uint32_t>(row.integer(ticket_column_count()));
    stored.last_hash = digest_of(row.text(ticket_column_count() + 1));
    return stored;
}

std::vector<StoredTicket> read_stored_rows(const Rows& rows) {
    std::vector<StoredTicket> stored;
    stored.reserve(rows.size());
    for (const Row row : rows) stored.push_back(read_stored_row(row));
    return stored;
}

Result<void> insert_tickets(Connection& db, std::span<const NewTicket> tickets) {
    BirthBatch batch(tickets);
    for (const NewTicket& entry : tickets) batch.add(entry);
    return batch.write(db);
}

Result<std::optional<IntakeMatch>> find_intake(
    Connection& db, ticketing::Channel channel, std::string_view idempotency_key
) {
    const auto rows = db.query(
        "SELECT id, number, body_hash FROM ticket WHERE channel=? AND idempotency_key=?",
        {static_cast<int>(channel), idempotency_key}
    );
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::nullopt;
    return read_match(rows->front());
}

Result<std::vector<std::optional<IntakeMatch>>> find_intake(
    Connection& db, std::span<const NewTicket> tickets
) {
    std::vector<std::optional<IntakeMatch>> matches;
    matches.reserve(tickets.size());
    for (const NewTicket& entry : tickets) {
        auto match = find_intake(db, entry.ticket.channel, entry.idempotency_key);
        if (!match) return std::unexpected(match.error());
        matches.push_back(std::move(*match));
    }
    return matches;
}

Result<void> add_alias(Connection& db, std::string_view number, TicketId ticket) {
    const auto inserted = db.execute(
        "INSERT INTO ticket_alias (number, ticket_id) VALUES (?,?)", {number, ticket.value}
    );
    if (inserted || is_duplicate(inserted.error(), "PRIMARY")) return {};
    return std::unexpected(inserted.error());
}

Result<std::optional<StoredTicket>> lock_ticket(Connection& db, std::string_view number) {
    return by_number(db, number, true);
}

Result<std::optional<StoredTicket>> lock_ticket(Connection& db, TicketId id) {
    static const std::string sql = select_ticket("id=?", true);
    return first_ticket(db, sql, {id.value});
}

Result<std::optional<StoredTicket>> read_ticket(Connection& db, std::string_view number) {
    return by_number(db, number, false);
}

Result<void> store_tickets(Connection& db, std::span<const MovedTicket> moved) {
    LogBatch log;
    for (const MovedTicket& one : moved) {
        const Ticket& before = one.before.ticket;
        const Ticket& after = one.after;
        if (auto done = store_row(db, one); !done) return done;
        if (auto done = store_co_units(db, before, after); !done) return done;
        if (auto done = store_charges(db, before, after); !done) return done;
        if (auto done = note_solver(db, before, after); !done) return done;
        if (after.dispatch_count > before.dispatch_count) {
            log.add_route(after, one.events.back().at);
        }
        for (const auto& event : one.events) log.add(event, after.urgency);
        log.add_work(one.events.back());
    }
    return log.write(db);
}

Result<std::string> read_route(Connection& db, TicketId ticket) {
    const auto rows = db.query(
        "SELECT trace FROM ticket_route WHERE ticket_id=? ORDER BY dispatch_no DESC LIMIT 1",
        {ticket.value}
    );
    if (!rows) return std::unexpected(rows.error());
    return rows->empty() ? std::string() : rows->front().string(0);
}

Result<std::vector<ticketing::Event>> read_events(Connection& db, TicketId ticket) {
    static const std::string sql = "SELECT " + std::string(event_columns) +
                                   " FROM ticket_event WHERE ticket_id=? ORDER BY seq";
    const auto rows = db.query(sql, {ticket.value});
    if (!rows) return std::unexpected(rows.error());
    std::vector<ticketing::Event> events;
    events.reserve(rows->size());
    for (const Row row : *rows) events.push_back(read_event(row, 0));
    return events;
}

}  // namespace hotline::mysql
