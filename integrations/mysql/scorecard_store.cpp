#include "integrations/mysql/scorecard_store.hpp"

namespace hotline::mysql {

Result<std::optional<StoredScorecard>> read_scorecard(Connection& db, ticketing::Instant now) {
    const auto rows = db.query(
        "SELECT version, valid_from, body FROM scorecard_version WHERE valid_from<=? "
        "ORDER BY version DESC LIMIT 1",
        {now}
    );
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::nullopt;
    const Row row = rows->front();
    return StoredScorecard{static_cast<int>(row.integer(0)), row.time(1), row.string(2)};
}

Result<void> insert_scorecard(Connection& db, const StoredScorecard& card) {
    const auto inserted = db.execute(
        "INSERT INTO scorecard_version (version, valid_from, body) VALUES (?,?,?)",
        {card.version, card.valid_from, card.body}
    );
    if (!inserted) return std::unexpected(inserted.error());
    return {};
}

}  // namespace hotline::mysql
