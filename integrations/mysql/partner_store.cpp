#include "integrations/mysql/partner_store.hpp"

#include "integrations/mysql/done.hpp"
#include "integrations/mysql/insert_batch.hpp"

namespace hotline::mysql {
namespace {

constexpr std::string_view partner_columns =
    "SELECT id, name, base_url, jurisdiction_id, api_key, unit_id, format, active, shares_contact, "
    "echoes, created_by, created_at, failures, failing_since, paused_until, succeeded_at "
    "FROM partner ";

Partner to_partner(const Row& row) {
    Partner one;
    one.id = row.unsigned_integer(0);
    one.name = row.string(1);
    one.base_url = row.string(2);
    one.jurisdiction_id = row.string(3);
    one.api_key = row.string(4);
    one.unit = {row.unsigned_integer(5)};
    one.json = row.flag(6);
    one.active = row.flag(7);
    one.shares_contact = row.flag(8);
    one.echoes = row.flag(9);
    one.created_by = {row.optional_unsigned(10).value_or(0)};
    one.created_at = row.time(11);
    one.failures = static_cast<std::uint32_t>(row.integer(12));
    one.failing_since = row.optional_time(13);
    one.paused_until = row.optional_time(14);
    one.succeeded_at = row.optional_time(15);
    return one;
}

Result<std::vector<Partner>> partners_where(
    Connection& db, std::string_view rest, Params params = {}
) {
    const auto rows = db.query(std::string(partner_columns) + std::string(rest), params);
    if (!rows) return std::unexpected(rows.error());
    std::vector<Partner> found;
    for (const Row row : *rows) found.push_back(to_partner(row));
    return found;
}

Result<void> read_services(Connection& db, Partner& partner) {
    const auto rows = db.query(
        "SELECT topic, service_code, attributes FROM partner_service WHERE partner_id=? "
        "ORDER BY topic",
        {partner.id}
    );
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        partner.services.push_back({row.string(0), row.string(1), row.string(2)});
    }
    return {};
}

Result<void> write_services(Connection& db, std::uint64_t id, const Partner& partner) {
    const auto gone = db.execute("DELETE FROM partner_service WHERE partner_id=?", {id});
    if (!gone) return std::unexpected(gone.error());
    if (partner.services.empty()) return {};
    InsertBatch rows("partner_service", "partner_id, topic, service_code, attributes");
    for (const PartnerService& one : partner.services) {
        rows.add({id, one.topic, one.service_code, one.attributes});
    }
    const auto inserted = db.insert(rows);
    if (!inserted) return std::unexpected(inserted.error());
    return {};
}

}  // namespace

Result<std::vector<Partner>> list_partners(Connection& db) {
    auto found = partners_where(db, "ORDER BY id");
    if (!found) return found;
    for (Partner& one : *found) {
        if (auto read = read_services(db, one); !read) return std::unexpected(read.error());
        const auto counts = db.query(
            "SELECT COALESCE(SUM(state<=4),0), COALESCE(SUM(state IN (6,7,8) OR (state<=4 AND "
            "told_at IS NOT NULL)),0), COUNT(*) FROM handover WHERE partner_id=?",
            {one.id}
        );
        if (!counts) return std::unexpected(counts.error());
        one.under_way = static_cast<std::uint64_t>(counts->front().integer(0));
        one.in_trouble = static_cast<std::uint64_t>(counts->front().integer(1));
        one.tickets = static_cast<std::uint64_t>(counts->front().integer(2));
    }
    return found;
}

Result<std::vector<Partner>> active_partners(Connection& db) {
    return partners_where(db, "WHERE active=1 ORDER BY id");
}

Result<std::optional<Partner>> find_partner(Connection& db, std::uint64_t id, bool lock) {
    auto found = partners_where(db, lock ? "WHERE id=? FOR UPDATE" : "WHERE id=?", {id});
    if (!found) return std::unexpected(found.error());
    if (found->empty()) return std::optional<Partner>();
    if (auto read = read_services(db, found->front()); !read) {
        return std::unexpected(read.error());
    }
    return std::optional(std::move(found->front()));
}

Result<std::uint64_t> insert_partner(Connection& db, const Partner& partner) {
    const auto made = db.execute(
        "INSERT INTO partner (name, base_url, jurisdiction_id, api_key, unit_id, format, active, "
        "shares_contact, created_by, created_at) VALUES (?,?,?,?,?,?,?,?,?,?)",
        {partner.name,
         partner.base_url,
         partner.jurisdiction_id,
         partner.api_key,
         partner.unit.value,
         partner.json,
         partner.active,
         partner.shares_contact,
         partner.created_by.value,
         partner.created_at}
    );
    if (!made) return std::unexpected(made.error());
    const std::uint64_t id = db.last_id();
    if (auto ok = write_services(db, id, partner); !ok) return std::unexpected(ok.error());
    return id;
}

Result<void> update_partner(Connection& db, const Partner& partner) {
    const auto changed = db.execute(
        "UPDATE partner SET name=?, base_url=?, jurisdiction_id=?, unit_id=?, format=?, "
        "shares_contact=?, failures=0, failing_since=NULL, paused_until=NULL, active=? WHERE id=?",
        {partner.name,
         partner.base_url,
         partner.jurisdiction_id,
         partner.unit.value,
         partner.json,
         partner.shares_contact,
         partner.active,
         partner.id}
    );
    if (!changed) return std::unexpected(changed.error());
    return write_services(db, partner.id, partner);
}

Result<void> set_partner_key(Connection& db, std::uint64_t id, std::string_view encrypted) {
    return done(db.execute("UPDATE partner SET api_key=? WHERE id=?", {encrypted, id}));
}

Result<bool> delete_partner(Connection& db, std::uint64_t id) {
    // What is handed over just now is waited for: it holds the partner's row.
    const auto locked = db.query("SELECT id FROM partner WHERE id=? FOR UPDATE", {id});
    if (!locked) return std::unexpected(locked.error());
    const auto used =
        db.query("SELECT id FROM handover WHERE partner_id=? LIMIT 1 LOCK IN SHARE MODE", {id});
    if (!used) return std::unexpected(used.error());
    if (!used->empty()) return false;
    for (const char* gone :
         {"DELETE FROM partner_service WHERE partner_id=?", "DELETE FROM partner WHERE id=?"}) {
        if (const auto done = db.execute(gone, {id}); !done) return std::unexpected(done.error());
    }
    return true;
}

Result<void> partner_answered(Connection& db, std::uint64_t id, ticketing::Instant now) {
    return done(db.execute(
        "UPDATE partner SET failures=0, failing_since=NULL, paused_until=NULL, succeeded_at=? "
        "WHERE id=?",
        {now, id}
    ));
}

Result<std::uint32_t> partner_failed(Connection& db, std::uint64_t id, ticketing::Instant now) {
    const auto counted = db.execute(
        "UPDATE partner SET failures=failures+1, failing_since=COALESCE(failing_since,?) "
        "WHERE id=?",
        {now, id}
    );
    if (!counted) return std::unexpected(counted.error());
    const auto rows = db.query("SELECT failures FROM partner WHERE id=?", {id});
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return fail(ErrorCode::not_found);
    return static_cast<std::uint32_t>(rows->front().integer(0));
}

Result<void> pause_partner(Connection& db, std::uint64_t id, ticketing::Instant until) {
    return done(db.execute("UPDATE partner SET paused_until=? WHERE id=?", {until, id}));
}

Result<void> partner_echoes(Connection& db, std::uint64_t id) {
    return done(db.execute("UPDATE partner SET echoes=1 WHERE id=? AND echoes=0", {id}));
}

}  // namespace hotline::mysql
