#include "integrations/mysql/notice_deliveries.hpp"

#include "integrations/mysql/done.hpp"
#include "integrations/mysql/insert_batch.hpp"
#include "integrations/mysql/query_text.hpp"

#include <compare>
#include <map>

namespace hotline::mysql {
namespace {

// A dead address: of this device only as long as it still has it.
Result<void> forget_subscription(Connection& db, const std::string& device) {
    const auto gone =
        db.execute("UPDATE device SET endpoint='', p256dh='', auth='' WHERE id=?", {device});
    if (!gone) return std::unexpected(gone.error());
    return {};
}

Result<void> deliver_notices(
    Connection& db, const std::vector<std::uint64_t>& notices, ticketing::Instant at
) {
    if (notices.empty()) return {};
    QueryText sql;
    sql.add("UPDATE notice SET delivered_at=? WHERE delivered_at IS NULL AND ", {at});
    sql.add(QueryText::in("id", {notices.begin(), notices.end()}));
    const auto done = db.execute(sql.text(), sql.values());
    if (!done) return std::unexpected(done.error());
    return {};
}

// What a row is told of what came of it; many are told the same.
struct Fate {
    DeliveryState state = DeliveryState::sent;
    std::optional<ticketing::Instant> retry_at;
    std::optional<ticketing::Instant> sent_at;
    std::string_view vendor_id;
    std::string_view detail;

    auto operator<=>(const Fate&) const = default;
};

Fate fate_of(const DeliveryResult& result) {
    const bool sent = result.state == DeliveryState::sent;
    return {
        result.state,
        result.retry_at,
        sent ? std::optional(result.at) : std::nullopt,
        std::string_view(result.vendor_id).substr(0, 80),
        std::string_view(result.detail).substr(0, 120)
    };
}

Result<void> record_fate(Connection& db, const Fate& fate, const std::vector<Param>& deliveries) {
    QueryText sql;
    sql.add(
        "UPDATE notice_delivery SET state=?, attempts=attempts+1, next_at=?, sent_at=?, "
        "vendor_id=?, detail=? WHERE ",
        {static_cast<int>(fate.state), fate.retry_at, fate.sent_at, fate.vendor_id, fate.detail}
    );
    sql.add(QueryText::in("id", deliveries));
    return done(db.execute(sql.text(), sql.values()));
}

Delivery read_delivery(const Row& row) {
    Delivery delivery;
    delivery.id = row.unsigned_integer(0);
    delivery.attempts = static_cast<unsigned>(row.integer(1));
    delivery.made_at = row.time(2);
    delivery.device = row.string(3);
    delivery.login = row.string(4);
    delivery.staff_no = row.string(5);
    delivery.phone = row.string(6);
    delivery.endpoint = row.string(7);
    delivery.p256dh = row.string(8);
    delivery.auth = row.string(9);
    if (!row.null(10)) {
        delivery.language = static_cast<ticketing::notices::Language>(row.integer(10));
    }
    delivery.notice = read_notice_row(row, 11);
    delivery.moot = delivery.notice.acknowledged_at.has_value();
    return delivery;
}

}  // namespace

Result<std::vector<Delivery>> take_deliveries(
    Connection& db,
    ticketing::notices::Channel channel,
    ticketing::Instant now,
    std::chrono::milliseconds lease,
    std::size_t limit
) {
    std::vector<Delivery> taken;
    const auto locked = db.query(
        "SELECT id FROM notice_delivery WHERE channel=? AND next_at<=? ORDER BY next_at LIMIT ? "
        "FOR UPDATE SKIP LOCKED",
        {static_cast<int>(channel), now, limit}
    );
    if (!locked) return std::unexpected(locked.error());
    if (locked->empty()) return taken;
    std::vector<Param> ids;
    for (const Row row : *locked) ids.emplace_back(row.unsigned_integer(0));
    QueryText leased;
    leased.add("UPDATE notice_delivery SET next_at=? WHERE ", {now + lease});
    leased.add(QueryText::in("id", ids));
    if (auto done = db.execute(leased.text(), leased.values()); !done) {
        return std::unexpected(done.error());
    }
    QueryText sql;
    sql.add(
        "SELECT d.id, d.attempts, d.made_at, d.device_id, a.login, o.staff_no, o.phone, "
        "v.endpoint, v.p256dh, v.auth, p.language, "
    );
    sql.add(notice_columns)
        .add(
            " FROM notice_delivery d JOIN notice n ON n.id=d.notice_id "
            "JOIN account a ON a.id=n.receiver LEFT JOIN official o ON o.id=a.official_id "
            "LEFT JOIN device v ON v.id=d.device_id AND v.account_id=a.id "
            "LEFT JOIN notice_preference p ON p.account_id=a.id"
        )
        .add(notice_joins)
        .add("WHERE ")
        .add(QueryText::in("d.id", std::move(ids)))
        .add(" ORDER BY d.id");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    taken.reserve(rows->size());
    for (const Row row : *rows) taken.push_back(read_delivery(row));
    return taken;
}

Result<void> record_deliveries(Connection& db, std::span<const DeliveryResult> results) {
    std::map<Fate, std::vector<Param>> alike;
    for (const DeliveryResult& result : results) {
        alike[fate_of(result)].emplace_back(result.id);
    }
    for (const auto& [fate, deliveries] : alike) {
        if (auto kept = record_fate(db, fate, deliveries); !kept) return kept;
    }
    std::vector<std::uint64_t> delivered;
    for (const DeliveryResult& result : results) {
        const bool sent = result.state == DeliveryState::sent;
        if (sent && result.reaches) delivered.push_back(result.notice);
        if (result.forget_device.empty()) continue;
        if (auto gone = forget_subscription(db, result.forget_device); !gone) return gone;
    }
    return deliver_notices(
        db, delivered, results.empty() ? ticketing::Instant{} : results.back().at
    );
}

Result<void> record_shown_live(
    Connection& db, const std::vector<std::uint64_t>& notices, ticketing::Instant at
) {
    return deliver_notices(db, notices, at);
}

}  // namespace hotline::mysql
