#pragma once

#include "integrations/mysql/callback_store.hpp"

#include <string>

namespace hotline::api {

// Schema Callback. The number in clear only for who holds it now (T9).
std::string callback_json(
    const mysql::CallbackLine& line, ticketing::UserId asker, ticketing::Instant now
);

// Schema CallbackCounts.
std::string callback_counts_json(const mysql::CallbackCounts& counts);

}  // namespace hotline::api
