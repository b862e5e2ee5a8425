#include "integrations/mysql/proof_store.hpp"

#include "integrations/mysql/day_param.hpp"
#include "integrations/mysql/event_row.hpp"
#include "integrations/mysql/ticket_row.hpp"
#include "sla/clock.hpp"

#include <algorithm>

namespace hotline::mysql {
namespace {

using sla::ClockState;
using ticketing::State;

int as_int(auto value) {
    return static_cast<int>(value);
}

// The statement answers with the keys of what is wrong, and stops counting at a number that says
// enough.
Result<Finding> findings(Connection& db, std::string_view sql, Params params = {}) {
    constexpr std::uint64_t enough = 100'000;
    Finding finding;
    const auto read = db.for_each(sql, params, [&finding](const Row& row) {
        if (finding.count == 0) finding.first = row.string(0);
        return ++finding.count < enough;
    });
    if (!read) return std::unexpected(read.error());
    return finding;
}

// Tickets a table of work still lists though nothing has happened to them since.
Result<Finding> unmoved_since(Connection& db, std::string_view table, ticketing::Instant before) {
    const std::string sql = "SELECT w.ticket_id FROM " + std::string(table) +
                            " w JOIN ticket t ON t.id=w.ticket_id "
                            "JOIN ticket_event e ON e.ticket_id=t.id AND e.seq=t.last_seq "
                            "WHERE e.at<?";
    return findings(db, sql, {before});
}

// "id, name" of table t → "t.id, t.name, "
std::string columns_of(std::string_view table, std::string_view columns) {
    std::string out;
    while (!columns.empty()) {
        const std::size_t comma = columns.find(", ");
        out.append(table).append(".").append(columns.substr(0, comma)).append(", ");
        columns.remove_prefix(comma == columns.npos ? columns.size() : comma + 2);
    }
    return out;
}

Result<void> run(Connection& db, std::string_view sql) {
    const auto done = db.execute(sql);
    if (!done) return std::unexpected(done.error());
    return {};
}

}  // namespace

Result<void> begin_snapshot(Connection& db) {
    if (auto done = run(db, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"); !done) return done;
    return run(db, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
}

Result<void> end_snapshot(Connection& db) {
    return run(db, "ROLLBACK");
}

Result<std::uint64_t> count_tickets(Connection& db) {
    const auto rows = db.query("SELECT COUNT(*) FROM ticket");
    if (!rows) return std::unexpected(rows.error());
    return rows->front().unsigned_integer(0);
}

Result<Finding> shared_keys(Connection& db) {
    return findings(
        db, "SELECT MIN(number) FROM ticket GROUP BY channel, idempotency_key HAVING COUNT(*)>1"
    );
}

Result<Finding> lost_aliases(Connection& db) {
    return findings(
        db,
        "SELECT a.number FROM ticket_alias a LEFT JOIN ticket t ON t.id=a.ticket_id "
        "LEFT JOIN ticket o ON o.number=a.number WHERE t.id IS NULL OR o.id IS NOT NULL"
    );
}

Result<Finding> lost_dead_letters(Connection& db) {
    return findings(
        db,
        "SELECT d.stream_id FROM dead_letter d LEFT JOIN ticket t ON t.id=d.ticket_id "
        "WHERE t.id IS NULL"
    );
}

Result<Finding> tickets_without_log(Connection& db) {
    return findings(
        db,
        "SELECT t.number FROM ticket t LEFT JOIN ticket_event e ON e.ticket_id=t.id AND e.seq=1 "
        "WHERE e.ticket_id IS NULL"
    );
}

Result<Finding> open_without_clock(Connection& db) {
    return findings(
        db,
        "SELECT t.number FROM ticket t WHERE t.state NOT IN (?,?,?,?,?) AND NOT EXISTS "
        "(SELECT 1 FROM ticket_clock c WHERE c.ticket_id=t.id AND c.state IN (?,?,?))",
        {as_int(State::closed),
         as_int(State::archived),
         as_int(State::declined),
         as_int(State::merged),
         as_int(State::withdrawn),
         as_int(ClockState::running),
         as_int(ClockState::fired),
         as_int(ClockState::paused)}
    );
}

Result<Finding> untold_events(Connection& db, ticketing::Instant before) {
    return findings(db, "SELECT ticket_id FROM outbox WHERE next_at<?", {before});
}

Result<Finding> unended_notices(Connection& db, ticketing::Instant before) {
    return findings(
        db,
        "SELECT id FROM notice WHERE (ending=0)<>(next_at IS NOT NULL) OR next_at<? OR "
        "(ending=2 AND delivered_at IS NULL) OR (ending=1 AND acknowledged_at IS NULL) UNION ALL "
        "SELECT notice_id FROM notice_delivery WHERE (state=1)<>(next_at IS NOT NULL) OR "
        "next_at<?",
        {before, before - std::chrono::hours(25)}
    );
}

Result<Finding> undelivered_events(Connection& db, ticketing::Instant before) {
    return unmoved_since(db, "notice_todo", before);
}

Result<Finding> underived_tickets(Connection& db, ticketing::Instant before) {
    return unmoved_since(db, "derive_todo", before);
}

Result<Finding> unindexed_tickets(Connection& db, ticketing::Instant before) {
    return unmoved_since(db, "search_todo", before);
}

Result<Finding> unfired_clocks(Connection& db, ticketing::Instant before) {
    return findings(db, "SELECT id FROM ticket WHERE next_fire_at<?", {before});
}

Result<void> for_each_number(Connection& db, const NumberSink& sink) {
    return db.for_each("SELECT number, id FROM ticket", {}, [&sink](const Row& row) {
        sink(row.text(0), {row.unsigned_integer(1)});
        return true;
    });
}

Result<void> for_each_event(Connection& db, const EventSink& sink) {
    const std::string columns = columns_of("e", event_columns);
    const std::string whole =
        columns_of("w", ticket_fixed_columns) + columns_of("w", ticket_moving_columns);
    const std::size_t after = static_cast<std::size_t>(std::ranges::count(columns, ','));
    return db.for_each(
        "SELECT " + columns +
            "t.id, t.last_seq, t.last_hash, t.state, IF(f.counted,f.upto_seq,0), " + whole +
            "w.log_is_whole FROM ticket_event e LEFT JOIN ticket t ON t.id=e.ticket_id "
            "LEFT JOIN ticket_facts f ON f.ticket_id=e.ticket_id "
            "LEFT JOIN ticket w ON w.id=e.ticket_id AND w.last_seq=e.seq AND w.log_is_whole=1 "
            "ORDER BY e.ticket_id, e.seq",
        {},
        [&sink, after](const Row& row) {
            RowHead head{
                .there = !row.null(after),
                .last_seq = static_cast<std::uint32_t>(row.integer(after + 1)),
                .last_hash = digest_of(row.text(after + 2)),
                .state = static_cast<State>(row.integer(after + 3)),
                .derived_upto = static_cast<std::uint32_t>(row.integer(after + 4)),
            };
            if (!row.null(after + 5)) head.row = read_ticket(row, after + 5);
            sink(read_event(row, 0), head);
            return true;
        }
    );
}

Result<sla::Rollups> read_rollups(Connection& db) {
    sla::Rollups rollups;
    const auto read = db.for_each(
        "SELECT cut, day, metric, unit_id, division, official_id, channel, type, topic, hour, "
        "amount FROM rollup WHERE amount<>0",
        {},
        [&rollups](const Row& row) {
            const sla::CounterKey counter{
                .day = day_of(row.time(1)),
                .metric = static_cast<sla::Metric>(row.integer(2)),
                .unit = row.unsigned_integer(3),
                .division = row.string(4),
                .official = row.unsigned_integer(5),
                .channel = static_cast<std::uint8_t>(row.integer(6)),
                .type = static_cast<std::uint8_t>(row.integer(7)),
                .topic = row.string(8),
                .hour = static_cast<std::uint8_t>(row.integer(9)),
            };
            rollups.emplace(
                sla::RollupKey{static_cast<sla::Cut>(row.integer(0)), counter}, row.integer(10)
            );
            return true;
        }
    );
    if (!read) return std::unexpected(read.error());
    return rollups;
}

Result<Sources> read_sources(Connection& db) {
    Sources sources;
    const auto read = db.for_each(
        "SELECT month, ticket_id, metrics, unmet FROM kpi_source",
        {},
        [&sources](const Row& row) {
            sources.emplace(
                std::pair{day_of(row.time(0)), row.unsigned_integer(1)},
                sla::MonthBits{row.unsigned_integer(2), row.unsigned_integer(3)}
            );
            return true;
        }
    );
    if (!read) return std::unexpected(read.error());
    return sources;
}

Result<std::unordered_set<std::uint64_t>> tickets_to_derive(Connection& db) {
    std::unordered_set<std::uint64_t> tickets;
    const auto read =
        db.for_each("SELECT ticket_id FROM derive_todo", {}, [&tickets](const Row& row) {
            tickets.insert(row.unsigned_integer(0));
            return true;
        });
    if (!read) return std::unexpected(read.error());
    return tickets;
}

}  // namespace hotline::mysql
