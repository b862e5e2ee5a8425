#include "integrations/mysql/device_store.hpp"

#include "integrations/mysql/query_text.hpp"
#include "integrations/mysql/session_store.hpp"

#include <algorithm>

namespace hotline::mysql {
namespace {

constexpr std::string_view select_device =
    "SELECT id, account_id, name, kind, endpoint, p256dh, auth, created_at, seen_at, "
    "wiped_at, last_word_at IS NOT NULL FROM device ";

Device read_device(const Row& row) {
    return {
        row.string(0),
        {row.unsigned_integer(1)},
        row.string(2),
        static_cast<DeviceKind>(row.integer(3)),
        row.string(4),
        row.string(5),
        row.string(6),
        row.time(7),
        row.time(8),
        row.optional_time(9),
        row.flag(10)
    };
}

std::vector<Device> read_devices(const Rows& rows) {
    std::vector<Device> devices;
    for (const Row row : rows) devices.push_back(read_device(row));
    return devices;
}

}  // namespace

Result<std::vector<Device>> list_devices(Connection& db, ticketing::UserId account) {
    const auto rows = db.query(
        std::string(select_device) +
            "WHERE account_id=? AND wiped_at IS NULL ORDER BY created_at DESC, id LIMIT 100",
        {account.value}
    );
    if (!rows) return std::unexpected(rows.error());
    return read_devices(*rows);
}

Result<std::vector<Device>> list_wiped_devices(
    Connection& db, ticketing::UserId account, ticketing::Instant since
) {
    const auto rows = db.query(
        std::string(select_device) +
            "WHERE account_id=? AND wiped_at>=? ORDER BY wiped_at DESC, id LIMIT 100",
        {account.value, since}
    );
    if (!rows) return std::unexpected(rows.error());
    return read_devices(*rows);
}

Result<bool> keep_device(Connection& db, const Device& device) {
    const auto known = db.query("SELECT wiped_at FROM device WHERE id=? FOR UPDATE", {device.id});
    if (!known) return std::unexpected(known.error());
    if (!known->empty() && !known->front().null(0)) return false;
    const auto kept = db.execute(
        "INSERT INTO device (id, account_id, name, kind, endpoint, p256dh, auth, created_at, "
        "seen_at) VALUES (?,?,?,?,?,?,?,?,?) ON DUPLICATE KEY UPDATE "
        "account_id=VALUES(account_id), name=VALUES(name), kind=VALUES(kind), "
        "endpoint=VALUES(endpoint), p256dh=VALUES(p256dh), auth=VALUES(auth), "
        "seen_at=VALUES(seen_at)",
        {device.id,
         device.account.value,
         device.name,
         static_cast<int>(device.kind),
         device.endpoint,
         device.p256dh,
         device.auth,
         device.created_at,
         device.seen_at}
    );
    if (!kept) return std::unexpected(kept.error());
    return true;
}

Result<std::optional<std::vector<ticketing::UserId>>> wipe_device(
    Connection& db, ticketing::UserId account, std::string_view id, ticketing::Instant now
) {
    using Whose = std::optional<std::vector<ticketing::UserId>>;
    const auto wiped = db.execute(
        "UPDATE device SET wiped_at=?, last_word_at=IF(endpoint='',NULL,?) WHERE id=? AND "
        "account_id=? AND wiped_at IS NULL",
        {now, now, id, account.value}
    );
    if (!wiped) return std::unexpected(wiped.error());
    if (*wiped == 0) return Whose{};
    auto whose = delete_sessions_of_device(db, id);
    if (!whose) return std::unexpected(whose.error());
    if (std::ranges::find(*whose, account) == whose->end()) whose->push_back(account);
    return Whose(std::move(*whose));
}

Result<WipedAll> wipe_devices(Connection& db, ticketing::UserId account, ticketing::Instant now) {
    WipedAll all;
    const auto devices = list_devices(db, account);
    if (!devices) return std::unexpected(devices.error());
    for (const Device& device : *devices) {
        auto whose = wipe_device(db, account, device.id, now);
        if (!whose) return std::unexpected(whose.error());
        if (!*whose) continue;
        all.devices.push_back(device.id);
        all.whose.insert(all.whose.end(), (*whose)->begin(), (*whose)->end());
    }
    std::ranges::sort(all.whose);
    all.whose.erase(std::ranges::unique(all.whose).begin(), all.whose.end());
    return all;
}

Result<std::vector<WipedDevice>> wiped_since(Connection& db, ticketing::Instant since) {
    const auto rows =
        db.query("SELECT id, wiped_at FROM device WHERE wiped_at>=? ORDER BY wiped_at", {since});
    if (!rows) return std::unexpected(rows.error());
    std::vector<WipedDevice> wiped;
    for (const Row row : *rows) wiped.push_back({row.string(0), row.time(1)});
    return wiped;
}

Result<std::vector<Device>> take_last_words(
    Connection& db, ticketing::Instant now, std::chrono::milliseconds lease, std::size_t limit
) {
    const auto rows = db.query(
        std::string(select_device) +
            "WHERE last_word_at<=? ORDER BY last_word_at LIMIT ? FOR "
            "UPDATE SKIP LOCKED",
        {now, limit}
    );
    if (!rows) return std::unexpected(rows.error());
    auto devices = read_devices(*rows);
    if (devices.empty()) return devices;
    std::vector<Param> ids;
    for (const Device& device : devices) ids.emplace_back(device.id);
    QueryText sql;
    sql.add("UPDATE device SET last_word_at=? WHERE ", {now + lease});
    sql.add(QueryText::in("id", std::move(ids)));
    const auto leased = db.execute(sql.text(), sql.values());
    if (!leased) return std::unexpected(leased.error());
    return devices;
}

Result<void> forget_wiped(Connection& db, std::string_view id) {
    const auto gone = db.execute(
        "UPDATE device SET endpoint='', p256dh='', auth='', last_word_at=NULL WHERE id=? AND "
        "wiped_at IS NOT NULL",
        {id}
    );
    if (!gone) return std::unexpected(gone.error());
    return {};
}

}  // namespace hotline::mysql
