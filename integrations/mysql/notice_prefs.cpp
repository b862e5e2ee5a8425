#include "integrations/mysql/notice_prefs.hpp"

namespace hotline::mysql {

using ticketing::notices::Preferences;

Preferences read_preferences(const Row& row, std::size_t first) {
    Preferences preferences;
    preferences.quiet_from = std::chrono::minutes(row.integer(first));
    preferences.quiet_to = std::chrono::minutes(row.integer(first + 1));
    preferences.language = static_cast<ticketing::notices::Language>(row.integer(first + 2));
    preferences.wanted = {static_cast<std::uint32_t>(row.integer(first + 3))};
    return preferences;
}

Result<std::optional<Preferences>> find_preferences(Connection& db, ticketing::UserId account) {
    const auto rows = db.query(
        "SELECT quiet_from, quiet_to, language, channels FROM notice_preference WHERE account_id=?",
        {account.value}
    );
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::optional<Preferences>{};
    return std::optional(read_preferences(rows->front(), 0));
}

Result<void> keep_preferences(
    Connection& db,
    ticketing::UserId account,
    const Preferences& preferences,
    ticketing::Instant now
) {
    const auto kept = db.execute(
        "INSERT INTO notice_preference (account_id, quiet_from, quiet_to, language, channels, "
        "changed_at) VALUES (?,?,?,?,?,?) ON DUPLICATE KEY UPDATE quiet_from=VALUES(quiet_from), "
        "quiet_to=VALUES(quiet_to), language=VALUES(language), channels=VALUES(channels), "
        "changed_at=VALUES(changed_at)",
        {account.value,
         preferences.quiet_from.count(),
         preferences.quiet_to.count(),
         static_cast<int>(preferences.language),
         preferences.wanted.bits,
         now}
    );
    if (!kept) return std::unexpected(kept.error());
    return {};
}

}  // namespace hotline::mysql
