#include "server/workers/intake.hpp"

#include "integrations/mysql/store_error.hpp"
#include "server/appeal_payload.hpp"
#include "server/log.hpp"
#include "server/now.hpp"
#include "server/tasks.hpp"
#include "ticketing/ticket_number.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace hotline::workers {
namespace {

namespace asio = boost::asio;
using actions::Acceptance;
using actions::Committed;
using namespace std::chrono_literals;

// An entry handed out so often without success may be what kills us: it is put aside unread.
constexpr std::uint64_t poison_deliveries = 5;
// A dead consumer's work is taken over after three times the slowest legitimate commit.
constexpr auto stale_after = 30s;
constexpr std::chrono::milliseconds block{2000};
constexpr std::chrono::milliseconds while_rushing{50};
constexpr std::chrono::milliseconds at_once{1};
// A transaction costs about as much for ten appeals as for one. Where the last one held several,
// the first of the next waits a moment for its companions: callers who wait for their 201 come back
// together.
constexpr std::size_t companions = 4;
constexpr auto gathering = 2ms;

bool store_is_away(const Error& error) {
    return error.code == ErrorCode::store_unavailable || error.code == ErrorCode::queue_full ||
           error.code == ErrorCode::deadline_exceeded || mysql::outcome_unknown(error);
}

Committed::Kind kind_of(Acceptance::Kind kind) {
    switch (kind) {
        case Acceptance::Kind::committed:
            return Committed::Kind::created;
        case Acceptance::Kind::replayed:
            return Committed::Kind::existing;
        case Acceptance::Kind::other_body:
            return Committed::Kind::other_body;
    }
    return Committed::Kind::created;
}

redis::CommitOutcome outcome_of(Committed::Kind kind) {
    switch (kind) {
        case Committed::Kind::created:
            return redis::CommitOutcome::created;
        case Committed::Kind::existing:
            return redis::CommitOutcome::existing;
        case Committed::Kind::other_body:
            return redis::CommitOutcome::other_body;
        case Committed::Kind::dead_lettered:
            return redis::CommitOutcome::dead_lettered;
    }
    return redis::CommitOutcome::created;
}

std::string joined(const redis::Fields& fields) {
    std::string text;
    for (const auto& [name, value] : fields) text += name + "=" + value + "\n";
    return text;
}

ticketing::Digest digest_from(std::string_view bytes) {
    ticketing::Digest digest{};
    std::copy_n(bytes.begin(), std::min(bytes.size(), digest.size()), digest.begin());
    return digest;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

// One delivery that could be read.
struct IntakeWorker::Entry {
    std::string stream_id;
    std::string origin;
    std::string payload;
    actions::PromisedAppeal promised;
};

struct IntakeWorker::Told {
    std::string stream_id;
    std::string origin;
    std::string promised_no;
    Committed outcome;
};

IntakeWorker::IntakeWorker(
    redis::IntakeStream& stream,
    redis::CommitNotices& notices,
    mysql::Pool& pool,
    actions::CommitWaiters& waiters,
    const CitySource& city,
    DeskLoads& loads,
    IntakeRush& rush,
    Metrics& metrics,
    IntakeWorkerSettings settings
)
    : stream_(stream),
      notices_(notices),
      pool_(pool),
      waiters_(waiters),
      city_(city),
      loads_(loads),
      rush_(rush),
      metrics_(metrics),
      settings_(std::move(settings)) {}

asio::awaitable<void> IntakeWorker::run() {
    co_await take_up_own();
    for (;;) {
        auto batch = co_await next_batch();
        if (!batch) {
            co_await sleep_for(200ms);
            continue;
        }
        if (batch->empty()) continue;
        co_await gather(*batch);
        last_batch_ = batch->size();
        rush_.saw(last_batch_);
        co_await process(std::move(*batch), false);
    }
}

asio::awaitable<Result<std::vector<redis::Delivery>>> IntakeWorker::next_batch() {
    auto at_most = block;
    if (settings_.stands_by) {
        if (!rush_.on()) co_await rush_.wait();
        at_most = rush_.on() ? while_rushing : at_once;
    }
    co_return co_await stream_.read_batch(settings_.consumer, settings_.batch_size, at_most);
}

asio::awaitable<void> IntakeWorker::gather(std::vector<redis::Delivery>& batch) {
    if (last_batch_ < companions || batch.size() >= last_batch_) co_return;
    co_await sleep_for(gathering);
    const int room = settings_.batch_size - static_cast<int>(batch.size());
    auto more = co_await stream_.read_batch(settings_.consumer, room, at_once);
    if (!more) co_return;
    std::ranges::move(*more, std::back_inserter(batch));
}

// After a restart: what this consumer had in hand when it died. Some of it may be committed.
asio::awaitable<void> IntakeWorker::take_up_own() {
    std::string after = "0";
    for (;;) {
        auto page = co_await stream_.own_pending(settings_.consumer, settings_.batch_size, after);
        if (!page) {
            co_await sleep_for(500ms);
            continue;
        }
        if (page->empty()) co_return;
        after = page->back().id;
        co_await process_suspects(std::move(*page));
    }
}

asio::awaitable<void> IntakeWorker::tidy() {
    for (;;) {
        co_await sleep_for(10s);
        auto claimed =
            co_await stream_.claim_stale(settings_.consumer, stale_after, settings_.batch_size);
        if (claimed) {
            for (const std::string& id : claimed->lost) {
                metrics_.intake_incidents.Increment();
                log::write(log::Level::error, "entry lost from the stream", {{"stream_id", id}});
            }
            if (!claimed->deliveries.empty())
                co_await process_suspects(std::move(claimed->deliveries));
        }
        auto orphans = co_await stream_.orphans(5min, 100);
        if (!orphans) continue;
        for (const redis::Delivery& orphan : *orphans) {
            metrics_.intake_incidents.Increment();
            log::write(log::Level::error, "orphaned entry put back", {{"stream_id", orphan.id}});
            co_await stream_.reinject(orphan.id);
        }
    }
}

// Entries that were handed out before: count first, read then, so that an entry that kills its
// reader stops at the fifth time.
asio::awaitable<void> IntakeWorker::process_suspects(std::vector<redis::Delivery> deliveries) {
    std::vector<std::string> ids;
    for (const redis::Delivery& delivery : deliveries) ids.push_back(delivery.id);
    const auto counts = co_await stream_.delivery_counts(ids);
    std::map<std::string, std::uint64_t> times;
    if (counts) {
        for (const auto& count : *counts) times[count.id] = count.count;
    }
    std::vector<redis::Delivery> readable;
    for (redis::Delivery& delivery : deliveries) {
        if (times[delivery.id] > poison_deliveries && delivery.entry) {
            delivery.raw = {
                {"payload", delivery.entry->payload}, {"ticket", delivery.entry->ticket_no}
            };
            delivery.entry = fail(ErrorCode::internal, "handed out too often");
        }
        readable.push_back(std::move(delivery));
    }
    co_await process(std::move(readable), true);
}

asio::awaitable<void> IntakeWorker::process(
    std::vector<redis::Delivery> deliveries, bool look_first
) {
    std::vector<Entry> entries;
    for (redis::Delivery& delivery : deliveries) {
        if (!delivery.entry && delivery.entry.error().code == ErrorCode::not_found) {
            std::vector<std::string> gone(
                1, delivery.id
            );  // deleted while pending: tidy() reports it
            co_await stream_.acknowledge(std::move(gone));
            continue;
        }
        Result<ticketing::Appeal> appeal =
            delivery.entry ? decode_appeal(delivery.entry->payload)
                           : Result<ticketing::Appeal>(std::unexpected(delivery.entry.error()));
        const bool numbered =
            delivery.entry && ticketing::parse_ticket_number(delivery.entry->ticket_no).has_value();
        if (appeal && numbered) {
            redis::IntakeEntry& e = *delivery.entry;
            entries.push_back(
                {delivery.id,
                 e.origin,
                 std::move(e.payload),
                 {e.ticket_no, std::move(*appeal), digest_from(e.key.body_hash), e.accepted_at}}
            );
            continue;
        }
        actions::DeadLetter letter;
        letter.stream_id = delivery.id;
        letter.accepted_at = now();
        letter.payload = joined(delivery.raw);
        if (delivery.entry) {
            letter.ticket_no = delivery.entry->ticket_no;
            letter.channel = delivery.entry->key.channel;
            letter.payload = delivery.entry->payload;
            letter.accepted_at = delivery.entry->accepted_at;
        }
        const Error why =
            appeal ? Error{ErrorCode::invalid_format, "ticket_no", {}} : appeal.error();
        letter.error = std::string(name(why.code)) + " " + why.detail;
        if (!why.fields.empty()) letter.error += why.fields.front().field;
        std::string origin;
        if (delivery.entry) origin = delivery.entry->origin;
        co_await bury(std::move(letter), std::move(origin));
    }
    if (!entries.empty()) co_await commit(std::move(entries), look_first);
}

asio::awaitable<Result<std::vector<Acceptance>>> IntakeWorker::try_commit(
    const std::vector<actions::PromisedAppeal>& appeals, bool look_first
) {
    const CityPtr city = city_.current();
    const auto start = std::chrono::steady_clock::now();
    ticketing::Loads loads;
    auto accepted = co_await pool_.transact(
        [&](mysql::Connection& db) {
            loads = loads_.copy();  // anew when the transaction is run again
            return actions::accept_appeals(db, appeals, *city, loads, now(), look_first);
        },
        mysql::Lane::background
    );
    metrics_.intake_commit_seconds.Observe(seconds_since(start));
    metrics_.intake_batch_size.Observe(static_cast<double>(appeals.size()));
    co_return accepted;
}

// Commits the entries together; when one of them cannot be written the batch is halved until it
// stands alone and goes to the dead letters. While MySQL is away everything waits in the stream.
asio::awaitable<void> IntakeWorker::commit(std::vector<Entry> entries, bool look_first) {
    std::vector<actions::PromisedAppeal> appeals;
    for (const Entry& entry : entries) appeals.push_back(entry.promised);
    auto accepted = co_await try_commit(appeals, look_first);
    while (!accepted && (store_is_away(accepted.error()) || !look_first)) {
        const bool away = store_is_away(accepted.error());
        if (away) co_await wait_for_database();
        // A duplicate key, or a COMMIT whose outcome nobody knows: look by key from now on.
        look_first = true;
        accepted = co_await try_commit(appeals, look_first);
    }
    if (!accepted && entries.size() > 1) {
        const auto middle = entries.begin() + static_cast<std::ptrdiff_t>(entries.size() / 2);
        std::vector<Entry> rest(
            std::make_move_iterator(middle), std::make_move_iterator(entries.end())
        );
        entries.erase(middle, entries.end());
        co_await commit(std::move(entries), true);
        co_await commit(std::move(rest), true);
        co_return;
    }
    if (!accepted) {
        Entry& entry = entries.front();
        actions::DeadLetter letter{
            entry.stream_id,
            entry.promised.ticket_no,
            entry.promised.appeal.channel,
            entry.promised.appeal.idempotency_key,
            entry.promised.body_hash,
            entry.payload,
            std::string(name(accepted.error().code)) + " " + accepted.error().detail,
            entry.promised.accepted_at
        };
        co_await bury(std::move(letter), entry.origin);
        co_return;
    }
    std::vector<Told> told;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Acceptance& result = (*accepted)[i];
        if (result.kind == Acceptance::Kind::committed) {
            loads_.placed(result.ticket);
            metrics_.tickets_committed.Increment();
        }
        told.push_back(
            {std::move(entries[i].stream_id),
             std::move(entries[i].origin),
             std::move(entries[i].promised.ticket_no),
             {kind_of(result.kind), result.ticket_no}}
        );
    }
    co_await tell(std::move(told));
}

asio::awaitable<void> IntakeWorker::bury(actions::DeadLetter letter, std::string origin) {
    log::write(
        log::Level::error,
        "dead letter",
        {{"stream_id", letter.stream_id}, {"ticket_no", letter.ticket_no}, {"error", letter.error}}
    );
    const CityPtr city = city_.current();
    for (;;) {
        const auto buried = co_await pool_.transact(
            [&](mysql::Connection& db) {
                return actions::bury_dead_letter(db, letter, *city, now());
            },
            mysql::Lane::background
        );
        if (buried) break;
        log::trouble("dead letter not kept yet", buried.error(), {{"stream_id", letter.stream_id}});
        // Left pending rather than lost: it comes back with the next look at stale entries.
        if (!store_is_away(buried.error())) co_return;
        co_await wait_for_database();
    }
    metrics_.dead_letters.Increment();
    std::vector<Told> told;
    told.push_back(
        {letter.stream_id,
         std::move(origin),
         letter.ticket_no,
         {Committed::Kind::dead_lettered, letter.ticket_no}}
    );
    co_await tell(std::move(told));
}

asio::awaitable<void> IntakeWorker::tell(std::vector<Told> told) {
    std::vector<std::string> ids;
    std::map<std::string, std::vector<redis::CommitNotice>> elsewhere;
    for (Told& one : told) {
        ids.push_back(std::move(one.stream_id));
        if (one.origin == settings_.server_id) {
            waiters_.tell(one.promised_no, std::move(one.outcome));
        } else if (!one.origin.empty()) {
            elsewhere[one.origin].push_back({one.promised_no, outcome_of(one.outcome.kind)});
        }
    }
    // An acknowledgement that fails brings the entries back; their keys are known then.
    const auto done = co_await stream_.acknowledge(std::move(ids));
    if (!done) log::trouble("acknowledge failed", done.error());
    for (auto& [server, notices] : elsewhere) co_await notices_.tell(server, std::move(notices));
}

asio::awaitable<void> IntakeWorker::wait_for_database() {
    co_await sleep_for(100ms);
    while (!pool_.healthy()) co_await sleep_for(200ms);
}

asio::awaitable<void> watch_backlog(
    redis::IntakeStream& stream, actions::Backlog& backlog, Metrics& metrics
) {
    for (;;) {
        const auto state = co_await stream.outstanding();
        metrics.redis_available.Set(stream.available() ? 1 : 0);
        if (state) {
            backlog.length = state->length;
            metrics.intake_length.Set(static_cast<double>(state->length));
            metrics.intake_oldest_seconds.Set(
                std::chrono::duration<double>(state->oldest_age).count()
            );
        }
        co_await sleep_for(500ms);
    }
}

asio::awaitable<void> keep_serials(
    mysql::Pool& pool, mysql::SerialSource& serials, Metrics& metrics
) {
    for (;;) {
        if (serials.blocks_wanted() > 0) {
            const auto done = co_await mysql::refill(pool, serials);
            if (!done) log::trouble("no ticket numbers leased", done.error());
        }
        metrics.serials_left.Set(static_cast<double>(serials.left()));
        co_await sleep_for(100ms);
    }
}

}  // namespace hotline::workers
