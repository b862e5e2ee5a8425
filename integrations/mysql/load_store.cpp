#include "integrations/mysql/load_store.hpp"

namespace hotline::mysql {

Result<ticketing::Loads> read_loads(Connection& db, ticketing::Instant now) {
    const auto rows = db.query(
        "SELECT official_id, urgency, complexity, COUNT(*), SUM(handle_due_at<?) FROM ticket "
        "WHERE official_id IS NOT NULL AND state IN (?,?,?) GROUP BY official_id, urgency, "
        "complexity",
        {now,
         static_cast<int>(ticketing::State::dispatched),
         static_cast<int>(ticketing::State::handling),
         static_cast<int>(ticketing::State::return_pending)}
    );
    if (!rows) return std::unexpected(rows.error());
    ticketing::Loads loads;
    for (const Row row : *rows) {
        ticketing::Load& load = loads[row.unsigned_integer(0)];
        const auto urgency = static_cast<ticketing::Urgency>(row.integer(1));
        const auto complexity = static_cast<ticketing::Complexity>(row.integer(2));
        load.open_weighted +=
            ticketing::desk_weight(urgency, complexity) * static_cast<double>(row.integer(3));
        load.overdue += static_cast<int>(row.integer(4));
    }
    return loads;
}

}  // namespace hotline::mysql
