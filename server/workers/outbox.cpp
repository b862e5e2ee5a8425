#include "server/workers/outbox.hpp"

#include "integrations/mysql/notice_work.hpp"
#include "server/log.hpp"
#include "server/now.hpp"
#include "server/tasks.hpp"

#include <algorithm>
#include <span>

namespace hotline::workers {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto first_pause = 500ms;
constexpr auto longest_pause = 30'000ms;
constexpr auto measure_every = 5s;
constexpr std::size_t measure_up_to = 100'000;
// So often no sweep with this row in it came to its end: it must not hold up the others for ever.
constexpr unsigned most_attempts = 10;

}  // namespace

OutboxWorker::OutboxWorker(mysql::Pool& pool, Metrics& metrics, Tell tell, OutboxSettings settings)
    : pool_(pool), metrics_(metrics), tell_(std::move(tell)), settings_(settings) {}

asio::awaitable<void> OutboxWorker::run() {
    auto pause = std::chrono::milliseconds(first_pause);
    for (;;) {
        const auto taken = co_await sweep();
        if (!taken) {
            log::trouble("changes not told", taken.error());
            co_await sleep_for(pause);
            pause = std::min(pause * 2, std::chrono::milliseconds(longest_pause));
            continue;
        }
        pause = first_pause;
        co_await measure();
        if (*taken < settings_.batch) co_await sleep_for(settings_.interval);
    }
}

asio::awaitable<Result<std::size_t>> OutboxWorker::sweep() {
    if (in_hand_.empty()) {
        // Most of the day there is nothing: a look costs less than a transaction.
        auto look = [](mysql::Connection& db) { return mysql::outbox_waits(db, now()); };
        const auto waits = co_await pool_.read(std::move(look), mysql::Lane::background);
        if (!waits) co_return std::unexpected(waits.error());
        if (!*waits) co_return 0;
    }
    auto job = [this](mysql::Connection& db) { return take(db); };
    const auto rows = co_await pool_.transact(std::move(job), mysql::Lane::background);
    if (!rows) co_return std::unexpected(rows.error());
    OutboxNews news;
    Tickets tickets = tickets_of(*rows);
    if (tickets.size() > settings_.one_by_one) {
        flood_ += tickets.size();
    } else {
        auto lines = co_await load(std::move(tickets));
        // The rows come back when their lease is over.
        if (!lines) co_return std::unexpected(lines.error());
        news.tickets = std::move(*lines);
    }
    for (const auto& row : *rows) in_hand_.push_back(row.id);
    const bool more_to_come = rows->size() == settings_.batch;
    if (flood_ > 0 && (!more_to_come || Clock::now() >= next_many_)) {
        news.many = std::exchange(flood_, 0);
        next_many_ = Clock::now() + settings_.many_every;
    }
    const bool something = !news.tickets.empty() || news.many > 0;
    if (something) co_await tell_(std::move(news));
    if (flood_ == 0) {
        const auto forgotten = co_await forget_told();
        if (!forgotten) co_return std::unexpected(forgotten.error());
    }
    co_return rows->size();
}

Result<std::vector<mysql::OutboxRow>> OutboxWorker::take(mysql::Connection& db) const {
    auto rows = mysql::take_outbox(
        db, {now(), settings_.lease, settings_.batch, in_hand_.empty() ? 0 : in_hand_.back()}
    );
    if (!rows || rows->empty()) return rows;
    for (const Also& write : also_) {
        if (auto done = write(db, *rows); !done) return std::unexpected(done.error());
    }
    return rows;
}

OutboxWorker::Tickets OutboxWorker::tickets_of(const std::vector<mysql::OutboxRow>& rows) {
    Tickets tickets;
    for (const mysql::OutboxRow& row : rows) {
        if (row.attempts <= most_attempts) {
            tickets.insert(row.ticket);
            continue;
        }
        log::write(
            log::Level::error,
            "change given up",
            {{"ticket_id", static_cast<std::int64_t>(row.ticket.value)},
             {"attempts", static_cast<std::int64_t>(row.attempts)}}
        );
    }
    return tickets;
}

asio::awaitable<Result<std::vector<mysql::TicketLine>>> OutboxWorker::load(Tickets tickets) {
    if (tickets.empty()) co_return std::vector<mysql::TicketLine>{};
    const std::vector<ticketing::TicketId> ids(tickets.begin(), tickets.end());
    auto job = [&ids](mysql::Connection& db) { return mysql::changed_tickets(db, ids); };
    co_return co_await pool_.read(std::move(job), mysql::Lane::background);
}

asio::awaitable<Result<void>> OutboxWorker::forget_told() {
    while (!in_hand_.empty()) {
        const auto count = std::min(in_hand_.size(), settings_.batch);
        const auto end = in_hand_.begin() + static_cast<std::ptrdiff_t>(count);
        const std::vector<std::uint64_t> some(in_hand_.begin(), end);
        auto job = [&some](mysql::Connection& db) { return mysql::hand_on_outbox(db, some); };
        const auto done = co_await pool_.transact(std::move(job), mysql::Lane::background);
        if (!done) co_return std::unexpected(done.error());
        in_hand_.erase(in_hand_.begin(), end);
        if (handed_on_) handed_on_();
    }
    co_return Result<void>{};
}

asio::awaitable<void> OutboxWorker::measure() {
    if (Clock::now() < next_measure_) co_return;
    next_measure_ = Clock::now() + measure_every;
    auto job = [](mysql::Connection& db) { return mysql::outbox_length(db, measure_up_to); };
    const auto length = co_await pool_.read(std::move(job), mysql::Lane::background);
    if (length) metrics_.outbox_length.Set(static_cast<double>(*length));
}

}  // namespace hotline::workers
