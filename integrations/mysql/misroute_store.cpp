#include "integrations/mysql/misroute_store.hpp"

#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {

using ticketing::Kept;
using ticketing::Misroute;
using ticketing::TicketId;
using ticketing::UnitId;

namespace {

Result<void> insert_lessons(Connection& db, const InsertBatch& rows) {
    if (rows.empty()) return {};
    const auto inserted = db.insert(rows);
    if (!inserted) return std::unexpected(inserted.error());
    return {};
}

}  // namespace

Result<void> store_misroutes(
    Connection& db, const std::map<TicketId, std::vector<Misroute>>& changed
) {
    InsertBatch rows("misroute", "ticket_id, nth, topic, division, unit_id, went_to, returned_at");
    for (const auto& [ticket, misroutes] : changed) {
        // Few: one ticket in twelve is returned at all.
        const auto gone = db.execute("DELETE FROM misroute WHERE ticket_id=?", {ticket.value});
        if (!gone) return std::unexpected(gone.error());
        int nth = 0;
        for (const Misroute& one : misroutes) {
            rows.add(
                {ticket.value,
                 ++nth,
                 one.topic,
                 one.place,
                 one.unit.value,
                 one.went_to.value,
                 one.returned_at}
            );
        }
    }
    return insert_lessons(db, rows);
}

Result<void> store_kept(Connection& db, std::span<const Kept> kept) {
    InsertBatch rows(
        "kept_matter",
        "topic, division, unit_id, sent_at",
        "ON DUPLICATE KEY UPDATE sent_at=GREATEST(sent_at, VALUES(sent_at))"
    );
    for (const Kept& one : kept) rows.add({one.topic, one.place, one.unit.value, one.sent_at});
    return insert_lessons(db, rows);
}

Result<StoredLessons> read_lessons(Connection& db, ticketing::Instant since) {
    const auto returns = db.query(
        "SELECT topic, division, unit_id, went_to, returned_at FROM misroute WHERE returned_at>=?",
        {since}
    );
    if (!returns) return std::unexpected(returns.error());
    const auto kept = db.query(
        "SELECT DISTINCT k.topic, k.division, k.unit_id, k.sent_at FROM misroute m "
        "JOIN kept_matter k ON k.topic=m.topic AND k.division=m.division "
        "WHERE m.returned_at>=? AND k.sent_at>=?",
        {since, since}
    );
    if (!kept) return std::unexpected(kept.error());
    StoredLessons lessons;
    for (const Row row : *returns) {
        lessons.misroutes.push_back(
            {row.string(0),
             row.string(1),
             UnitId{row.unsigned_integer(2)},
             UnitId{row.unsigned_integer(3)},
             row.time(4)}
        );
    }
    for (const Row row : *kept) {
        lessons.kept.push_back(
            {row.string(0), row.string(1), UnitId{row.unsigned_integer(2)}, row.time(3)}
        );
    }
    return lessons;
}

}  // namespace hotline::mysql
