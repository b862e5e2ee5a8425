#include "integrations/mysql/recompute_store.hpp"

namespace hotline::mysql {
namespace {

constexpr std::string_view columns =
    "j.id, j.asked_by, COALESCE((SELECT name FROM account WHERE id=j.asked_by),''), j.asked_at, "
    "j.reason, j.policy_version, j.calendar_version, j.upto_ticket_id, j.total, j.looked_at, "
    "j.moved, j.stayed, j.finished_at, j.keep_limits";

Result<std::vector<RecomputeJob>> list(Connection& db, std::string_view rest, Params params) {
    const auto rows = db.query(
        "SELECT " + std::string(columns) + " FROM recompute_job j " + std::string(rest), params
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<RecomputeJob> jobs;
    for (const Row row : *rows) {
        jobs.push_back({
            .id = row.unsigned_integer(0),
            .asked_by = {row.unsigned_integer(1)},
            .asked_by_name = row.string(2),
            .asked_at = row.time(3),
            .reason = row.string(4),
            .policy_version = static_cast<std::uint32_t>(row.unsigned_integer(5)),
            .calendar_version = static_cast<std::uint32_t>(row.unsigned_integer(6)),
            .upto = {row.unsigned_integer(7)},
            .total = row.unsigned_integer(8),
            .looked_at = row.unsigned_integer(9),
            .moved = row.unsigned_integer(10),
            .stayed = row.unsigned_integer(11),
            .finished_at = row.optional_time(12),
            .keep_limits = row.flag(13),
        });
    }
    return jobs;
}

}  // namespace

Result<std::uint64_t> insert_recompute_job(Connection& db, const RecomputeJob& job) {
    const auto added = db.execute(
        "INSERT INTO recompute_job (asked_by, asked_at, reason, policy_version, calendar_version, "
        "total, keep_limits) VALUES (?,?,?,?,?,?,?)",
        {job.asked_by.value,
         job.asked_at,
         job.reason,
         job.policy_version,
         job.calendar_version,
         job.total,
         job.keep_limits}
    );
    if (!added) return std::unexpected(added.error());
    return db.last_id();
}

Result<std::vector<RecomputeJob>> list_recompute_jobs(Connection& db, std::size_t limit) {
    return list(db, "ORDER BY j.id DESC LIMIT ?", {limit});
}

Result<bool> has_recompute_job(Connection& db) {
    const auto rows = db.query("SELECT 1 FROM recompute_job WHERE finished_at IS NULL LIMIT 1");
    if (!rows) return std::unexpected(rows.error());
    return !rows->empty();
}

Result<std::optional<RecomputeJob>> take_recompute_job(
    Connection& db,
    ticketing::Instant asked_until,
    std::uint32_t policy_version,
    std::uint32_t calendar_version
) {
    auto jobs = list(
        db,
        "WHERE j.finished_at IS NULL AND j.asked_at<=? AND j.policy_version<=? AND "
        "j.calendar_version<=? ORDER BY j.id LIMIT 1 FOR UPDATE SKIP LOCKED",
        {asked_until, policy_version, calendar_version}
    );
    if (!jobs) return std::unexpected(jobs.error());
    if (jobs->empty()) return std::nullopt;
    return std::move(jobs->front());
}

Result<void> store_recompute_progress(Connection& db, const RecomputeJob& job) {
    const auto done = db.execute(
        "UPDATE recompute_job SET upto_ticket_id=?, looked_at=?, moved=?, stayed=?, finished_at=? "
        "WHERE id=?",
        {job.upto.value, job.looked_at, job.moved, job.stayed, job.finished_at, job.id}
    );
    if (!done) return std::unexpected(done.error());
    return {};
}

}  // namespace hotline::mysql
