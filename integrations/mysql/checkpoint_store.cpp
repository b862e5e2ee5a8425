#include "integrations/mysql/checkpoint_store.hpp"

#include "integrations/mysql/done.hpp"
#include "integrations/mysql/event_row.hpp"
#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {
namespace {

Checkpoint read_checkpoint(const Row& row) {
    return {
        .id = row.unsigned_integer(0),
        .at = row.time(1),
        .entries = static_cast<std::uint32_t>(row.integer(2)),
        .digest = digest_of(row.text(3)),
        .signature = row.string(4),
    };
}

// In order of ticket, behind those that are there; they count as not moved from then on.
Result<void> take_heads(
    Connection& db, std::span<const ticketing::TicketId> tickets, std::vector<ChainHead>& heads
) {
    std::vector<Param> ids;
    for (const auto ticket : tickets) ids.emplace_back(ticket.value);
    QueryText read;
    read.add(
            "SELECT t.id, e.seq, e.hash FROM ticket t "
            "JOIN ticket_event e ON e.ticket_id=t.id AND e.seq=t.last_seq WHERE "
    )
        .add(QueryText::in("t.id", ids))
        .add(" ORDER BY t.id");
    const auto rows = read.run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        heads.push_back(
            {{row.unsigned_integer(0)},
             static_cast<std::uint32_t>(row.integer(1)),
             digest_of(row.text(2))}
        );
    }
    QueryText forget;
    forget.add("DELETE FROM chain_moved WHERE ").add(QueryText::in("ticket_id", std::move(ids)));
    return done(db.execute(forget.text(), forget.values()));
}

}  // namespace

Result<std::optional<Checkpoint>> last_checkpoint(Connection& db) {
    const auto rows = db.query(
        "SELECT id, at, entries, digest, signature FROM chain_checkpoint ORDER BY id DESC LIMIT 1"
    );
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::nullopt;
    return read_checkpoint(rows->front());
}

Result<std::vector<ChainHead>> take_moved_chains(Connection& db, std::size_t limit) {
    const auto moved = db.query(
        "SELECT ticket_id FROM chain_moved ORDER BY ticket_id LIMIT ? FOR UPDATE SKIP LOCKED",
        {limit}
    );
    if (!moved) return std::unexpected(moved.error());
    std::vector<ChainHead> heads;
    if (moved->empty()) return heads;
    heads.reserve(moved->size());
    std::vector<ticketing::TicketId> tickets;
    for (const Row row : *moved) tickets.push_back({row.unsigned_integer(0)});
    const auto taken = in_parts(std::span<const ticketing::TicketId>(tickets), [&](auto some) {
        return take_heads(db, some, heads);
    });
    if (!taken) return std::unexpected(taken.error());
    return heads;
}

Result<void> insert_checkpoint(
    Connection& db, const Checkpoint& checkpoint, std::span<const ChainHead> heads
) {
    const auto inserted = db.execute(
        "INSERT INTO chain_checkpoint (id, at, entries, digest, signature) VALUES (?,?,?,?,?)",
        {checkpoint.id,
         checkpoint.at,
         checkpoint.entries,
         bytes_of(checkpoint.digest),
         checkpoint.signature}
    );
    if (!inserted) return std::unexpected(inserted.error());
    InsertBatch entries("chain_checkpoint_entry", "checkpoint_id, ticket_id, seq, hash");
    for (const ChainHead& head : heads) {
        entries.add({checkpoint.id, head.ticket.value, head.seq, bytes_of(head.hash)});
    }
    if (entries.empty()) return {};
    const auto written = db.insert(entries);
    if (!written) return std::unexpected(written.error());
    return {};
}

Result<std::vector<Checkpoint>> read_checkpoints(Connection& db) {
    const auto rows =
        db.query("SELECT id, at, entries, digest, signature FROM chain_checkpoint ORDER BY id");
    if (!rows) return std::unexpected(rows.error());
    std::vector<Checkpoint> checkpoints;
    checkpoints.reserve(rows->size());
    for (const Row row : *rows) checkpoints.push_back(read_checkpoint(row));
    return checkpoints;
}

Result<void> for_each_checkpoint_entry(Connection& db, const EntrySink& sink) {
    return db.for_each(
        "SELECT c.checkpoint_id, c.ticket_id, c.seq, c.hash, e.hash FROM chain_checkpoint_entry c "
        "LEFT JOIN (ticket_event e JOIN ticket t ON t.id=e.ticket_id) "
        "ON e.ticket_id=c.ticket_id AND e.seq=c.seq ORDER BY c.checkpoint_id, c.ticket_id",
        {},
        [&sink](const Row& row) {
            const ChainHead head{
                {row.unsigned_integer(1)},
                static_cast<std::uint32_t>(row.integer(2)),
                digest_of(row.text(3))
            };
            std::optional<ticketing::Digest> now;
            if (!row.null(4)) now = digest_of(row.text(4));
            sink(row.unsigned_integer(0), head, now);
            return true;
        }
    );
}

}  // namespace hotline::mysql
