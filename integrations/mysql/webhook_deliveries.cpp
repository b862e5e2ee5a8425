#include "integrations/mysql/webhook_deliveries.hpp"

#include "integrations/mysql/query_text.hpp"

#include <algorithm>

namespace hotline::mysql {
namespace {

constexpr std::string_view delivery_columns =
    "SELECT d.id, d.webhook_id, d.ticket_id, d.seq, d.kind, d.message_id, d.state, d.attempts, "
    "d.next_at, d.give_up_at, d.created_at, d.finished_at, d.status, d.fault";

WebhookDelivery to_delivery(const Row& row) {
    WebhookDelivery one;
    one.id = row.unsigned_integer(0);
    one.webhook = row.unsigned_integer(1);
    one.ticket = {row.unsigned_integer(2)};
    one.seq = static_cast<std::uint32_t>(row.integer(3));
    one.kind = static_cast<int>(row.integer(4));
    one.message_id = row.string(5);
    one.state = static_cast<WebhookDeliveryState>(row.integer(6));
    one.attempts = static_cast<unsigned>(row.integer(7));
    one.next_at = row.time(8);
    one.give_up_at = row.time(9);
    one.created_at = row.time(10);
    one.finished_at = row.optional_time(11);
    one.status = static_cast<unsigned>(row.integer(12));
    one.fault = row.string(13);
    return one;
}

// A newborn ticket that is dispatched at once has one outbox row for all the events it is born
// with, at most these.
constexpr int born_with = 3;

Param state_param(WebhookDeliveryState state) {
    return Param{static_cast<std::int64_t>(state)};
}

ToldEvent to_told(const Row& row) {
    ToldEvent told;
    told.event.ticket = {row.unsigned_integer(0)};
    told.event.seq = static_cast<std::uint32_t>(row.integer(1));
    told.event.act = static_cast<ticketing::Act>(row.integer(2));
    told.event.from = static_cast<ticketing::State>(row.integer(3));
    told.event.to = static_cast<ticketing::State>(row.integer(4));
    told.event.at = row.time(5);
    ticketing::Ticket& ticket = told.ticket;
    ticket.id = told.event.ticket;
    ticket.number = row.string(6);
    ticket.state = static_cast<ticketing::State>(row.integer(7));
    ticket.type = static_cast<ticketing::AppealType>(row.integer(8));
    ticket.category = row.string(9);
    ticket.topic = row.string(10);
    ticket.urgency = static_cast<ticketing::Urgency>(row.integer(11));
    ticket.division = row.string(12);
    ticket.lead_unit = {row.unsigned_integer(13)};
    ticket.complained_unit = {row.unsigned_integer(14)};
    ticket.appellant.confidential = row.flag(15);
    ticket.needs_entry = row.flag(16);
    ticket.accepted_at = row.time(17);
    return told;
}

}  // namespace

Result<std::vector<ToldEvent>> told_events(Connection& db, std::span<const OutboxRow> rows) {
    std::vector<ToldEvent> events;
    const auto take = [&](std::span<const OutboxRow> some) -> Result<void> {
        std::vector<Param> ids;
        for (const OutboxRow& row : some) ids.emplace_back(row.id);
        QueryText sql;
        sql.add(
            "SELECT e.ticket_id, e.seq, e.act, e.from_state, e.to_state, e.at, t.number, t.state, "
            "t.type, t.category, t.topic, t.urgency, t.division, t.lead_unit_id, "
            "t.complained_unit_id, t.confidential, t.needs_entry, t.accepted_at FROM outbox o "
            "JOIN ticket t ON t.id=o.ticket_id "
            "JOIN ticket_event l ON l.ticket_id=o.ticket_id AND l.seq=o.seq "
            "JOIN ticket_event e ON e.ticket_id=o.ticket_id AND (e.seq=o.seq OR (o.seq<=? AND "
            "e.seq<o.seq AND l.role=? AND l.act=? AND NOT EXISTS (SELECT 1 FROM webhook_delivery d "
            "WHERE "
            "d.ticket_id=e.ticket_id AND d.seq=e.seq))) WHERE ",
            {born_with,
             static_cast<std::int64_t>(ticketing::Role::system),
             static_cast<std::int64_t>(ticketing::Act::dispatch)}
        );
        sql.add(QueryText::in("o.id", std::move(ids))).add(" ORDER BY o.ticket_id, e.seq");
        const auto found = sql.run(db);
        if (!found) return std::unexpected(found.error());
        for (const Row row : *found) events.push_back(to_told(row));
        return {};
    };
    if (const auto done = in_parts(rows, take); !done) return std::unexpected(done.error());
    const auto same = [](const ToldEvent& a, const ToldEvent& b) {
        return a.event.ticket == b.event.ticket && a.event.seq == b.event.seq;
    };
    events.erase(std::unique(events.begin(), events.end(), same), events.end());
    return events;
}

Result<void> insert_deliveries(Connection& db, std::span<const WebhookDelivery> deliveries) {
    if (deliveries.empty()) return {};
    InsertBatch rows(
        "webhook_delivery",
        "webhook_id, ticket_id, seq, kind, message_id, body, next_at, give_up_at, created_at"
    );
    for (const WebhookDelivery& one : deliveries) {
        rows.add(
            {one.webhook,
             one.ticket.value,
             one.seq,
             one.kind,
             one.message_id,
             one.body,
             one.next_at,
             one.give_up_at,
             one.created_at}
        );
    }
    const auto inserted = db.insert(rows);
    if (!inserted) return std::unexpected(inserted.error());
    return {};
}

Result<std::vector<std::uint64_t>> webhooks_with_work(Connection& db, ticketing::Instant now) {
    const auto rows = db.query(
        "SELECT w.id FROM webhook w WHERE w.active=1 AND (w.paused_until IS NULL OR "
        "w.paused_until<=?) AND EXISTS (SELECT 1 FROM webhook_delivery d WHERE "
        "d.webhook_id=w.id AND d.state=1 AND d.next_at<=?)",
        {now, now}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<std::uint64_t> ids;
    for (const Row row : *rows) ids.push_back(row.unsigned_integer(0));
    return ids;
}

Result<std::optional<WebhookDelivery>> take_delivery(
    Connection& db, std::uint64_t webhook, ticketing::Instant now, std::chrono::milliseconds lease
) {
    const auto rows = db.query(
        std::string(delivery_columns) +
            ", d.body FROM webhook_delivery d WHERE d.webhook_id=? AND d.state=1 AND d.next_at<=? "
            "AND NOT EXISTS (SELECT 1 FROM webhook_delivery e WHERE e.webhook_id=d.webhook_id AND "
            "e.state=1 AND e.ticket_id=d.ticket_id AND e.seq<d.seq) "
            "ORDER BY d.next_at, d.id LIMIT 1 FOR UPDATE SKIP LOCKED",
        {webhook, now}
    );
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::optional<WebhookDelivery>();
    WebhookDelivery taken = to_delivery(rows->front());
    taken.body = rows->front().string(14);
    ++taken.attempts;
    const auto leased = db.execute(
        "UPDATE webhook_delivery SET next_at=?, attempts=attempts+1 WHERE id=?",
        {now + lease, taken.id}
    );
    if (!leased) return std::unexpected(leased.error());
    return std::optional(std::move(taken));
}

Result<void> settle_delivery(Connection& db, const WebhookDelivery& delivery) {
    const auto done = db.execute(
        "UPDATE webhook_delivery SET state=?, next_at=?, finished_at=?, status=?, fault=? "
        "WHERE id=? AND state=1",
        {state_param(delivery.state),
         delivery.next_at,
         delivery.finished_at,
         delivery.status,
         delivery.fault,
         delivery.id}
    );
    if (!done) return std::unexpected(done.error());
    return {};
}

Result<std::vector<WebhookDelivery>> list_deliveries(
    Connection& db, std::uint64_t webhook, const DeliveryPage& page
) {
    QueryText sql;
    sql.add(delivery_columns).add(" FROM webhook_delivery d WHERE d.webhook_id=?", {webhook});
    if (page.state) sql.add(" AND d.state=?", {state_param(*page.state)});
    if (page.before != 0) sql.add(" AND d.id<?", {page.before});
    sql.add(" ORDER BY d.id DESC LIMIT ?", {page.limit});
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<WebhookDelivery> found;
    for (const Row row : *rows) found.push_back(to_delivery(row));
    return found;
}

Result<std::optional<WebhookDelivery>> find_delivery(
    Connection& db, std::uint64_t webhook, std::uint64_t id
) {
    const auto rows = db.query(
        std::string(delivery_columns) +
            ", d.body FROM webhook_delivery d WHERE d.webhook_id=? AND d.id=?",
        {webhook, id}
    );
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::optional<WebhookDelivery>();
    WebhookDelivery found = to_delivery(rows->front());
    found.body = rows->front().string(14);
    return std::optional(std::move(found));
}

Result<void> send_again(
    Connection& db,
    std::uint64_t webhook,
    std::uint64_t id,
    ticketing::Instant now,
    ticketing::Instant give_up_at
) {
    const auto done = db.execute(
        "UPDATE webhook_delivery SET state=1, attempts=0, next_at=?, give_up_at=?, "
        "finished_at=NULL WHERE webhook_id=? AND id=?",
        {now, give_up_at, webhook, id}
    );
    if (!done) return std::unexpected(done.error());
    if (*done == 0) return fail(ErrorCode::not_found);
    return {};
}

Result<std::uint64_t> purge_deliveries(Connection& db, ticketing::Instant before) {
    return db.execute(
        "DELETE FROM webhook_delivery WHERE (state IN (2,3) AND finished_at<?) OR "
        "(state=1 AND give_up_at<?) LIMIT 1000",
        {before, before}
    );
}

Result<DeliveryCounts> count_deliveries(Connection& db) {
    const auto rows = db.query(
        "SELECT (SELECT COUNT(*) FROM webhook_delivery d JOIN webhook w ON w.id=d.webhook_id "
        "WHERE w.active=1 AND d.state=1), "
        "(SELECT COUNT(*) FROM webhook WHERE switched_off_at IS NOT NULL)"
    );
    if (!rows) return std::unexpected(rows.error());
    return DeliveryCounts{rows->front().unsigned_integer(0), rows->front().unsigned_integer(1)};
}

}  // namespace hotline::mysql
