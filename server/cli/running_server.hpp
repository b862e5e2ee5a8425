#pragma once

#include "server/config/settings.hpp"
#include "ticketing/errors.hpp"

#include <map>
#include <string>

namespace hotline::cli {

// The server beside this configuration, unless another is named.
std::string address_of(const config::Settings& settings, const std::string& named);

// Of the demonstration's accounts, by log-in. Err: not_found, there are none.
Result<std::map<std::string, std::string>> demo_passwords(const config::Settings& settings);

}  // namespace hotline::cli
