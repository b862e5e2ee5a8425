#include "server/stores.hpp"

namespace hotline {
namespace {

double seconds(std::chrono::microseconds time) {
    return std::chrono::duration<double>(time).count();
}

mysql::JobObserver observe(Metrics& metrics) {
    return [&metrics](const mysql::JobReport& report) {
        metrics.database_wait_seconds.Observe(seconds(report.waited));
        if (report.commit.count() > 0)
            metrics.database_commit_seconds.Observe(seconds(report.commit));
    };
}

mysql::PoolSettings pool_settings(const config::MysqlSection& section) {
    mysql::PoolSettings pool;
    pool.threads = static_cast<std::size_t>(section.pool_size);
    pool.queue_limit = static_cast<std::size_t>(section.queue_limit);
    return pool;
}

redis::ConnectionSettings named(redis::ConnectionSettings settings, std::string_view name) {
    settings.name = name;
    return settings;
}

}  // namespace

Result<mysql::Settings> mysql_settings(const config::Settings& settings) {
    auto password = config::read_secret(settings.mysql.password_file);
    if (!password) return std::unexpected(password.error());
    mysql::Settings out;
    out.host = settings.mysql.host;
    out.port = static_cast<std::uint16_t>(settings.mysql.port);
    out.socket = settings.mysql.socket;
    out.user = settings.mysql.user;
    out.password = std::move(*password);
    out.schema = settings.mysql.schema;
    return out;
}

Result<redis::ConnectionSettings> redis_settings(const config::Settings& settings) {
    auto password = config::read_secret(settings.redis.password_file);
    if (!password) return std::unexpected(password.error());
    redis::ConnectionSettings out;
    out.unix_socket = settings.redis.socket;
    out.host = settings.redis.host;
    out.port = static_cast<std::uint16_t>(settings.redis.port);
    out.user = settings.redis.user;
    out.password = std::move(*password);
    return out;
}

Stores::Stores(
    boost::asio::any_io_executor executor,
    const config::Settings& settings,
    mysql::Settings mysql,
    redis::ConnectionSettings redis,
    std::string server_id,
    Metrics& metrics,
    redis::CommitNotices::OnNotices on_notices
)
    : executor_(executor),
      redis_settings_(redis),
      pool(std::move(mysql), pool_settings(settings.mysql), observe(metrics)),
      commands(executor, named(redis, "commands")),
      subscriber(executor, named(redis, "notices")),
      notices(commands, subscriber, server_id, std::move(on_notices)),
      limits(commands),
      live_bus(commands, reader("live")) {
    redis::IntakeSettings intake;
    intake.origin = server_id;
    for (std::int64_t i = 0; i < settings.intake.workers; ++i) {
        streams.emplace_back(commands, reader("intake-" + std::to_string(i)), intake);
    }
}

redis::Connection& Stores::reader(const std::string& name) {
    return readers_.emplace_back(executor_, named(redis_settings_, name));
}

void Stores::start(TaskGroup& tasks) {
    tasks.spawn("redis commands", commands.run());
    tasks.spawn("redis notices", subscriber.run());
    for (redis::Connection& connection : readers_) tasks.spawn("redis reader", connection.run());
}

void Stores::close() {
    live_bus.stop();
    for (redis::Connection& connection : readers_) connection.close();
    subscriber.close();
    commands.close();
}

}  // namespace hotline
