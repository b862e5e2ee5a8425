#pragma once

#include "integrations/mysql/pool.hpp"
#include "integrations/redis/commit_notices.hpp"
#include "integrations/redis/connection.hpp"
#include "integrations/redis/intake_stream.hpp"
#include "integrations/redis/limits.hpp"
#include "integrations/redis/live_bus.hpp"
#include "server/config/settings.hpp"
#include "server/metrics.hpp"
#include "server/tasks.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <deque>
#include <memory>
#include <string>

namespace hotline {

// What the settings say of the stores, secrets read.
Result<mysql::Settings> mysql_settings(const config::Settings& settings);
Result<redis::ConnectionSettings> redis_settings(const config::Settings& settings);

// Every connection of one server to MySQL and Redis. Redis blocks a connection that waits for new
// entries, so each reader has its own.
class Stores {
public:
    Stores(
        boost::asio::any_io_executor executor,
        const config::Settings& settings,
        mysql::Settings mysql,
        redis::ConnectionSettings redis,
        std::string server_id,
        Metrics& metrics,
        redis::CommitNotices::OnNotices on_notices
    );

    // Spawns the connections' loops.
    void start(TaskGroup& tasks);
    void close();

private:
    redis::Connection& reader(const std::string& name);

    boost::asio::any_io_executor executor_;
    redis::ConnectionSettings redis_settings_;
    std::deque<redis::Connection> readers_;

public:
    mysql::Pool pool;
    redis::Connection commands;
    redis::Connection subscriber;
    redis::CommitNotices notices;
    redis::Limits limits;
    redis::LiveBus live_bus;
    std::deque<redis::IntakeStream> streams;  // one per worker; the first also takes what comes in
};

}  // namespace hotline
