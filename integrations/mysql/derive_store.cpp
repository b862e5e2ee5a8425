#include "integrations/mysql/derive_store.hpp"

#include "integrations/mysql/day_param.hpp"
#include "integrations/mysql/event_row.hpp"
#include "integrations/mysql/query_text.hpp"
#include "integrations/mysql/work_rows.hpp"

#include <algorithm>
#include <chrono>

namespace hotline::mysql {

using ticketing::TicketId;

namespace {

std::vector<Param> keys(std::span<const TicketId> tickets) {
    std::vector<Param> values;
    values.reserve(tickets.size());
    for (const TicketId id : tickets) values.emplace_back(id.value);
    return values;
}

Result<void> insert(Connection& db, const InsertBatch& batch) {
    if (batch.empty()) return {};
    const auto inserted = db.insert(batch);
    if (!inserted) return std::unexpected(inserted.error());
    return {};
}

// Adds those that are there.
Result<void> lock_stored(
    Connection& db, std::span<const TicketId> tickets, std::map<TicketId, StoredFacts>& found
) {
    return in_parts(tickets, [&](std::span<const TicketId> some) -> Result<void> {
        QueryText sql;
        sql.add("SELECT ticket_id, upto_seq, counted, facts FROM ticket_facts WHERE ")
            .add(QueryText::in("ticket_id", keys(some)))
            .add(" FOR UPDATE");
        const auto stored = sql.run(db);
        if (!stored) return std::unexpected(stored.error());
        for (const Row row : *stored) {
            found[{row.unsigned_integer(0)}] = {
                static_cast<std::uint32_t>(row.integer(1)), row.flag(2), row.string(3)
            };
        }
        return {};
    });
}

}  // namespace

Result<DeriveWork> take_derive_work(Connection& db, std::size_t limit) {
    const auto rows = db.query(
        "SELECT id, ticket_id, seq FROM derive_todo ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED",
        {limit}
    );
    if (!rows) return std::unexpected(rows.error());
    DeriveWork work;
    for (const Row row : *rows) {
        work.rows.push_back(row.unsigned_integer(0));
        std::uint32_t& upto = work.upto_seq[{row.unsigned_integer(1)}];
        upto = std::max(upto, static_cast<std::uint32_t>(row.unsigned_integer(2)));
    }
    return work;
}

Result<void> finish_derive_work(Connection& db, std::span<const std::uint64_t> rows) {
    return delete_work(db, "derive_todo", rows);
}

Result<std::uint64_t> derive_backlog(Connection& db) {
    return count_work(db, "derive_todo");
}

Result<std::map<TicketId, StoredFacts>> lock_facts(
    Connection& db, std::span<const TicketId> tickets
) {
    std::map<TicketId, StoredFacts> found;
    if (auto read = lock_stored(db, tickets, found); !read) return std::unexpected(read.error());
    if (found.size() == tickets.size()) return found;
    // A row that is not there cannot be locked. An insert locks it also where another worker made
    // it meanwhile.
    InsertBatch rows(
        "ticket_facts", "ticket_id, upto_seq, facts", "ON DUPLICATE KEY UPDATE upto_seq=upto_seq"
    );
    std::vector<TicketId> missing;
    for (const TicketId id : tickets) {
        if (found.contains(id)) continue;
        rows.add({id.value, 0, ""});
        missing.push_back(id);
    }
    if (auto locked = insert(db, rows); !locked) return std::unexpected(locked.error());
    if (auto read = lock_stored(db, missing, found); !read) return std::unexpected(read.error());
    return found;
}

Result<void> store_facts(Connection& db, const std::map<TicketId, StoredFacts>& facts) {
    InsertBatch rows(
        "ticket_facts",
        "ticket_id, upto_seq, facts",
        "ON DUPLICATE KEY UPDATE upto_seq=VALUES(upto_seq), counted=1, facts=VALUES(facts)"
    );
    for (const auto& [ticket, stored] : facts) {
        rows.add({ticket.value, stored.upto_seq, stored.facts});
    }
    return insert(db, rows);
}

Result<void> set_counted(Connection& db, std::span<const TicketId> tickets) {
    return in_parts(tickets, [&](std::span<const TicketId> some) -> Result<void> {
        QueryText sql;
        sql.add("UPDATE ticket_facts SET counted=1 WHERE ")
            .add(QueryText::in("ticket_id", keys(some)));
        const auto done = db.execute(sql.text(), sql.values());
        if (!done) return std::unexpected(done.error());
        return {};
    });
}

Result<std::vector<ticketing::Event>> read_events(
    Connection& db, std::span<const TicketId> tickets
) {
    std::vector<ticketing::Event> events;
    const auto read = in_parts(tickets, [&](std::span<const TicketId> some) -> Result<void> {
        QueryText sql;
        sql.add("SELECT ").add(event_columns).add(" FROM ticket_event WHERE ");
        sql.add(QueryText::in("ticket_id", keys(some))).add(" ORDER BY ticket_id, seq");
        const auto rows = sql.run(db);
        if (!rows) return std::unexpected(rows.error());
        for (const Row row : *rows) events.push_back(read_event(row, 0));
        return {};
    });
    if (!read) return std::unexpected(read.error());
    return events;
}

Result<void> add_to_rollups(Connection& db, const sla::Rollups& changes) {
    InsertBatch rows(
        "rollup",
        "cut, day, metric, unit_id, division, official_id, channel, type, topic, "
        "hour, amount",
        "ON DUPLICATE KEY UPDATE amount=amount+VALUES(amount)"
    );
    rows.reserve(changes.size());
    for (const auto& [key, amount] : changes) {
        const sla::CounterKey& counter = key.counter;
        rows.add(
            {static_cast<int>(key.cut),
             day_param(counter.day),
             static_cast<int>(counter.metric),
             counter.unit,
             counter.division,
             counter.official,
             static_cast<int>(counter.channel),
             static_cast<int>(counter.type),
             counter.topic,
             static_cast<int>(counter.hour),
             amount}
        );
    }
    return insert(db, rows);
}

Result<void> store_sources(Connection& db, const std::map<SourceKey, sla::MonthBits>& changed) {
    InsertBatch rows(
        "kpi_source",
        "month, ticket_id, metrics, unmet",
        "ON DUPLICATE KEY UPDATE metrics=VALUES(metrics), unmet=VALUES(unmet)"
    );
    bool emptied = false;
    for (const auto& [key, bits] : changed) {
        rows.add({day_param(key.first), key.second.value, bits.metrics, bits.unmet});
        emptied = emptied || bits.metrics == 0;
    }
    if (auto done = insert(db, rows); !done || !emptied) return done;
    for (const auto& [key, bits] : changed) {
        if (bits.metrics != 0) continue;
        const auto deleted = db.execute(
            "DELETE FROM kpi_source WHERE month=? AND ticket_id=?",
            {day_param(key.first), key.second.value}
        );
        if (!deleted) return std::unexpected(deleted.error());
    }
    return {};
}

Result<void> note_moved_chains(Connection& db, std::span<const TicketId> tickets) {
    InsertBatch rows("chain_moved", "ticket_id", "ON DUPLICATE KEY UPDATE ticket_id=ticket_id");
    for (const TicketId id : tickets) rows.add({id.value});
    return insert(db, rows);
}

}  // namespace hotline::mysql
