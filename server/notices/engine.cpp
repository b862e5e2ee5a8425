#include "server/notices/engine.hpp"

#include "integrations/mysql/notice_rules_store.hpp"
#include "integrations/mysql/notice_work.hpp"
#include "server/actions/derive_notices.hpp"
#include "server/api/notice_rules_input.hpp"
#include "server/live_notice.hpp"
#include "server/log.hpp"
#include "server/now.hpp"

#include <algorithm>
#include <utility>

namespace hotline::notices {
namespace {

namespace asio = boost::asio;
using Steady = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t events_at_once = 256;
constexpr std::size_t steps_at_once = 500;
constexpr std::size_t pages_at_once = 256;
constexpr auto idle_pause = 1s;
constexpr auto trouble_pause = 1s;
// While appeals pour in: the rest after a batch as a multiple of its time, and its limit, so that a
// critical ticket, which is taken first, never waits longer.
constexpr int rest_when_pouring = 8;
constexpr auto longest_rest = 1s;
constexpr auto page_lease = 10s;
constexpr auto sweep_every = 10s;
constexpr std::size_t measure_up_to = 100'000;

}  // namespace

Engine::Engine(
    asio::any_io_executor executor,
    mysql::Pool& pool,
    const CitySource& city,
    const actions::Backlog& intake,
    Metrics& metrics,
    Senders senders,
    Publish publish,
    EngineSettings settings
)
    : pool_(pool),
      city_(city),
      intake_(intake),
      metrics_(metrics),
      publish_(std::move(publish)),
      settings_(std::move(settings)),
      configured_(settings_.ways.rules),
      senders_(std::move(senders)),
      todo_(executor),
      due_(executor),
      pages_(executor),
      seen_(executor) {
    settings_.ways.channels.add(Channel::live);
    for (const auto& [channel, sender] : senders_) {
        settings_.ways.channels.add(channel);
        const auto gate = settings_.gates.find(channel);
        couriers_.push_back(std::make_unique<Courier>(
            channel,
            *sender,
            pool,
            metrics,
            executor,
            gate == settings_.gates.end() ? GateSettings{} : gate->second,
            settings_.courier
        ));
        courier_channels_.push_back(channel);
    }
}

void Engine::start(TaskGroup& tasks) {
    tasks.spawn("notices derived", derive());
    tasks.spawn("notices due", step());
    tasks.spawn("notices to pages", tell_pages());
    tasks.spawn("notices on pages", keep_shown());
    tasks.spawn("notices swept", sweep());
    for (const auto& courier : couriers_) courier->start(tasks);
}

void Engine::ring() {
    todo_.ring();
    due_.ring();
}

void Engine::shown(std::uint64_t notice) {
    shown_.push_back(notice);
    seen_.ring();
}

asio::awaitable<void> Engine::derive() {
    workers::IntakePressure pressure(intake_, metrics_);
    for (;;) {
        const auto began = Steady::now();
        const CityPtr city = city_.current();
        auto job = [&city](mysql::Connection& db) {
            return actions::derive_notices(db, *city, now(), events_at_once);
        };
        const auto derived = co_await pool_.transact(std::move(job), mysql::Lane::background);
        const auto took = Steady::now() - began;
        if (!derived) {
            log::trouble("notices not derived", derived.error());
            co_await sleep_for(trouble_pause);
            continue;
        }
        if (derived->notices > 0) due_.ring();
        if (pressure.pouring()) {
            const auto rest = std::min<Steady::duration>(took * rest_when_pouring, longest_rest);
            co_await sleep_for(rest);
        } else if (derived->events < events_at_once) {
            co_await todo_.wait(idle_pause);
        }
    }
}

// G18: what was set here or at another server since. What cannot be read leaves the rules as they
// are; nobody stays untold for it.
asio::awaitable<void> Engine::look_at_rules() {
    auto job = [known = rules_version_](mysql::Connection& db) {
        return mysql::newer_notice_rules(db, known);
    };
    const auto newer = co_await pool_.read(std::move(job), mysql::Lane::background);
    if (!newer) {
        log::trouble("notice rules not looked for", newer.error());
        co_return;
    }
    if (!*newer) co_return;
    rules_version_ = (*newer)->version;
    auto rules = api::rule_set_from((*newer)->body, configured_);
    if (rules) {
        settings_.ways.rules = std::move(*rules);
    } else {
        log::trouble("notice rules not understood", rules.error());
    }
}

asio::awaitable<void> Engine::step() {
    for (;;) {
        co_await look_at_rules();
        const CityPtr city = city_.current();
        auto job = [this, &city](mysql::Connection& db) {
            return actions::step_notices(db, *city, settings_.ways, now(), steps_at_once);
        };
        const auto stepped = co_await pool_.transact(std::move(job), mysql::Lane::background);
        if (!stepped) {
            log::trouble("notices not taken on", stepped.error());
            co_await sleep_for(trouble_pause);
            continue;
        }
        if (stepped->sent.has(Channel::live)) pages_.ring();
        for (std::size_t i = 0; i < couriers_.size(); ++i) {
            if (stepped->sent.has(courier_channels_[i])) couriers_[i]->ring();
        }
        if (stepped->taken < steps_at_once) co_await due_.wait(idle_pause);
    }
}

asio::awaitable<void> Engine::tell_pages() {
    for (;;) {
        const bool more = co_await tell_some_pages();
        if (!more) co_await pages_.wait(idle_pause);
    }
}

// Told, then written down as sent: a page may hear of a notice twice and knows it by its id.
asio::awaitable<bool> Engine::tell_some_pages() {
    auto take = [](mysql::Connection& db) {
        return mysql::take_deliveries(db, Channel::live, now(), page_lease, pages_at_once);
    };
    const auto taken = co_await pool_.transact(std::move(take), mysql::Lane::background);
    if (!taken) {
        log::trouble("pages not told", taken.error());
        co_await sleep_for(trouble_pause);
        co_return false;
    }
    if (taken->empty()) co_return false;
    std::vector<redis::LiveMessage> messages;
    std::vector<mysql::DeliveryResult> results;
    const ticketing::Instant at = now();
    for (const mysql::Delivery& delivery : *taken) {
        messages.push_back(notice_told(
            delivery.notice.receiver,
            delivery.notice.id,
            api::notice_json(delivery.notice, delivery.language)
        ));
        mysql::DeliveryResult result{delivery.id, delivery.notice.id};
        result.at = at;
        // Whether somebody has a page open is known where the page is: shown().
        result.reaches = false;
        results.push_back(std::move(result));
        metrics_.notice_sent(
            ticketing::name(Channel::live),
            "accepted",
            std::max<std::chrono::nanoseconds>(at - delivery.made_at, {})
        );
    }
    co_await publish_(std::move(messages));
    auto record = [&results](mysql::Connection& db) {
        return mysql::record_deliveries(db, results);
    };
    const auto recorded = co_await pool_.transact(std::move(record), mysql::Lane::background);
    if (!recorded) log::trouble("pages told, not recorded", recorded.error());
    co_return taken->size() == pages_at_once;
}

asio::awaitable<void> Engine::keep_shown() {
    for (;;) {
        if (shown_.empty()) {
            co_await seen_.wait(idle_pause);
            continue;
        }
        const auto some = std::exchange(shown_, {});
        auto job = [&some](mysql::Connection& db) {
            return mysql::record_shown_live(db, some, now());
        };
        const auto kept = co_await pool_.transact(std::move(job), mysql::Lane::background);
        if (!kept) log::trouble("shown notices not recorded", kept.error());
    }
}

asio::awaitable<void> Engine::sweep() {
    for (;;) {
        auto measure = [](mysql::Connection& db) {
            return mysql::notice_todo_length(db, measure_up_to);
        };
        const auto length = co_await pool_.read(std::move(measure), mysql::Lane::background);
        if (length) metrics_.notice_todo_length.Set(static_cast<double>(*length));
        auto purge = [this](mysql::Connection& db) {
            return mysql::purge_notices(db, now(), now() - settings_.keeps);
        };
        const auto purged = co_await pool_.transact(std::move(purge), mysql::Lane::background);
        if (!purged) log::trouble("notices not swept", purged.error());
        co_await sleep_for(sweep_every);
    }
}

}  // namespace hotline::notices
