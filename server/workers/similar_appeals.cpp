#include "server/workers/similar_appeals.hpp"

#include "server/actions/find_hot_topics.hpp"
#include "server/log.hpp"
#include "server/now.hpp"
#include "server/tasks.hpp"
#include "server/workers/intake_pressure.hpp"

#include <algorithm>
#include <optional>
#include <span>

namespace hotline::workers {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using ticketing::Instant;
using ticketing::TicketId;

constexpr std::size_t texts_at_once = 500;
constexpr auto between_batches = 2ms;
constexpr auto look_every = 500ms;
constexpr int rest_in_a_rush = 9;  // times as long as a look took
// A row is seen by others when its transaction ends, a little after its time: nearly all within a
// second, the rest is looked for now and then. In a rush ten seconds are tens of thousands of rows.
constexpr auto usual_commits = 1s;
constexpr auto late_commits = 10s;
constexpr auto look_for_late_every = 5s;
constexpr auto tidy_every = 5min;
constexpr auto rows_kept = 1h;
// After so long without the database rows may be gone: all is read anew.
constexpr auto longest_absence = 50min;

constexpr auto hot_every = 2s;
// The share of the time that looking for hot topics may take is one in twenty.
constexpr int rest_after = 20;
constexpr auto oldest_in_a_rush = 5min;

Instant horizon(const SimilarAppeals& appeals) {
    return now() - std::chrono::days(appeals.rules().suspicion.days);
}

}  // namespace

asio::awaitable<Result<void>> SimilarAppealsFollower::fill() {
    appeals_.set_complete(false);
    const auto clock = co_await pool_.read(mysql::clock_of_store, mysql::Lane::background);
    if (!clock) co_return std::unexpected(clock.error());
    seen_upto_ = *clock;
    seen_.clear();
    const Instant since = horizon(appeals_);
    std::optional<TicketId> last = TicketId{};
    while (last) {
        // Reading texts as pairs takes time that the I/O thread does not have; taking them twice
        // changes nothing.
        auto take = [this, after = *last, since](mysql::Connection& db
                    ) -> Result<std::optional<TicketId>> {
            const auto texts = mysql::appeal_texts_after(db, after, since, texts_at_once);
            if (!texts) return std::unexpected(texts.error());
            appeals_.put(*texts);
            if (texts->size() < texts_at_once) return std::nullopt;
            return texts->back().ticket;
        };
        const auto upto = co_await pool_.read(std::move(take), mysql::Lane::background);
        if (!upto) co_return std::unexpected(upto.error());
        last = *upto;
        co_await sleep_for(between_batches);
    }
    appeals_.set_complete(true);
    co_return Result<void>{};
}

asio::awaitable<Result<void>> SimilarAppealsFollower::follow() {
    const bool look_for_late = now() >= next_look_for_late_;
    const Instant from = seen_upto_ - (look_for_late ? late_commits : usual_commits);
    auto changes = [from](mysql::Connection& db) { return mysql::text_changes_from(db, from); };
    const auto found = co_await pool_.read(std::move(changes), mysql::Lane::background);
    if (!found) co_return std::unexpected(found.error());
    std::vector<TicketId> tickets;
    for (const mysql::TextChange& change : *found) {
        if (!seen_.contains(change)) tickets.push_back(change.ticket);
    }
    std::ranges::sort(tickets);
    const auto twice = std::ranges::unique(tickets);
    tickets.erase(twice.begin(), twice.end());
    for (std::size_t at = 0; at < tickets.size(); at += texts_at_once) {
        const auto some =
            std::span(tickets).subspan(at, std::min(texts_at_once, tickets.size() - at));
        auto take = [this, some](mysql::Connection& db) -> Result<void> {
            const auto texts = mysql::appeal_texts_of(db, some);
            if (!texts) return std::unexpected(texts.error());
            appeals_.put(*texts);
            return {};
        };
        const auto taken = co_await pool_.read(std::move(take), mysql::Lane::background);
        if (!taken) co_return std::unexpected(taken.error());
    }
    if (look_for_late) next_look_for_late_ = now() + look_for_late_every;
    seen_.insert(found->begin(), found->end());
    if (!found->empty()) seen_upto_ = std::max(seen_upto_, found->back().at);
    seen_.erase(seen_.begin(), seen_.lower_bound({seen_upto_ - late_commits, {}}));
    co_return Result<void>{};
}

asio::awaitable<Result<void>> SimilarAppealsFollower::tidy() {
    if (now() < next_tidying_) co_return Result<void>{};
    next_tidying_ = now() + tidy_every;
    const Instant before = seen_upto_ - rows_kept;
    auto job = [this, before](mysql::Connection& db) {
        appeals_.forget_before(sla::local_day(horizon(appeals_)));
        return mysql::forget_text_changes(db, before);
    };
    co_return co_await pool_.transact(std::move(job), mysql::Lane::background);
}

void SimilarAppealsFollower::measure() {
    metrics_.similar_appeals.Set(static_cast<double>(appeals_.size()));
    metrics_.similar_bytes.Set(static_cast<double>(appeals_.bytes()));
    metrics_.similar_complete.Set(appeals_.complete() ? 1 : 0);
}

asio::awaitable<void> SimilarAppealsFollower::run() {
    using Clock = std::chrono::steady_clock;
    auto followed = Clock::time_point{};
    for (;;) {
        const bool anew = !appeals_.complete() || Clock::now() - followed > longest_absence;
        const auto began = Clock::now();
        // Not one conditional expression: g++ 12 destroys twice what such a one awaits.
        Result<void> done;
        if (anew) {
            done = co_await fill();
        } else {
            done = co_await follow();
        }
        if (done && anew) {
            const std::chrono::duration<double> took = Clock::now() - began;
            log::write(
                log::Level::info,
                "similar appeals read",
                {{"appeals", static_cast<std::int64_t>(appeals_.size())},
                 {"bytes", static_cast<std::int64_t>(appeals_.bytes())},
                 {"seconds", took.count()}}
            );
        }
        if (done) {
            followed = began;
            done = co_await tidy();
        }
        if (!done) log::trouble("similar appeals not followed", done.error());
        measure();
        auto rest = Clock::duration{look_every};
        if (pressure_.pouring()) rest = std::max(rest, (Clock::now() - began) * rest_in_a_rush);
        co_await sleep_for(rest);
    }
}

asio::awaitable<void> watch_hot_topics(
    mysql::Pool& pool, SimilarAppeals& appeals, const actions::Backlog& intake, Metrics& metrics
) {
    using Clock = std::chrono::steady_clock;
    IntakePressure pressure(intake, metrics);
    std::uint64_t looked_at = 0;
    auto rest = Clock::duration{};
    Clock::time_point last{};
    std::optional<sla::LocalDay> day;
    for (;;) {
        co_await sleep_for(std::max<Clock::duration>(hot_every, rest));
        const std::uint64_t generation = appeals.generation();
        const sla::LocalDay today = sla::local_day(now());
        if (!appeals.complete() || (generation == looked_at && day == today)) continue;
        if (pressure.pouring() && Clock::now() - last < oldest_in_a_rush) continue;
        const auto began = Clock::now();
        auto job = [&appeals](mysql::Connection& db) {
            return actions::find_hot_topics(db, appeals, now());
        };
        auto found = co_await pool.read(std::move(job), mysql::Lane::background);
        last = Clock::now();
        rest = (last - began) * rest_after;
        if (!found) {
            log::trouble("hot topics not found out", found.error());
            continue;
        }
        looked_at = generation;
        day = today;
        metrics.hot_topics.Set(static_cast<double>(found->topics.size()));
        appeals.replace_hot_topics(std::make_shared<const HotTopics>(std::move(*found)));
    }
}

}  // namespace hotline::workers
