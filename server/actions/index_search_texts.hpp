#pragma once

#include "integrations/mysql/connection.hpp"

#include <cstddef>

namespace hotline::actions {

// Takes at most `limit` texts that search does not know yet and indexes them; returns how many rows
// of work that were. In a transaction of the caller.
Result<std::size_t> index_search_texts(mysql::Connection& db, std::size_t limit);

}  // namespace hotline::actions
