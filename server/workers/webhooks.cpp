#include "server/workers/webhooks.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/crypto/webhook.hpp"
#include "integrations/http/retry_after.hpp"
#include "integrations/mysql/audit_store.hpp"
#include "integrations/mysql/notice_work.hpp"
#include "integrations/webhooks/retry.hpp"
#include "server/actions/queue_webhooks.hpp"
#include "server/log.hpp"
#include "server/now.hpp"

namespace hotline::workers {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using mysql::WebhookDeliveryState;

constexpr auto kept = std::chrono::days{30};
constexpr auto webhook_pause = 5s;
constexpr auto measure_webhooks_every = 5s;

// Counted as long as the lane lives, however it ends.
class OpenLane {
public:
    explicit OpenLane(unsigned& count) : count_(count) { ++count_; }
    ~OpenLane() { --count_; }
    OpenLane(const OpenLane&) = delete;
    OpenLane& operator=(const OpenLane&) = delete;

private:
    unsigned& count_;
};

// Nobody asked for it: the system did, and the log of what was done keeps it.
Result<void> note_switched_off(
    mysql::Connection& db, const mysql::Webhook& webhook, ticketing::Instant now
) {
    mysql::AuditEntry entry;
    entry.at = now;
    entry.action = "webhook.switched_off";
    entry.object = "webhook:" + std::to_string(webhook.id);
    entry.success = false;
    return mysql::append_audit(db, entry, crypto::sm3);
}

// G19. One of a second is enough: it leads to the list of all.
Result<void> tell_administrators(mysql::Connection& db, ticketing::Instant now) {
    using namespace ticketing::notices;
    const auto roster = mysql::read_roster(db);
    if (!roster) return std::unexpected(roster.error());
    const auto second = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    std::vector<mysql::NewNotice> notices;
    for (const Person* person : roster->of_role(ticketing::Role::admin)) {
        mysql::NewNotice& notice = notices.emplace_back();
        notice.seq = static_cast<std::uint64_t>(second);
        notice.told = {person->user, Occasion::webhook_off, Standing::reader, true};
        notice.at = notice.made_at = now;
    }
    return mysql::insert_notices(db, notices);
}

Result<bool> switch_off(
    mysql::Connection& db, const mysql::Webhook& webhook, ticketing::Instant now
) {
    const auto off = mysql::switch_off_webhook(db, webhook.id, now);
    if (!off || !*off) return off;
    if (const auto noted = note_switched_off(db, webhook, now); !noted) {
        return std::unexpected(noted.error());
    }
    if (const auto told = tell_administrators(db, now); !told) {
        return std::unexpected(told.error());
    }
    return true;
}

}  // namespace

WebhookWorker::WebhookWorker(
    asio::any_io_executor executor, mysql::Pool& pool, Metrics& metrics, WebhookSettings settings
)
    : pool_(pool),
      metrics_(metrics),
      settings_(std::move(settings)),
      client_(executor, settings_.limits) {}

asio::awaitable<void> WebhookWorker::run(TaskGroup& tasks) {
    for (;;) {
        const auto opened = co_await open_lanes(tasks);
        if (!opened) {
            log::trouble("webhooks not looked for", opened.error());
            co_await sleep_for(webhook_pause);
        }
        co_await measure();
        co_await sleep_for(settings_.interval);
    }
}

asio::awaitable<Result<std::size_t>> WebhookWorker::open_lanes(TaskGroup& tasks) {
    auto job = [](mysql::Connection& db) { return mysql::webhooks_with_work(db, now()); };
    const auto due = co_await pool_.read(std::move(job), mysql::Lane::background);
    if (!due) co_return std::unexpected(due.error());
    for (const std::uint64_t webhook : *due) {
        // One more at a time: as long as something is left over, another lane helps.
        if (open_[webhook] < settings_.lanes) tasks.spawn("webhook", lane(webhook));
    }
    co_return due->size();
}

asio::awaitable<void> WebhookWorker::lane(std::uint64_t webhook) {
    const OpenLane open(open_[webhook]);
    for (;;) {
        const auto sent = co_await send_one(webhook);
        if (!sent) {
            log::trouble("webhook not sent", sent.error());
            co_await sleep_for(webhook_pause);
            co_return;
        }
        if (!*sent) co_return;
    }
}

asio::awaitable<Result<bool>> WebhookWorker::send_one(std::uint64_t webhook) {
    using Taken = Result<std::optional<Attempt>>;
    auto take = [this, webhook](mysql::Connection& db) -> Taken {
        const auto endpoint = mysql::find_webhook(db, webhook);
        if (!endpoint) return std::unexpected(endpoint.error());
        const bool open = *endpoint && (*endpoint)->active &&
                          (!(*endpoint)->paused_until || *(*endpoint)->paused_until <= now());
        if (!open) return std::optional<Attempt>();
        const auto due = mysql::take_delivery(db, webhook, now(), settings_.lease);
        if (!due) return std::unexpected(due.error());
        if (!*due) return std::optional<Attempt>();
        return std::optional(Attempt{**endpoint, **due});
    };
    const auto taken = co_await pool_.transact(std::move(take), mysql::Lane::background);
    if (!taken) co_return std::unexpected(taken.error());
    if (!*taken) co_return false;
    const Attempt& attempt = **taken;
    const auto answer = co_await client_.send(request_of(attempt));
    const unsigned status = answer ? answer->status : 0;
    const std::string fault = answer ? "" : std::string(name(answer.error()));
    std::optional<std::chrono::seconds> wait;
    if (answer) {
        wait = http_client::retry_after(*answer, std::chrono::floor<std::chrono::seconds>(now()));
    }
    auto end = [&](mysql::Connection& db) { return settle(db, attempt, status, fault, wait); };
    const auto off = co_await pool_.transact(std::move(end), mysql::Lane::background);
    if (!off) co_return std::unexpected(off.error());
    const bool delivered = webhooks::verdict_of(status) == webhooks::Verdict::delivered;
    (delivered ? metrics_.webhooks_delivered : metrics_.webhook_failures).Increment();
    if (*off) {
        log::write(
            log::Level::error,
            "webhook switched off",
            {{"webhook", static_cast<std::int64_t>(webhook)},
             {"status", static_cast<std::int64_t>(status)},
             {"fault", fault}}
        );
    }
    co_return true;
}

http_client::Request WebhookWorker::request_of(const Attempt& attempt) const {
    const auto at = now();
    const auto seconds =
        std::to_string(std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
    const auto secrets = actions::webhook_secrets(settings_.key, attempt.webhook, at);
    const std::string signature = crypto::sign_webhook(
        secrets, {attempt.delivery.message_id, seconds, attempt.delivery.body}
    );
    http_client::Request request;
    request.url = attempt.webhook.url;
    request.headers = {
        {"Content-Type", "application/json"},
        {"User-Agent", settings_.agent},
        {"webhook-id", attempt.delivery.message_id},
        {"webhook-timestamp", seconds},
        {"webhook-signature", signature},
    };
    request.body = attempt.delivery.body;
    return request;
}

Result<bool> WebhookWorker::settle(
    mysql::Connection& db,
    const Attempt& attempt,
    unsigned status,
    std::string_view fault,
    std::optional<std::chrono::seconds> asked
) const {
    const auto at = now();
    const auto verdict = webhooks::verdict_of(status);
    mysql::WebhookDelivery ended = attempt.delivery;
    ended.status = status;
    ended.fault = fault;
    if (verdict == webhooks::Verdict::delivered) {
        ended.state = WebhookDeliveryState::delivered;
        ended.finished_at = at;
        if (auto done = mysql::settle_delivery(db, ended); !done) {
            return std::unexpected(done.error());
        }
        auto told = mysql::webhook_succeeded(db, attempt.webhook.id, at);
        if (!told) return std::unexpected(told.error());
        return false;
    }
    ended.next_at = at + webhooks::wait_before(ended.attempts, ended.id, asked);
    if (ended.next_at > ended.give_up_at) {
        ended.state = WebhookDeliveryState::given_up;
        ended.finished_at = at;
    }
    if (auto done = mysql::settle_delivery(db, ended); !done) return std::unexpected(done.error());
    const auto failing = mysql::webhook_failed(db, attempt.webhook.id, at);
    if (!failing) return std::unexpected(failing.error());
    const bool too_long =
        failing->failures >= webhooks::fewest_failures && at - failing->since >= webhooks::longest;
    if (verdict == webhooks::Verdict::gone || too_long) return switch_off(db, attempt.webhook, at);
    const auto rest = webhooks::pause(failing->failures, asked);
    if (rest > 0s) {
        if (auto done = mysql::pause_webhook(db, attempt.webhook.id, at + rest); !done) {
            return std::unexpected(done.error());
        }
    }
    return false;
}

asio::awaitable<void> WebhookWorker::measure() {
    if (std::chrono::steady_clock::now() < next_measure_) co_return;
    next_measure_ = std::chrono::steady_clock::now() + measure_webhooks_every;
    const auto counts = co_await pool_.read(mysql::count_deliveries, mysql::Lane::background);
    if (!counts) co_return;
    metrics_.webhooks_waiting.Set(static_cast<double>(counts->waiting));
    metrics_.webhooks_switched_off.Set(static_cast<double>(counts->switched_off));
}

asio::awaitable<void> WebhookWorker::purge() {
    for (;;) {
        auto job = [](mysql::Connection& db) { return mysql::purge_deliveries(db, now() - kept); };
        const auto gone = co_await pool_.transact(std::move(job), mysql::Lane::background);
        if (!gone) log::trouble("old webhook deliveries not removed", gone.error());
        const bool more = gone && *gone == 1000;
        co_await sleep_for(more ? 1s : std::chrono::seconds(1h));
    }
}

}  // namespace hotline::workers
