#pragma once

#include "integrations/mysql/connection.hpp"
#include "server/config/settings.hpp"

#include <memory>
#include <optional>

namespace hotline::cli {

// The one connection of a command that runs and ends. Use it from the thread that opened it.
class Database {
public:
    // Says on standard error why there is none.
    static std::unique_ptr<Database> open(const config::Settings& settings);

    mysql::Connection& operator*() { return *connection_; }
    mysql::Connection* operator->() { return &*connection_; }

private:
    Database() = default;

    mysql::ThreadScope thread_;  // outlives the connection
    std::optional<mysql::Connection> connection_;
};

}  // namespace hotline::cli
