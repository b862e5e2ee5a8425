#include "server/workers/derive.hpp"

#include "integrations/mysql/derive_store.hpp"
#include "server/actions/derive_tickets.hpp"
#include "server/log.hpp"
#include "server/tasks.hpp"

namespace hotline::workers {
namespace {

using namespace std::chrono_literals;

// Rows of work in one transaction. Tickets of one day fall into the same sums: four times as many
// cost three times as much. Beside an intake the small ones, which hold nobody up for long.
constexpr std::size_t batch = 2'000;
constexpr std::size_t batch_beside_intake = 500;
constexpr std::uint64_t intake_busy = 500;  // appeals waiting: about two batches of the intake
constexpr double pouring = 200;             // appeals written a second
constexpr auto idle_pause = 300ms;
constexpr std::uint64_t counted_at_most = 100'000;

boost::asio::awaitable<void> measure(mysql::Pool& pool, Metrics& metrics) {
    auto count = [](mysql::Connection& db) { return mysql::derive_backlog(db, counted_at_most); };
    const auto waiting = co_await pool.read(std::move(count), mysql::Lane::background);
    if (waiting) metrics.derive_length.Set(static_cast<double>(*waiting));
}

// Figures and search can wait for seconds, an appeal's commit cannot: while appeals pour in,
// deriving takes a tenth of the time.
class Yield {
public:
    Yield(const actions::Backlog& intake, const Metrics& metrics)
        : intake_(intake), metrics_(metrics) {}

    std::chrono::milliseconds pause_after(std::chrono::milliseconds took, bool more) {
        const auto now = std::chrono::steady_clock::now();
        const double written = metrics_.tickets_committed.Value();
        const std::chrono::duration<double> passed = now - since_;
        busy_ = intake_.length > intake_busy || written - written_ > pouring * passed.count();
        since_ = now;
        written_ = written;
        if (busy_) return std::max<std::chrono::milliseconds>(idle_pause, 9 * took);
        return more ? 0ms : idle_pause;
    }

    std::size_t limit() const { return busy_ ? batch_beside_intake : batch; }

private:
    const actions::Backlog& intake_;
    const Metrics& metrics_;
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
    double written_ = 0;
    bool busy_ = false;
};

void report(const actions::Derived& derived) {
    for (const ticketing::TicketId ticket : derived.unreadable) {
        log::write(
            log::Level::error,
            "log gives no facts",
            {{"ticket_id", static_cast<std::int64_t>(ticket.value)}}
        );
    }
}

}  // namespace

boost::asio::awaitable<void> derive(
    mysql::Pool& pool, const actions::Backlog& intake, Metrics& metrics
) {
    using Clock = std::chrono::steady_clock;
    auto next_measure = Clock::now();
    Yield yield(intake, metrics);
    for (;;) {
        const auto began = Clock::now();
        const std::size_t limit = yield.limit();
        auto job = [limit](mysql::Connection& db) { return actions::derive_tickets(db, limit); };
        const auto derived = co_await pool.transact(std::move(job), mysql::Lane::background);
        const auto took = std::chrono::ceil<std::chrono::milliseconds>(Clock::now() - began);
        if (derived) {
            report(*derived);
        } else {
            log::trouble("roll-ups not derived", derived.error());
        }
        if (Clock::now() >= next_measure) {
            next_measure = Clock::now() + 5s;
            co_await measure(pool, metrics);
        }
        const bool more = derived && derived->rows == limit;
        const auto pause = yield.pause_after(took, more);
        if (pause > 0ms) co_await sleep_for(pause);
    }
}

}  // namespace hotline::workers
