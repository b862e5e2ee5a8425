#include "integrations/mysql/webhook_store.hpp"

#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {
namespace {

constexpr std::string_view webhook_columns =
    "SELECT w.id, w.name, w.url, w.kinds, w.active, w.generation, w.rotated_at, w.created_by, "
    "w.created_at, w.failures, w.failing_since, w.paused_until, w.succeeded_at, w.switched_off_at";

Webhook to_webhook(const Row& row) {
    Webhook one;
    one.id = row.unsigned_integer(0);
    one.name = row.string(1);
    one.url = row.string(2);
    one.kinds = row.string(3);
    one.active = row.flag(4);
    one.generation = static_cast<std::uint32_t>(row.integer(5));
    one.rotated_at = row.optional_time(6);
    one.created_by = {row.unsigned_integer(7)};
    one.created_at = row.time(8);
    one.failures = static_cast<std::uint32_t>(row.integer(9));
    one.failing_since = row.optional_time(10);
    one.paused_until = row.optional_time(11);
    one.succeeded_at = row.optional_time(12);
    one.switched_off_at = row.optional_time(13);
    return one;
}

Result<std::vector<Webhook>> webhooks_where(
    Connection& db, std::string_view rest, Params params = {}
) {
    const auto rows =
        db.query(std::string(webhook_columns) + " FROM webhook w " + std::string(rest), params);
    if (!rows) return std::unexpected(rows.error());
    std::vector<Webhook> found;
    for (const Row row : *rows) found.push_back(to_webhook(row));
    return found;
}

Result<void> changed(const Result<std::uint64_t>& rows) {
    if (!rows) return std::unexpected(rows.error());
    if (*rows == 0) return fail(ErrorCode::not_found);
    return {};
}

}  // namespace

Result<std::vector<Webhook>> list_webhooks(Connection& db) {
    auto found = webhooks_where(db, "ORDER BY w.id");
    if (!found) return found;
    for (Webhook& one : *found) {
        const auto waiting = db.query(
            "SELECT COUNT(*) FROM webhook_delivery WHERE webhook_id=? AND state=1", {one.id}
        );
        if (!waiting) return std::unexpected(waiting.error());
        one.waiting = waiting->front().unsigned_integer(0);
    }
    return found;
}

Result<std::vector<Webhook>> active_webhooks(Connection& db) {
    return webhooks_where(db, "WHERE w.active=1 ORDER BY w.id");
}

Result<std::optional<Webhook>> find_webhook(Connection& db, std::uint64_t id, bool lock) {
    auto found = webhooks_where(db, lock ? "WHERE w.id=? FOR UPDATE" : "WHERE w.id=?", {id});
    if (!found) return std::unexpected(found.error());
    if (found->empty()) return std::optional<Webhook>();
    return std::optional(std::move(found->front()));
}

Result<std::size_t> count_webhooks(Connection& db) {
    const auto rows = db.query("SELECT COUNT(*) FROM webhook");
    if (!rows) return std::unexpected(rows.error());
    return static_cast<std::size_t>(rows->front().unsigned_integer(0));
}

Result<std::uint64_t> insert_webhook(Connection& db, const Webhook& webhook) {
    const auto made = db.execute(
        "INSERT INTO webhook (name, url, kinds, active, created_by, created_at) "
        "VALUES (?,?,?,?,?,?)",
        {webhook.name,
         webhook.url,
         webhook.kinds,
         webhook.active,
         webhook.created_by.value,
         webhook.created_at}
    );
    if (!made) return std::unexpected(made.error());
    return db.last_id();
}

Result<void> update_webhook(Connection& db, const Webhook& webhook) {
    return changed(db.execute(
        "UPDATE webhook SET name=?, url=?, kinds=?, failures=IF(active<?,0,failures), "
        "failing_since=IF(active<?,NULL,failing_since), paused_until=NULL, "
        "switched_off_at=IF(?,NULL,switched_off_at), active=? WHERE id=?",
        {webhook.name,
         webhook.url,
         webhook.kinds,
         webhook.active,
         webhook.active,
         webhook.active,
         webhook.active,
         webhook.id}
    ));
}

Result<void> next_webhook_secret(Connection& db, std::uint64_t id, ticketing::Instant now) {
    return changed(
        db.execute("UPDATE webhook SET generation=generation+1, rotated_at=? WHERE id=?", {now, id})
    );
}

Result<void> delete_webhook(Connection& db, std::uint64_t id) {
    const auto gone = db.execute("DELETE FROM webhook_delivery WHERE webhook_id=?", {id});
    if (!gone) return std::unexpected(gone.error());
    return changed(db.execute("DELETE FROM webhook WHERE id=?", {id}));
}

Result<void> webhook_succeeded(Connection& db, std::uint64_t id, ticketing::Instant now) {
    // Written when it tells something new: a row nobody waits for is worth more than the time of
    // the very last success.
    const auto done = db.execute(
        "UPDATE webhook SET failures=0, failing_since=NULL, paused_until=NULL, succeeded_at=? "
        "WHERE id=? AND (failures>0 OR succeeded_at IS NULL OR succeeded_at<?)",
        {now, id, now - std::chrono::seconds{10}}
    );
    if (!done) return std::unexpected(done.error());
    return {};
}

Result<WebhookFailing> webhook_failed(Connection& db, std::uint64_t id, ticketing::Instant now) {
    const auto done = db.execute(
        "UPDATE webhook SET failures=failures+1, failing_since=COALESCE(failing_since,?) "
        "WHERE id=?",
        {now, id}
    );
    if (!done) return std::unexpected(done.error());
    const auto rows = db.query("SELECT failures, failing_since FROM webhook WHERE id=?", {id});
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return fail(ErrorCode::not_found);
    const Row row = rows->front();
    return WebhookFailing{static_cast<std::uint32_t>(row.integer(0)), row.time(1)};
}

Result<void> pause_webhook(Connection& db, std::uint64_t id, ticketing::Instant until) {
    const auto done = db.execute("UPDATE webhook SET paused_until=? WHERE id=?", {until, id});
    if (!done) return std::unexpected(done.error());
    return {};
}

Result<bool> switch_off_webhook(Connection& db, std::uint64_t id, ticketing::Instant now) {
    const auto done = db.execute(
        "UPDATE webhook SET active=0, switched_off_at=? WHERE id=? AND active=1", {now, id}
    );
    if (!done) return std::unexpected(done.error());
    return *done > 0;
}

}  // namespace hotline::mysql
