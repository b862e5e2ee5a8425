#include "server/workers/derive.hpp"

#include "integrations/mysql/derive_store.hpp"
#include "server/actions/derive_tickets.hpp"
#include "server/log.hpp"
#include "server/tasks.hpp"

namespace hotline::workers {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t batch = 500;          // rows of work in one transaction
constexpr std::uint64_t intake_busy = 500;  // appeals waiting: about two batches of the intake
constexpr std::uint64_t counted_at_most = 100'000;

boost::asio::awaitable<void> measure(mysql::Pool& pool, Metrics& metrics) {
    auto count = [](mysql::Connection& db) { return mysql::derive_backlog(db, counted_at_most); };
    const auto waiting = co_await pool.read(std::move(count), mysql::Lane::background);
    if (waiting) metrics.derive_length.Set(static_cast<double>(*waiting));
}

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
    auto next_measure = std::chrono::steady_clock::now();
    for (;;) {
        auto job = [](mysql::Connection& db) { return actions::derive_tickets(db, batch); };
        const auto derived = co_await pool.transact(std::move(job), mysql::Lane::background);
        if (derived) {
            report(*derived);
        } else {
            log::trouble("roll-ups not derived", derived.error());
        }
        if (std::chrono::steady_clock::now() >= next_measure) {
            next_measure = std::chrono::steady_clock::now() + 5s;
            co_await measure(pool, metrics);
        }
        const bool more = derived && derived->rows == batch;
        if (intake.length > intake_busy) {
            co_await sleep_for(1s);
        } else if (!more) {
            co_await sleep_for(300ms);
        }
    }
}

}  // namespace hotline::workers
