#include "server/workers/derive.hpp"

#include "integrations/mysql/derive_store.hpp"
#include "integrations/mysql/search_work.hpp"
#include "integrations/mysql/store_error.hpp"
#include "server/actions/derive_tickets.hpp"
#include "server/actions/index_search_texts.hpp"
#include "server/log.hpp"
#include "server/tasks.hpp"
#include "server/workers/intake_pressure.hpp"

#include <functional>

namespace hotline::workers {
namespace {

using namespace std::chrono_literals;

// Rows of work in one transaction. Tickets of one day fall into the same sums, texts of neighbours
// into the same rows of the index: five times as many change hardly more of them.
constexpr std::size_t batch = 10'000;
constexpr std::size_t catch_up = 2'000;  // so that one piece holds nobody up
constexpr auto idle_pause = 300ms;

// What one follower of the logs does, and how it stands back while appeals pour in.
struct Chore {
    const char* trouble;
    std::function<Result<bool>(mysql::Connection& db)> step;  // whether there was something
    Result<std::uint64_t> (*backlog)(mysql::Connection& db);
    prometheus::Gauge& length;
    // Its rest after a piece of work, as a multiple of the time that took: while less than
    // `far_behind` waits, and more.
    int rest_when_near;
    int rest_when_far;
    std::function<boost::asio::awaitable<void>(bool something)> looked = {};
};

constexpr std::uint64_t far_behind = 50'000;  // ten seconds of the heaviest rush two cores can take

boost::asio::awaitable<void> keep_up(mysql::Pool& pool, IntakePressure pressure, Chore chore) {
    using Clock = std::chrono::steady_clock;
    for (;;) {
        const auto began = Clock::now();
        const auto done = co_await pool.transact(chore.step, mysql::Lane::background);
        const auto took = Clock::now() - began;
        if (!done) log::trouble(chore.trouble, done.error());
        // A COMMIT whose outcome nobody knows may have gone well.
        const bool something = done ? *done : mysql::outcome_unknown(done.error());
        if (chore.looked) co_await chore.looked(something);
        const auto known = co_await pool.read(chore.backlog, mysql::Lane::background);
        const std::uint64_t behind = done && known ? *known : 0;
        if (known) chore.length.Set(static_cast<double>(*known));
        // What came in meanwhile waits for more of its kind, unless it fills a batch.
        Clock::duration rest = behind < batch ? idle_pause : 0ms;
        if (pressure.pouring()) {
            rest = took * (behind < far_behind ? chore.rest_when_near : chore.rest_when_far);
            if (rest > 0ms) rest = std::max<Clock::duration>(rest, idle_pause);
        }
        if (rest > 0ms) co_await sleep_for(rest);
    }
}

Result<bool> derive_some(mysql::Connection& db) {
    const auto derived = actions::derive_tickets(db, batch);
    if (!derived) return std::unexpected(derived.error());
    for (const ticketing::TicketId ticket : derived->unreadable) {
        log::write(
            log::Level::error,
            "log gives no facts",
            {{"ticket_id", static_cast<std::int64_t>(ticket.value)}}
        );
    }
    return derived->rows > 0;
}

Result<bool> index_some(mysql::Connection& db, const crypto::BlindIndex& blind) {
    const auto indexed = actions::index_search_texts(db, batch, blind);
    if (!indexed) return std::unexpected(indexed.error());
    if (auto caught_up = actions::catch_up_indexes(db, catch_up, blind); !caught_up) {
        return std::unexpected(caught_up.error());
    }
    return *indexed > 0;
}

}  // namespace

boost::asio::awaitable<void> derive(
    mysql::Pool& pool, const actions::Backlog& intake, Metrics& metrics, FiguresNews& news
) {
    return keep_up(
        pool,
        {intake, metrics},
        {"roll-ups not derived",
         derive_some,
         mysql::derive_backlog,
         metrics.derive_length,
         4,
         0,
         [&news](bool something) { return news.derived(something); }}
    );
}

boost::asio::awaitable<void> index_search(
    mysql::Pool& pool,
    const actions::Backlog& intake,
    Metrics& metrics,
    const crypto::BlindIndex& blind
) {
    const auto step = [&blind](mysql::Connection& db) { return index_some(db, blind); };
    return keep_up(
        pool,
        {intake, metrics},
        {"texts not indexed", step, mysql::search_backlog, metrics.search_length, 9, 9}
    );
}

}  // namespace hotline::workers
