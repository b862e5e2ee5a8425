#include "integrations/mysql/handover_store.hpp"

#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {
namespace {

constexpr std::string_view handover_columns =
    "SELECT h.id, h.ticket_id, h.partner_id, h.state, h.service_code, h.token, h.request_id, "
    "h.words, h.attempts, h.next_at, h.queued_at, h.sent_at, h.seen_at, h.told_at, h.status, "
    "h.fault, COALESCE((SELECT p.name FROM partner p WHERE p.id=h.partner_id),'') "
    "FROM handover h ";

// E18. A lost one has its words in its state.
constexpr std::string_view silent =
    "((h.state IN (1,2,3) AND h.queued_at<?) OR (h.state=4 AND COALESCE(h.seen_at,h.queued_at)<?)) "
    "AND h.told_at IS NULL";

Handover to_handover(const Row& row) {
    Handover one;
    one.id = row.unsigned_integer(0);
    one.ticket = {row.unsigned_integer(1)};
    one.partner = row.unsigned_integer(2);
    one.state = static_cast<HandoverState>(row.integer(3));
    one.service_code = row.string(4);
    one.token = row.string(5);
    one.request_id = row.string(6);
    one.words = row.string(7);
    one.attempts = static_cast<unsigned>(row.integer(8));
    one.next_at = row.time(9);
    one.queued_at = row.time(10);
    one.sent_at = row.optional_time(11);
    one.seen_at = row.optional_time(12);
    one.told_at = row.optional_time(13);
    one.status = static_cast<unsigned>(row.integer(14));
    one.fault = row.string(15);
    one.partner_name = row.string(16);
    return one;
}

Result<std::vector<Handover>> handovers_where(
    Connection& db, std::string_view rest, Params params = {}
) {
    const auto rows = db.query(std::string(handover_columns) + std::string(rest), params);
    if (!rows) return std::unexpected(rows.error());
    std::vector<Handover> found;
    for (const Row row : *rows) found.push_back(to_handover(row));
    return found;
}

Result<std::optional<Handover>> first_of(Result<std::vector<Handover>> found) {
    if (!found) return std::unexpected(found.error());
    if (found->empty()) return std::optional<Handover>();
    return std::optional(std::move(found->front()));
}

std::int64_t number_of(HandoverState state) {
    return static_cast<std::int64_t>(state);
}

}  // namespace

Result<void> insert_handovers(Connection& db, std::span<const NewHandover> fresh) {
    for (const NewHandover& one : fresh) {
        const auto done = db.execute(
            "INSERT INTO handover (ticket_id, partner_id, next_at, queued_at) "
            "SELECT ?, id, ?, ? FROM partner WHERE id=? LOCK IN SHARE MODE "
            "ON DUPLICATE KEY UPDATE next_at=IF(state=10,VALUES(next_at),next_at), "
            "queued_at=IF(state=10,VALUES(queued_at),queued_at), "
            "told_at=IF(state=10,NULL,told_at), seen_at=IF(state=10,NULL,seen_at), "
            "state=IF(state=10,IF(request_id<>'',4,IF(sent_at IS NULL,1,2)),state)",
            {one.ticket.value, one.at, one.at, one.partner}
        );
        if (!done) return std::unexpected(done.error());
    }
    return {};
}

Result<std::vector<std::uint64_t>> partners_with_work(Connection& db, ticketing::Instant now) {
    const auto rows = db.query(
        "SELECT p.id FROM partner p WHERE p.active=1 AND (p.paused_until IS NULL OR "
        "p.paused_until<=?) AND EXISTS (SELECT 1 FROM handover h WHERE h.partner_id=p.id AND "
        "h.state IN (1,2,3,4) AND h.next_at<=?)",
        {now, now}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<std::uint64_t> ids;
    for (const Row row : *rows) ids.push_back(row.unsigned_integer(0));
    return ids;
}

Result<std::optional<Handover>> lock_due_handover(
    Connection& db, std::uint64_t partner, ticketing::Instant now
) {
    return first_of(handovers_where(
        db,
        "WHERE h.partner_id=? AND h.state IN (1,2,3) AND h.next_at<=? "
        "ORDER BY h.next_at, h.id LIMIT 1 FOR UPDATE SKIP LOCKED",
        {partner, now}
    ));
}

Result<std::vector<Handover>> take_followed(
    Connection& db,
    std::uint64_t partner,
    ticketing::Instant now,
    ticketing::Instant until,
    std::size_t most
) {
    auto found = handovers_where(
        db,
        "WHERE h.partner_id=? AND h.state=4 AND h.next_at<=? "
        "ORDER BY h.next_at, h.id LIMIT ? FOR UPDATE SKIP LOCKED",
        {partner, now, most}
    );
    if (!found) return found;
    for (const Handover& one : *found) {
        const auto leased = db.execute("UPDATE handover SET next_at=? WHERE id=?", {until, one.id});
        if (!leased) return std::unexpected(leased.error());
    }
    return found;
}

Result<bool> write_handover(Connection& db, const Handover& handover, HandoverState was) {
    const auto done = db.execute(
        "UPDATE handover SET state=?, service_code=?, token=?, request_id=?, words=?, attempts=?, "
        "next_at=?, sent_at=?, seen_at=?, told_at=?, status=?, fault=? WHERE id=? AND state=?",
        {number_of(handover.state),
         handover.service_code,
         handover.token,
         handover.request_id,
         handover.words,
         handover.attempts,
         handover.next_at,
         handover.sent_at,
         handover.seen_at,
         handover.told_at,
         handover.status,
         handover.fault,
         handover.id,
         number_of(was)}
    );
    if (!done) return std::unexpected(done.error());
    return *done > 0;
}

Result<void> requeue_handover(Connection& db, std::uint64_t id, ticketing::Instant now) {
    const auto done = db.execute("UPDATE handover SET queued_at=? WHERE id=?", {now, id});
    if (!done) return std::unexpected(done.error());
    return {};
}

Result<std::optional<Handover>> find_handover(
    Connection& db, ticketing::TicketId ticket, bool lock
) {
    const std::string where = "WHERE h.ticket_id=? ORDER BY h.queued_at DESC, h.id DESC LIMIT 1";
    return first_of(handovers_where(db, lock ? where + " FOR UPDATE" : where, {ticket.value}));
}

Result<std::vector<Handover>> lock_silent_handovers(
    Connection& db,
    ticketing::Instant queued_before,
    ticketing::Instant seen_before,
    std::size_t most
) {
    return handovers_where(
        db,
        "WHERE " + std::string(silent) + " ORDER BY h.id LIMIT ? FOR UPDATE SKIP LOCKED",
        {queued_before, seen_before, most}
    );
}

Result<std::vector<Handover>> list_handovers(Connection& db, bool all, std::size_t most) {
    const std::string_view open = all ? "h.state<>10"
                                      : "(h.state IN (6,7,8) OR (h.state<=4 AND "
                                        "h.told_at IS NOT NULL))";
    return handovers_where(
        db, "WHERE " + std::string(open) + " ORDER BY h.queued_at, h.id LIMIT ?", {most}
    );
}

Result<std::uint64_t> count_handovers(Connection& db) {
    const auto rows = db.query("SELECT COUNT(*) FROM handover");
    if (!rows) return std::unexpected(rows.error());
    return rows->front().unsigned_integer(0);
}

Result<Finding> untold_handovers(
    Connection& db, ticketing::Instant queued_before, ticketing::Instant seen_before
) {
    const auto rows = db.query(
        "SELECT COUNT(*), COALESCE(MIN((SELECT t.number FROM ticket t WHERE t.id=h.ticket_id)),'') "
        "FROM handover h WHERE (" +
            std::string(silent) + ") OR (h.state IN (5,6,7,8,9) AND h.told_at IS NULL)",
        {queued_before, seen_before}
    );
    if (!rows) return std::unexpected(rows.error());
    return Finding{rows->front().unsigned_integer(0), rows->front().string(1)};
}

}  // namespace hotline::mysql
