#include "integrations/mysql/load_store.hpp"

#include "integrations/mysql/day_param.hpp"
#include "sla/metric.hpp"
#include "sla/rollup_cut.hpp"

namespace hotline::mysql {
namespace {

// From the sums of two months, which are some thousand rows: a count from the tickets would read
// all of that time.
Result<void> read_given(Connection& db, ticketing::Instant now, ticketing::Loads& loads) {
    const auto this_month = sla::first_of_month(sla::local_day(now));
    const auto last_month = sla::first_of_month(this_month - std::chrono::days{1});
    const auto rows = db.query(
        "SELECT official_id, SUM(amount) FROM rollup WHERE cut=? AND day IN (?,?) AND metric=? "
        "GROUP BY official_id",
        {static_cast<int>(sla::Cut::official_month),
         day_param(last_month),
         day_param(this_month),
         static_cast<int>(sla::Metric::dispatched)}
    );
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        loads[row.unsigned_integer(0)].given = static_cast<double>(row.integer(1));
    }
    return {};
}

}  // namespace

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
        ticketing::OfficialDesk& load = loads[row.unsigned_integer(0)];
        const auto urgency = static_cast<ticketing::Urgency>(row.integer(1));
        const auto complexity = static_cast<ticketing::Complexity>(row.integer(2));
        load.open_weighted +=
            ticketing::desk_weight(urgency, complexity) * static_cast<double>(row.integer(3));
        load.overdue += static_cast<int>(row.integer(4));
    }
    const auto given = read_given(db, now, loads);
    if (!given) return std::unexpected(given.error());
    return loads;
}

}  // namespace hotline::mysql
