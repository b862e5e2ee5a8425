#pragma once

#include "integrations/mysql/connection.hpp"
#include "server/auth/account_deeds.hpp"
#include "server/config/settings.hpp"
#include "ticketing/errors.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace hotline::cli {

// The one connection of a command that runs and ends. Use it from the thread that opened it.
class Database {
public:
    // Says on standard error why there is none. `longest`: of a single statement, where the usual
    // time is too short for it.
    static std::unique_ptr<Database> open(
        const config::Settings& settings, std::optional<std::chrono::seconds> longest = {}
    );

    mysql::Connection& operator*() { return *connection_; }
    mysql::Connection* operator->() { return &*connection_; }

private:
    Database() = default;

    mysql::ThreadScope thread_;  // outlives the connection
    std::optional<mysql::Connection> connection_;
};

// Commits when the deed succeeds.
Result<void> in_transaction(mysql::Connection& db, const std::function<Result<void>()>& deed);

// Whoever may run this program with the database's password; the audit names no person.
auth::Administrator operator_of_machine();

// His audit entry; last in the transaction of the deed.
Result<void> note_deed(
    mysql::Connection& db, std::string action, std::string object, ticketing::Instant now
);

// On standard error, in the words people are told errors by.
void print_error(const Error& error);

}  // namespace hotline::cli
