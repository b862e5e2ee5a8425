#include "integrations/mysql/derive_store.hpp"

#include "integrations/mysql/day_param.hpp"
#include "integrations/mysql/event_row.hpp"
#include "integrations/mysql/query_text.hpp"

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

}  // namespace

Result<DeriveWork> take_derive_work(Connection& db, std::size_t limit) {
    const auto rows = db.query(
        "SELECT id, ticket_id FROM derive_todo ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED", {limit}
    );
    if (!rows) return std::unexpected(rows.error());
    DeriveWork work;
    for (const Row row : *rows) {
        work.rows.push_back(row.unsigned_integer(0));
        work.tickets.push_back({row.unsigned_integer(1)});
    }
    std::ranges::sort(work.tickets);
    const auto twice = std::ranges::unique(work.tickets);
    work.tickets.erase(twice.begin(), twice.end());
    return work;
}

Result<void> finish_derive_work(Connection& db, std::span<const std::uint64_t> rows) {
    if (rows.empty()) return {};
    std::vector<Param> ids(rows.begin(), rows.end());
    QueryText sql;
    sql.add("DELETE FROM derive_todo WHERE ").add(QueryText::in("id", std::move(ids)));
    const auto deleted = db.execute(sql.text(), sql.values());
    if (!deleted) return std::unexpected(deleted.error());
    return {};
}

Result<std::uint64_t> derive_backlog(Connection& db, std::uint64_t limit) {
    const auto rows =
        db.query("SELECT COUNT(*) FROM (SELECT 1 FROM derive_todo LIMIT ?) waiting", {limit});
    if (!rows) return std::unexpected(rows.error());
    return rows->front().unsigned_integer(0);
}

Result<std::map<TicketId, StoredFacts>> lock_facts(
    Connection& db, std::span<const TicketId> tickets
) {
    std::map<TicketId, StoredFacts> found;
    if (tickets.empty()) return found;
    // An insert locks the row also where it is there already, and a row that is not there could not
    // be locked at all.
    InsertBatch rows(
        "ticket_facts", "ticket_id, upto_seq, facts", "ON DUPLICATE KEY UPDATE upto_seq=upto_seq"
    );
    for (const TicketId id : tickets) rows.add({id.value, 0, ""});
    if (auto locked = insert(db, rows); !locked) return std::unexpected(locked.error());
    QueryText sql;
    sql.add("SELECT ticket_id, upto_seq, facts FROM ticket_facts WHERE ")
        .add(QueryText::in("ticket_id", keys(tickets)));
    const auto stored = sql.run(db);
    if (!stored) return std::unexpected(stored.error());
    for (const Row row : *stored) {
        found[{row.unsigned_integer(0)}] = {
            static_cast<std::uint32_t>(row.integer(1)), row.string(2)
        };
    }
    return found;
}

Result<void> store_facts(Connection& db, const std::map<TicketId, StoredFacts>& facts) {
    InsertBatch rows(
        "ticket_facts",
        "ticket_id, upto_seq, facts",
        "ON DUPLICATE KEY UPDATE upto_seq=VALUES(upto_seq), facts=VALUES(facts)"
    );
    for (const auto& [ticket, stored] : facts) {
        rows.add({ticket.value, stored.upto_seq, stored.facts});
    }
    return insert(db, rows);
}

Result<std::vector<ticketing::Event>> read_events(
    Connection& db, std::span<const TicketId> tickets
) {
    std::vector<ticketing::Event> events;
    if (tickets.empty()) return events;
    QueryText sql;
    sql.add("SELECT ").add(event_columns).add(" FROM ticket_event WHERE ");
    sql.add(QueryText::in("ticket_id", keys(tickets))).add(" ORDER BY ticket_id, seq");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    events.reserve(rows->size());
    for (const Row row : *rows) events.push_back(read_event(row, 0));
    return events;
}

Result<void> add_to_rollups(Connection& db, const sla::Rollups& changes) {
    InsertBatch rows(
        "rollup",
        "cut, day, metric, unit_id, division, official_id, channel, type, topic, amount",
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
             amount}
        );
    }
    return insert(db, rows);
}

Result<void> store_sources(Connection& db, const std::map<SourceKey, std::uint64_t>& changed) {
    InsertBatch rows(
        "kpi_source", "month, ticket_id, metrics", "ON DUPLICATE KEY UPDATE metrics=VALUES(metrics)"
    );
    bool emptied = false;
    for (const auto& [key, metrics] : changed) {
        rows.add({day_param(key.first), key.second.value, metrics});
        emptied = emptied || metrics == 0;
    }
    if (auto done = insert(db, rows); !done || !emptied) return done;
    for (const auto& [key, metrics] : changed) {
        if (metrics != 0) continue;
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
