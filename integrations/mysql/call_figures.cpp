#include "integrations/mysql/call_figures.hpp"

#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {

// From the index of calls by their coming alone. The numbers are those of the telephony folder:
// direction 1 comes in; states 7 and 8 are over, 10 left to be called back.
Result<CallTallies> read_call_tallies(Connection& db, sla::LocalDay from, sla::LocalDay to) {
    const auto rows = db.query(
        "SELECT FLOOR(TIME_TO_SEC(TIME(offered_at + INTERVAL 8 HOUR))/1800) AS slot, "
        "COALESCE(agent_user_id,0) AS agent, answered_at IS NOT NULL AS answered, "
        "CEIL(GREATEST(0,TIMESTAMPDIFF(MICROSECOND,COALESCE(queued_at,offered_at),answered_at))"
        "/1000000) AS waited, COUNT(*), "
        "SUM(GREATEST(0,TIMESTAMPDIFF(MICROSECOND,COALESCE(queued_at,offered_at),answered_at))) "
        "DIV 1000, SUM(COALESCE(GREATEST(0,TIMESTAMPDIFF(MICROSECOND,answered_at,ended_at)),0)) "
        "DIV 1000, SUM(answered_at IS NOT NULL AND ended_at IS NOT NULL), state=10 AS flowed_out "
        "FROM phone_call "
        "WHERE offered_at>=? AND offered_at<? AND direction=1 AND (answered_at IS NOT NULL OR "
        "(state IN (7,8) AND (queued_at IS NOT NULL OR ringing_at IS NOT NULL OR state=7)) OR "
        "state=10) "
        "GROUP BY slot, agent, answered, waited, flowed_out",
        {sla::at_local(from, {}), sla::at_local(to + std::chrono::days{1}, {})}
    );
    if (!rows) return std::unexpected(rows.error());
    CallTallies tallies;
    for (const Row row : *rows) {
        sla::CallTally& tally =
            tallies[{static_cast<int>(row.integer(0)), row.unsigned_integer(1)}];
        const auto calls = row.integer(4);
        if (!row.flag(2)) {
            (row.flag(8) ? tally.flowed_out : tally.abandoned) += calls;
            continue;
        }
        tally.answered += calls;
        tally.waits[row.integer(3)] += calls;
        tally.waited += std::chrono::milliseconds{row.integer(5)};
        tally.talked += std::chrono::milliseconds{row.integer(6)};
        tally.talks += row.integer(7);
    }
    return tallies;
}

Result<std::map<std::uint64_t, std::string>> read_account_names(
    Connection& db, std::span<const std::uint64_t> accounts
) {
    std::map<std::uint64_t, std::string> names;
    if (accounts.empty()) return names;
    QueryText sql;
    sql.add("SELECT id, name FROM account WHERE ");
    sql.add(QueryText::in("id", {accounts.begin(), accounts.end()}));
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) names[row.unsigned_integer(0)] = row.string(1);
    return names;
}

}  // namespace hotline::mysql
