#include "server/app.hpp"

#include "integrations/mysql/migrate.hpp"
#include "integrations/mysql/server_check.hpp"
#include "integrations/redis/durability.hpp"
#include "server/intake_parts.hpp"
#include "server/log.hpp"
#include "server/now.hpp"
#include "server/similar_appeals.hpp"
#include "server/site.hpp"
#include "server/stores.hpp"
#include "server/text_models.hpp"
#include "server/workers/city_watch.hpp"
#include "server/workers/knowledge_watch.hpp"
#include "server/workers/misroute_watch.hpp"
#include "server/workers/similar_appeals.hpp"
#include "server/workers/sweep_files.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <unistd.h>

#include <csignal>
#include <exception>

namespace hotline {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto drain = 10s;

// Stable over restarts and different for every server: consumer names and commit notices hang on
// it.
std::string server_id(const config::Settings& settings) {
    char host[256] = {};
    ::gethostname(host, sizeof host - 1);
    return std::string(host) + ":" + std::to_string(settings.server.port);
}

std::string text_of(std::exception_ptr failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        return error.what();
    } catch (...) {
        return "unknown";
    }
}

void report(std::string_view where, std::exception_ptr failure) {
    log::write(log::Level::error, "task failed", {{"task", where}, {"what", text_of(failure)}});
}

// Schema and snapshot. A database that is away at start is waited for: the supervisor would only
// start us again.
Result<CityPtr> load_city(mysql::Pool& pool, const TextModelsPtr& models) {
    auto loaded = pool.read_now([&models](mysql::Connection& db) -> Result<CityPtr> {
        if (auto fits = mysql::schema_version_matches(db); !fits) {
            return fail(
                ErrorCode::conflict,
                "The database schema is not this program's: run `hotline-server migrate`."
            );
        }
        if (const auto warnings = mysql::server_warnings(db)) {
            for (const std::string& warning : *warnings) {
                log::write(log::Level::warn, "database setting", {{"warning", warning}});
            }
        }
        const auto now = hotline::now();
        return read_city(db, now, models);
    });
    return loaded;
}

Result<CityPtr> wait_for_city(mysql::Pool& pool, const TextModelsPtr& models) {
    const auto give_up = std::chrono::steady_clock::now() + 60s;
    for (;;) {
        auto city = load_city(pool, models);
        const bool away = !city && city.error().code == ErrorCode::store_unavailable;
        if (!away || std::chrono::steady_clock::now() > give_up) return city;
        log::trouble("waiting for the database", city.error());
        ::usleep(500'000);
    }
}

}  // namespace

// In the order of construction; destroyed in reverse.
struct App::Parts {
    config::Settings settings;
    std::string id;
    Metrics metrics;
    asio::io_context io{1};
    TaskGroup tasks{io.get_executor(), report};
    std::unique_ptr<Stores> stores;
    std::unique_ptr<CitySource> city;
    KnowledgeSource knowledge;
    std::unique_ptr<SimilarAppeals> similar;
    std::unique_ptr<workers::SimilarAppealsFollower> similar_follower;
    std::unique_ptr<IntakeParts> intake;
    std::unique_ptr<actions::FileDesk> files;
    std::unique_ptr<Site> site;
    int code = 0;

    asio::awaitable<void> serve();
    asio::awaitable<void> stop_on_signal();
    asio::awaitable<void> watch_redis();
    asio::awaitable<void> measure_loop_lag();
};

App::App(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
App::~App() = default;

Result<std::unique_ptr<App>> App::build(const config::Settings& settings) {
    const auto mysql = mysql_settings(settings);
    if (!mysql) return std::unexpected(mysql.error());
    const auto redis = redis_settings(settings);
    if (!redis) return std::unexpected(redis.error());
    auto parts = std::make_unique<Parts>();
    parts->settings = settings;
    parts->id = server_id(settings);
    Parts& p = *parts;
    p.stores = std::make_unique<Stores>(
        p.io.get_executor(),
        p.settings,
        *mysql,
        *redis,
        p.id,
        p.metrics,
        [&p](std::vector<redis::CommitNotice> notices) { p.intake->take(notices); }
    );
    auto city = wait_for_city(p.stores->pool, load_text_models(settings.text_models.file));
    if (!city) return std::unexpected(city.error());
    p.city = std::make_unique<CitySource>(std::move(*city));
    p.similar = std::make_unique<SimilarAppeals>(similar_rules(settings.similarity));
    auto intake =
        IntakeParts::build(p.io.get_executor(), p.settings, p.id, *p.stores, *p.city, p.metrics);
    if (!intake) return std::unexpected(intake.error());
    p.intake = std::move(*intake);
    p.similar_follower = std::make_unique<workers::SimilarAppealsFollower>(
        p.stores->pool, *p.similar, p.intake->backlog, p.metrics
    );
    auto store = files::FileStore::open(settings.attachments.folder);
    if (!store) return std::unexpected(store.error());
    p.files = std::make_unique<actions::FileDesk>(
        std::move(*store), static_cast<std::size_t>(settings.attachments.max_file_bytes)
    );
    auto site = Site::build(
        p.io.get_executor(),
        p.settings,
        p.id,
        *p.stores,
        *p.city,
        p.knowledge,
        *p.intake,
        *p.files,
        *p.similar,
        p.metrics
    );
    if (!site) return std::unexpected(site.error());
    p.site = std::move(*site);
    return std::unique_ptr<App>(new App(std::move(parts)));
}

int App::run() {
    Parts& p = *parts_;
    asio::co_spawn(p.io, p.serve(), asio::detached);
    p.io.run();
    return p.code;
}

asio::awaitable<void> App::Parts::serve() {
    stores->start(tasks);
    intake->start(tasks);
    site->start(tasks);
    tasks.spawn("redis settings", watch_redis());
    tasks.spawn("city", workers::watch_city(stores->pool, *city));
    tasks.spawn("misroutes", workers::watch_misroutes(stores->pool, *city->current()->misroutes));
    tasks.spawn("knowledge", workers::watch_knowledge(stores->pool, knowledge));
    tasks.spawn("similar appeals", similar_follower->run());
    tasks.spawn(
        "hot topics", workers::watch_hot_topics(stores->pool, *similar, intake->backlog, metrics)
    );
    tasks.spawn("files", workers::sweep_files(*files, stores->pool));
    tasks.spawn("loop lag", measure_loop_lag());
    log::write(
        log::Level::info,
        "serving",
        {{"server", id},
         {"port", static_cast<std::int64_t>(site->port())},
         {"pid", static_cast<std::int64_t>(::getpid())}}
    );
    co_await stop_on_signal();
}

// Refuse new work, let what is under way finish, then unwind: live feeds and requests, workers
// (they finish their batch or leave it in the stream), connections.
asio::awaitable<void> App::Parts::stop_on_signal() {
    asio::signal_set signals(io, SIGTERM, SIGINT);
    co_await signals.async_wait(asio::use_awaitable);
    log::write(log::Level::info, "stopping");
    co_await site->stop(drain);
    tasks.stop();
    const bool all = co_await tasks.wait_for(drain);
    if (!all) log::write(log::Level::warn, "tasks left at the end of the drain");
    stores->close();
    stores->pool.stop();
    log::write(log::Level::info, "stopped");
    io.stop();
}

// A 202 promises that the appeal is on Redis's disk; with other settings than those we must not
// serve.
asio::awaitable<void> App::Parts::watch_redis() {
    std::uint64_t checked = 0;
    for (;;) {
        const std::uint64_t connects = stores->commands.counts().connects;
        if (stores->commands.available() && connects != checked) {
            const auto durable = co_await redis::check_durable_settings(stores->commands);
            if (durable) {
                checked = connects;
            } else if (durable.error().code == ErrorCode::internal) {
                log::trouble(
                    "Redis does not keep what it accepts: refusing to serve", durable.error()
                );
                code = 1;
                ::kill(::getpid(), SIGTERM);
                co_return;
            }
        }
        co_await sleep_for(200ms);
    }
}

asio::awaitable<void> App::Parts::measure_loop_lag() {
    for (;;) {
        const auto due = std::chrono::steady_clock::now() + 500ms;
        co_await sleep_for(500ms);
        const auto late = std::chrono::steady_clock::now() - due;
        metrics.loop_lag_seconds.Observe(std::chrono::duration<double>(late).count());
    }
}

}  // namespace hotline
