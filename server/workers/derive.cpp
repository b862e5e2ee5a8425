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
// A whole index stays whole while servers run: only a new version or a new key begins it anew.
constexpr auto caught_up_pause = 10s;
constexpr int search_rest = 9;  // times the work before it: a tenth of the time

using Clock = std::chrono::steady_clock;

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

// `behind`: what waited before a full piece of work, 0 before any other. What comes in during one
// that was not full waits for more of its kind.
Clock::duration rest_of(
    const Chore& chore, std::uint64_t behind, Clock::duration took, bool pouring
) {
    if (!pouring) return behind < batch ? idle_pause : 0ms;
    const auto rest = took * (behind < far_behind ? chore.rest_when_near : chore.rest_when_far);
    return rest > 0ms ? std::max<Clock::duration>(rest, idle_pause) : rest;
}

// Looks before it opens a transaction: most of the day there is nothing to do.
boost::asio::awaitable<void> keep_up(mysql::Pool& pool, IntakePressure pressure, Chore chore) {
    for (;;) {
        const auto began = Clock::now();
        const auto behind = co_await pool.read(chore.backlog, mysql::Lane::background);
        if (behind) {
            chore.length.Set(static_cast<double>(*behind));
        } else {
            log::trouble(chore.trouble, behind.error());
        }
        bool something = false;
        if (behind && *behind > 0) {
            const auto done = co_await pool.transact(chore.step, mysql::Lane::background);
            if (!done) log::trouble(chore.trouble, done.error());
            // A COMMIT whose outcome nobody knows may have gone well.
            something = done ? *done : mysql::outcome_unknown(done.error());
        }
        const auto took = Clock::now() - began;
        if (chore.looked) co_await chore.looked(something);
        const bool full = something && *behind >= batch;
        const auto rest = rest_of(chore, full ? *behind : 0, took, pressure.pouring());
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
        {"texts not indexed",
         step,
         mysql::search_backlog,
         metrics.search_length,
         search_rest,
         search_rest}
    );
}

boost::asio::awaitable<void> catch_up_search(
    mysql::Pool& pool,
    const actions::Backlog& intake,
    Metrics& metrics,
    const crypto::BlindIndex& blind
) {
    IntakePressure pressure(intake, metrics);
    const auto step = [&blind](mysql::Connection& db) {
        return actions::catch_up_indexes(db, catch_up, blind);
    };
    for (;;) {
        const auto began = Clock::now();
        const auto more = co_await pool.transact(step, mysql::Lane::background);
        const auto took = Clock::now() - began;
        if (!more) log::trouble("indexes of search not caught up", more.error());
        Clock::duration rest = caught_up_pause;
        if (more && *more) rest = pressure.pouring() ? took * search_rest : idle_pause;
        co_await sleep_for(rest);
    }
}

}  // namespace hotline::workers
