#include "server/notices/courier.hpp"

#include "server/log.hpp"
#include "server/now.hpp"

#include <algorithm>
#include <span>

namespace hotline::notices {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using mysql::Delivery;
using mysql::DeliveryResult;
using mysql::DeliveryState;
using notify::Outcome;

constexpr std::size_t most_taken = 128;
constexpr std::size_t most_written = 128;
constexpr auto words_every = std::chrono::seconds(1);

std::string_view word_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::accepted:
            return "accepted";
        case Outcome::gone:
            return "gone";
        case Outcome::refused:
            return "refused";
        case Outcome::later:
            return "later";
        case Outcome::misconfigured:
            break;
    }
    return "misconfigured";
}

}  // namespace

std::chrono::milliseconds retry_after(
    unsigned attempts, std::uint64_t delivery, const CourierSettings& settings
) {
    auto wait = settings.first_retry;
    for (unsigned i = 0; i < attempts && wait < settings.longest_retry; ++i) wait *= 2;
    wait = std::min(wait, settings.longest_retry);
    // Between half of it and all, by Knuth's multiplicative hash, which parts neighbours most:
    // those that failed together do not come back together.
    const auto less = static_cast<std::int64_t>((delivery + attempts) * 2654435761U >> 8) % 51;
    return wait - wait * less / 100;
}

Courier::Courier(
    Channel channel,
    notify::Sender& sender,
    mysql::Pool& pool,
    Metrics& metrics,
    asio::any_io_executor executor,
    GateSettings gate,
    CourierSettings settings
)
    : channel_(channel),
      sender_(sender),
      pool_(pool),
      metrics_(metrics),
      gate_(gate),
      settings_(std::move(settings)),
      bell_(std::move(executor)) {}

void Courier::start(TaskGroup& tasks) {
    tasks_ = &tasks;
    tasks.spawn("courier", run());
}

asio::awaitable<void> Courier::run() {
    for (;;) {
        metrics_.notice_breaker(
            ticketing::name(channel_), static_cast<int>(gate_.state(Clock::now()))
        );
        co_await write_down();
        if (channel_ == Channel::web_push && Clock::now() >= next_words_) {
            next_words_ = Clock::now() + words_every;
            co_await send_last_words();
        }
        const std::size_t room = std::min(gate_.room(Clock::now()), most_taken);
        bool more = false;
        if (room > 0 && results_.size() < most_written) more = co_await take(room);
        if (more || results_.size() >= most_written) continue;
        // What is under way rings when it is done; a gate that is shut opens by itself.
        const auto wait = room == 0 ? std::chrono::milliseconds(20) : settings_.look_every;
        co_await bell_.wait(wait);
    }
}

// True when there may be more at once.
asio::awaitable<bool> Courier::take(std::size_t room) {
    auto job = [this, room](mysql::Connection& db) {
        return mysql::take_deliveries(db, channel_, now(), settings_.lease, room);
    };
    auto taken = co_await pool_.transact(std::move(job), mysql::Lane::background);
    if (!taken) {
        log::trouble("deliveries not taken", taken.error());
        co_await sleep_for(settings_.look_every);
        co_return false;
    }
    const bool more = taken->size() == room;
    for (Delivery& delivery : *taken) {
        if (delivery.moot) {
            DeliveryResult dropped{delivery.id, delivery.notice.id, DeliveryState::given_up};
            dropped.at = now();
            dropped.detail = "acknowledged";
            results_.push_back(std::move(dropped));
            continue;
        }
        gate_.began();
        tasks_->spawn("notice delivery", send(std::move(delivery)));
    }
    co_return more;
}

asio::awaitable<void> Courier::send(Delivery delivery) {
    auto message = api::message_of(delivery, channel_, settings_.messages);
    notify::Sent sent;
    const bool no_address =
        channel_ == Channel::web_push ? message.push.endpoint.empty() : message.address.empty();
    if (no_address) {
        sent = {Outcome::refused, std::nullopt, "", "no address"};
    } else {
        sent = co_await sender_.send(std::move(message));
    }
    const auto waited = now() - delivery.made_at;
    metrics_.notice_sent(
        ticketing::name(channel_),
        word_of(sent.outcome),
        std::max<std::chrono::nanoseconds>(waited, {})
    );
    const bool busy = sent.outcome == Outcome::later && sent.retry_after;
    if (busy) {
        gate_.asked_to_wait(Clock::now(), *sent.retry_after);
    } else if (sent.outcome == Outcome::later || sent.outcome == Outcome::misconfigured) {
        gate_.failed(Clock::now(), sent.outcome == Outcome::misconfigured);
    } else {
        gate_.succeeded();
    }
    if (sent.outcome == Outcome::misconfigured) {
        log::write(
            log::Level::error,
            "channel is not set up as its vendor wants",
            {{"channel", ticketing::name(channel_)}, {"detail", sent.detail}}
        );
    }
    results_.push_back(judge(delivery, sent));
    bell_.ring();
}

DeliveryResult Courier::judge(const Delivery& delivery, const notify::Sent& sent) const {
    DeliveryResult result{delivery.id, delivery.notice.id};
    result.at = now();
    result.vendor_id = sent.vendor_id;
    result.detail = sent.detail;
    switch (sent.outcome) {
        case Outcome::accepted:
            return result;
        case Outcome::gone:
            result.forget_device = delivery.device;
            [[fallthrough]];
        case Outcome::refused:
            result.state = DeliveryState::failed;
            return result;
        case Outcome::later:
        case Outcome::misconfigured:
            break;
    }
    const bool too_old = result.at - delivery.made_at > settings_.keeps;
    if (too_old || delivery.attempts + 1 >= settings_.most_attempts) {
        result.state = DeliveryState::given_up;
        return result;
    }
    auto wait = retry_after(delivery.attempts, delivery.id, settings_);
    if (sent.retry_after) wait = std::max<std::chrono::milliseconds>(wait, *sent.retry_after);
    result.state = DeliveryState::queued;
    result.retry_at = result.at + wait;
    return result;
}

asio::awaitable<void> Courier::write_down() {
    while (!results_.empty()) {
        const std::size_t count = std::min(results_.size(), most_written);
        const std::vector<DeliveryResult> some(
            results_.begin(), results_.begin() + static_cast<std::ptrdiff_t>(count)
        );
        auto job = [&some](mysql::Connection& db) { return mysql::record_deliveries(db, some); };
        const auto done = co_await pool_.transact(std::move(job), mysql::Lane::background);
        if (!done) {
            // Kept for the next time; when this server dies first, the lease sends them again.
            log::trouble("deliveries not recorded", done.error());
            co_await sleep_for(settings_.look_every);
            co_return;
        }
        results_.erase(results_.begin(), results_.begin() + static_cast<std::ptrdiff_t>(count));
    }
}

asio::awaitable<void> Courier::send_last_words() {
    auto job = [this](mysql::Connection& db) {
        return mysql::take_last_words(db, now(), settings_.lease, 16);
    };
    const auto devices = co_await pool_.transact(std::move(job), mysql::Lane::background);
    if (!devices) co_return;
    for (const mysql::Device& device : *devices) {
        const auto sent = co_await sender_.send(
            api::last_word_to({device.endpoint, device.p256dh, device.auth}, device.id)
        );
        const bool again = sent.outcome == Outcome::later || sent.outcome == Outcome::misconfigured;
        if (again && now() - device.seen_at < std::chrono::days(30)) continue;
        auto forget = [&device](mysql::Connection& db) {
            return mysql::forget_wiped(db, device.id);
        };
        co_await pool_.transact(std::move(forget), mysql::Lane::background);
    }
}

}  // namespace hotline::notices
