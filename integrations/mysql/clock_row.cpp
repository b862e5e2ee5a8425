#include "integrations/mysql/clock_row.hpp"

#include "integrations/mysql/packed_lists.hpp"

#include <string>

namespace hotline::mysql {

const std::string_view clock_columns =
    "kind, generation, state, started_at, due_at, warn_at, warned_at, stopped_at, fired_at, "
    "late_by_ms, next_fire_at, limit_kind, limit_amount, pauses, extensions, calendar_version, "
    "policy_version, beyond_calendar, escalate_at, escalate_to";

const std::string_view clock_moves =
    "ON DUPLICATE KEY UPDATE state=VALUES(state), limit_kind=VALUES(limit_kind), "
    "limit_amount=VALUES(limit_amount), due_at=VALUES(due_at), warn_at=VALUES(warn_at), "
    "warned_at=VALUES(warned_at), stopped_at=VALUES(stopped_at), fired_at=VALUES(fired_at), "
    "late_by_ms=VALUES(late_by_ms), next_fire_at=VALUES(next_fire_at), pauses=VALUES(pauses), "
    "extensions=VALUES(extensions), calendar_version=VALUES(calendar_version), "
    "policy_version=VALUES(policy_version), beyond_calendar=VALUES(beyond_calendar), "
    "escalate_at=VALUES(escalate_at), escalate_to=VALUES(escalate_to)";

const std::string_view clock_later_columns =
    "warned_at, stopped_at, fired_at, late_by_ms, pauses, extensions, beyond_calendar, "
    "escalate_at, escalate_to";

namespace {

std::optional<std::int64_t> late_by_ms(const sla::Clock& clock) {
    if (!clock.fired_at) return std::nullopt;
    return (*clock.fired_at - clock.due_at).count();
}

}  // namespace

std::optional<ticketing::Instant> next_fire(const sla::Clock& clock) {
    if (clock.kind == sla::ClockKind::return_window) return std::nullopt;
    if (clock.state == sla::ClockState::fired) return clock.escalate_at;
    if (clock.state != sla::ClockState::running) return std::nullopt;
    if (clock.warn_at && !clock.warned_at) return clock.warn_at;
    return clock.due_at;
}

void add_clock(InsertBatch& batch, ticketing::TicketId ticket, const sla::Clock& clock) {
    const std::string pauses = pack_pauses(clock.pauses);
    const std::string extensions = pack_extensions(clock.extensions);
    batch.add(
        {ticket.value,
         static_cast<int>(clock.kind),
         clock.generation,
         static_cast<int>(clock.state),
         clock.started_at,
         clock.due_at,
         clock.warn_at,
         clock.warned_at,
         clock.stopped_at,
         clock.fired_at,
         late_by_ms(clock),
         next_fire(clock),
         static_cast<int>(clock.limit.unit),
         clock.limit.amount,
         pauses,
         extensions,
         clock.calendar_version,
         clock.policy_version,
         clock.beyond_known_calendar,
         clock.escalate_at,
         static_cast<int>(clock.escalate_to)}
    );
}

sla::Clock read_clock(const Row& row, std::size_t c) {
    sla::Clock clock;
    clock.kind = static_cast<sla::ClockKind>(row.integer(c));
    clock.generation = static_cast<std::uint16_t>(row.integer(c + 1));
    clock.state = static_cast<sla::ClockState>(row.integer(c + 2));
    clock.started_at = row.time(c + 3);
    clock.due_at = row.time(c + 4);
    clock.warn_at = row.optional_time(c + 5);
    clock.warned_at = row.optional_time(c + 6);
    clock.stopped_at = row.optional_time(c + 7);
    clock.fired_at = row.optional_time(c + 8);
    clock.limit.unit = static_cast<sla::LimitUnit>(row.integer(c + 11));
    clock.limit.amount = static_cast<std::int32_t>(row.integer(c + 12));
    clock.pauses = unpack_pauses(row.text(c + 13));
    clock.extensions = unpack_extensions(row.text(c + 14));
    clock.calendar_version = static_cast<std::uint32_t>(row.integer(c + 15));
    clock.policy_version = static_cast<std::uint32_t>(row.integer(c + 16));
    clock.beyond_known_calendar = row.flag(c + 17);
    clock.escalate_at = row.optional_time(c + 18);
    clock.escalate_to = static_cast<std::uint8_t>(row.integer(c + 19));
    return clock;
}

Result<std::vector<sla::Clock>> read_clocks(Connection& db, ticketing::TicketId ticket) {
    static const std::string sql = "SELECT " + std::string(clock_columns) +
                                   " FROM ticket_clock WHERE ticket_id=? "
                                   "ORDER BY started_at, kind, generation";
    const auto rows = db.query(sql, {ticket.value});
    if (!rows) return std::unexpected(rows.error());
    std::vector<sla::Clock> clocks;
    clocks.reserve(rows->size());
    for (const Row row : *rows) clocks.push_back(read_clock(row, 0));
    return clocks;
}

}  // namespace hotline::mysql
