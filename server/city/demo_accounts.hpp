#pragma once

#include "integrations/mysql/connection.hpp"
#include "server/city/accounts.hpp"
#include "server/config/settings.hpp"

#include <filesystem>
#include <map>
#include <span>
#include <string>

namespace hotline::city {

// Inside a transaction: makes the accounts with random passwords and writes the file that tells
// them (mode 0600, complete or not there), unless [demo] accounts_file is empty.
Result<void> write_demo_accounts(
    mysql::Connection& db,
    const config::Settings& settings,
    std::span<const DemoAccount> people,
    ticketing::Instant now
);

// Passwords by login from such a file. not_found when it is not there.
Result<std::map<std::string, std::string>> read_demo_accounts(const std::filesystem::path& file);

}  // namespace hotline::city
