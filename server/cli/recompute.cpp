#include "server/cli/recompute.hpp"

#include "server/actions/recompute_dues.hpp"
#include "server/calendar/local_text.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/database.hpp"
#include "server/cli/progress.hpp"
#include "server/now.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace hotline::cli {
namespace {

using mysql::RecomputeJob;
using ticketing::DueShift;

constexpr std::size_t step = 500;
constexpr std::size_t most_printed = 20;

std::string_view unit_name(ticketing::UnitId id, const ticketing::Directory& directory) {
    const auto* unit = directory.unit(id);
    return unit == nullptr ? "热线中心" : std::string_view(unit->name);
}

Result<RecomputeJob> find_job(mysql::Connection& db, std::uint64_t id) {
    const auto jobs = mysql::list_recompute_jobs(db, 100);
    if (!jobs) return std::unexpected(jobs.error());
    const auto found = std::ranges::find(*jobs, id, &RecomputeJob::id);
    if (found == jobs->end()) return fail(ErrorCode::not_found, "recompute_job");
    return *found;
}

void print_done(const RecomputeJob& job) {
    fmt::print(
        "重算完成：查看{}件，调整{}件，{}件有期限若调整即已过期，维持不变。\n",
        job.looked_at,
        job.moved,
        job.stayed
    );
}

}  // namespace

void print_effect(const actions::RecomputeEffect& effect, const ticketing::Directory& directory) {
    fmt::print(
        "影响：在办{}件，其中{}件期限有变（提前{}项，推后{}项），{}项维持（调整即已过期），"
        "{}项日期不变、不再待定\n",
        effect.looked_at,
        effect.tickets,
        effect.earlier,
        effect.later,
        effect.stayed,
        effect.settled
    );
    for (const auto& [unit, tickets] : effect.by_unit) {
        fmt::print("  {} {}件\n", unit_name(unit, directory), tickets);
    }
    std::size_t printed = 0;
    for (const auto& [number, unit, shift] : effect.largest) {
        if (printed++ == most_printed) break;
        fmt::print(
            "  {} {} {}：{} → {}{}\n",
            number,
            unit_name(unit, directory),
            name(shift.before.kind),
            calendar::moment_text(shift.before.due_at),
            calendar::moment_text(shift.after.due_at),
            shift.fate == DueShift::Fate::stays ? "（维持）" : ""
        );
    }
    if (effect.largest.size() > most_printed) fmt::print("  ……\n");
}

Result<void> finish_recompute(mysql::Connection& db, std::uint64_t id) {
    auto job = find_job(db, id);
    if (!job) return std::unexpected(job.error());
    Progress progress("重算期限", job->total);
    while (!job->finished_at) {
        const auto now = hotline::now();
        const auto city = read_city(db, now);
        if (!city) return std::unexpected(city.error());
        bool worked = false;
        const auto done = in_transaction(db, [&]() -> Result<void> {
            const auto taken = actions::recompute_step(db, **city, now, step);
            if (!taken) return std::unexpected(taken.error());
            worked = taken->has_value();
            return {};
        });
        if (!done) return done;
        if (!worked) std::this_thread::sleep_for(std::chrono::milliseconds(500));
        job = find_job(db, id);
        if (!job) return std::unexpected(job.error());
        progress.reached(job->looked_at);
    }
    progress.finished();
    print_done(*job);
    return {};
}

int recompute(const config::Settings& settings, const RecomputeOptions& options) {
    const auto opened = Database::open(settings);
    if (!opened) return 1;
    mysql::Connection& db = **opened;
    const auto now = hotline::now();
    const auto city = read_city(db, now);
    if (!city) {
        print_error(city.error());
        return 1;
    }
    const auto limits =
        options.calendar_only ? ticketing::Limits::kept : ticketing::Limits::by_policy;
    const auto effect = actions::recompute_effect(db, (*city)->at(now), limits, most_printed + 1);
    if (!effect) {
        print_error(effect.error());
        return 1;
    }
    print_effect(*effect, (*city)->directory);
    if (!options.apply) {
        fmt::print("这是预演，什么也没有写入。加 --apply 重算。\n");
        return 0;
    }
    std::uint64_t job = 0;
    auto done = in_transaction(db, [&]() -> Result<void> {
        const actions::RecomputeWish wish{{}, options.note, 0, 0, limits};
        const auto asked = actions::ask_recompute(db, wish, now);
        if (!asked) return std::unexpected(asked.error());
        job = *asked;
        return note_deed(db, "recompute.ask", fmt::format("recompute:{}", job), now);
    });
    if (done) done = finish_recompute(db, job);
    if (done) return 0;
    print_error(done.error());
    return 1;
}

}  // namespace hotline::cli
