#include "integrations/mysql/appeal_texts.hpp"

#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {
namespace {

using ticketing::Instant;
using ticketing::TicketId;

constexpr std::string_view text_columns =
    "SELECT id, state, needs_entry, enterprise_id, enterprise_name, title, content, division, "
    "topic, accepted_at FROM ticket WHERE ";
constexpr std::size_t deleted_at_once = 5'000;

Result<std::vector<AppealText>> read(Connection& db, const QueryText& sql) {
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<AppealText> texts;
    texts.reserve(rows->size());
    for (const Row row : *rows) {
        AppealText& text = texts.emplace_back();
        text.ticket = {row.unsigned_integer(0)};
        text.state = static_cast<ticketing::State>(row.integer(1));
        text.needs_entry = row.flag(2);
        text.enterprise = {row.unsigned_integer(3)};
        text.enterprise_name = row.string(4);
        text.title = row.string(5);
        text.content = row.string(6);
        text.division = row.string(7);
        text.topic = row.string(8);
        text.accepted_at = row.time(9);
    }
    return texts;
}

}  // namespace

Result<std::vector<AppealText>> appeal_texts_after(
    Connection& db, TicketId after, Instant since, std::size_t limit
) {
    QueryText sql;
    sql.add(text_columns)
        .add("id>? AND accepted_at>=? ORDER BY id LIMIT ?", {after.value, since, limit});
    return read(db, sql);
}

Result<std::vector<AppealText>> appeal_texts_of(Connection& db, std::span<const TicketId> tickets) {
    if (tickets.empty()) return std::vector<AppealText>{};
    std::vector<Param> ids;
    ids.reserve(tickets.size());
    for (const TicketId ticket : tickets) ids.emplace_back(ticket.value);
    QueryText sql;
    sql.add(text_columns).add(QueryText::in("id", std::move(ids))).add(" ORDER BY id");
    return read(db, sql);
}

Result<void> note_text_changes(Connection& db, std::span<const TicketId> tickets) {
    if (tickets.empty()) return {};
    const auto now = clock_of_store(db);
    if (!now) return std::unexpected(now.error());
    InsertBatch rows("text_change", "at, ticket_id", "ON DUPLICATE KEY UPDATE at=VALUES(at)");
    rows.reserve(tickets.size());
    for (const TicketId ticket : tickets) rows.add({*now, ticket.value});
    const auto written = db.insert(rows);
    if (!written) return std::unexpected(written.error());
    return {};
}

Result<std::vector<TextChange>> text_changes_from(Connection& db, Instant from) {
    const auto rows = db.query(
        "SELECT at, ticket_id FROM text_change WHERE at>=? ORDER BY at, ticket_id", {from}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<TextChange> changes;
    changes.reserve(rows->size());
    for (const Row row : *rows) changes.push_back({row.time(0), {row.unsigned_integer(1)}});
    return changes;
}

Result<void> forget_text_changes(Connection& db, Instant before) {
    const auto gone = db.execute(
        "DELETE FROM text_change WHERE at<? ORDER BY at LIMIT ?", {before, deleted_at_once}
    );
    if (!gone) return std::unexpected(gone.error());
    return {};
}

Result<Instant> clock_of_store(Connection& db) {
    const auto rows = db.query("SELECT UTC_TIMESTAMP(3)");
    if (!rows) return std::unexpected(rows.error());
    return rows->front().time(0);
}

}  // namespace hotline::mysql
