#include "integrations/mysql/freeze_store.hpp"

#include "integrations/mysql/day_param.hpp"
#include "integrations/mysql/event_row.hpp"
#include "sla/rollup_cut.hpp"

namespace hotline::mysql {
namespace {

constexpr std::string_view freeze_columns =
    "id, from_day, to_day, revision, frozen_at, frozen_by, frozen_by_name, reason, "
    "calendar_version, policy_version, definitions, figures, tickets, digest, signature";

Freeze read_freeze(const Row& row) {
    return {
        .id = row.unsigned_integer(0),
        .from = day_of(row.time(1)),
        .to = day_of(row.time(2)),
        .revision = static_cast<int>(row.integer(3)),
        .at = row.time(4),
        .by = {row.unsigned_integer(5)},
        .by_name = row.string(6),
        .reason = row.string(7),
        .calendar_version = static_cast<int>(row.integer(8)),
        .policy_version = static_cast<int>(row.integer(9)),
        .definitions = row.string(10),
        .figures = static_cast<std::uint32_t>(row.integer(11)),
        .tickets = static_cast<std::uint32_t>(row.integer(12)),
        .digest = digest_of(row.text(13)),
        .signature = row.string(14),
    };
}

Result<std::vector<Freeze>> read_freezes(
    Connection& db, std::string_view condition, Params values = {}
) {
    std::string sql = "SELECT " + std::string(freeze_columns) + " FROM kpi_freeze";
    const auto rows = db.query(sql.append(condition), values);
    if (!rows) return std::unexpected(rows.error());
    std::vector<Freeze> freezes;
    freezes.reserve(rows->size());
    for (const Row row : *rows) freezes.push_back(read_freeze(row));
    return freezes;
}

Result<std::optional<Freeze>> first_of(Result<std::vector<Freeze>> freezes) {
    if (!freezes) return std::unexpected(freezes.error());
    if (freezes->empty()) return std::nullopt;
    return std::move(freezes->front());
}

Result<void> insert(Connection& db, const InsertBatch& rows) {
    if (rows.empty()) return {};
    const auto inserted = db.insert(rows);
    if (!inserted) return std::unexpected(inserted.error());
    return {};
}

}  // namespace

Result<std::vector<Freeze>> list_freezes(Connection& db) {
    return read_freezes(db, " ORDER BY from_day DESC, to_day DESC, revision DESC");
}

Result<std::optional<Freeze>> find_freeze(Connection& db, std::uint64_t id) {
    return first_of(read_freezes(db, " WHERE id=?", {id}));
}

Result<std::optional<Freeze>> last_revision(Connection& db, sla::LocalDay from, sla::LocalDay to) {
    return first_of(read_freezes(
        db,
        " WHERE from_day=? AND to_day=? ORDER BY revision DESC LIMIT 1",
        {day_param(from), day_param(to)}
    ));
}

Result<void> insert_freeze(
    Connection& db,
    Freeze& freeze,
    const sla::PeriodFigures& figures,
    std::span<const ChainHead> evidence
) {
    const auto inserted = db.execute(
        "INSERT INTO kpi_freeze (from_day, to_day, revision, frozen_at, frozen_by, frozen_by_name, "
        "reason, calendar_version, policy_version, definitions, figures, tickets, digest, "
        "signature) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        {day_param(freeze.from),
         day_param(freeze.to),
         freeze.revision,
         freeze.at,
         freeze.by ? Param(freeze.by.value) : Param(nullptr),
         freeze.by_name,
         freeze.reason,
         freeze.calendar_version,
         freeze.policy_version,
         freeze.definitions,
         freeze.figures,
         freeze.tickets,
         bytes_of(freeze.digest),
         freeze.signature}
    );
    if (!inserted) return std::unexpected(inserted.error());
    freeze.id = db.last_id();
    InsertBatch sums("kpi_freeze_figure", "freeze_id, dimension, grp, metric, amount");
    for (const auto& [key, amount] : figures) {
        const auto dimension = static_cast<int>(key.dimension);
        sums.add({freeze.id, dimension, key.group, static_cast<int>(key.metric), amount});
    }
    if (auto done = insert(db, sums); !done) return done;
    InsertBatch tickets("kpi_freeze_ticket", "freeze_id, ticket_id, upto_seq, hash");
    for (const ChainHead& head : evidence) {
        tickets.add({freeze.id, head.ticket.value, head.seq, bytes_of(head.hash)});
    }
    return insert(db, tickets);
}

Result<sla::PeriodFigures> read_figures(Connection& db, std::uint64_t freeze) {
    const auto rows = db.query(
        "SELECT dimension, grp, metric, amount FROM kpi_freeze_figure WHERE freeze_id=?", {freeze}
    );
    if (!rows) return std::unexpected(rows.error());
    sla::PeriodFigures figures;
    for (const Row row : *rows) {
        const auto dimension = static_cast<sla::Dimension>(row.integer(0));
        const auto metric = static_cast<sla::Metric>(row.integer(2));
        figures[{dimension, row.string(1), metric}] = row.integer(3);
    }
    return figures;
}

Result<std::vector<ChainHead>> read_evidence(
    Connection& db, std::uint64_t freeze, ticketing::TicketId after, std::size_t limit
) {
    const auto rows = db.query(
        "SELECT ticket_id, upto_seq, hash FROM kpi_freeze_ticket WHERE freeze_id=? AND ticket_id>? "
        "ORDER BY ticket_id LIMIT ?",
        {freeze, after.value, limit}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<ChainHead> heads;
    heads.reserve(rows->size());
    for (const Row row : *rows) {
        const auto seq = static_cast<std::uint32_t>(row.integer(1));
        heads.push_back({{row.unsigned_integer(0)}, seq, digest_of(row.text(2))});
    }
    return heads;
}

Result<std::vector<ticketing::TicketId>> tickets_of_period(
    Connection& db, sla::LocalDay from, sla::LocalDay to
) {
    const auto rows = db.query(
        "SELECT ticket_id FROM kpi_source WHERE month BETWEEN ? AND ? "
        "UNION SELECT ticket_id FROM derive_todo ORDER BY ticket_id",
        {day_param(sla::first_of_month(from)), day_param(to)}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<ticketing::TicketId> tickets;
    tickets.reserve(rows->size());
    for (const Row row : *rows) tickets.push_back({row.unsigned_integer(0)});
    return tickets;
}

}  // namespace hotline::mysql
