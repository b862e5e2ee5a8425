#pragma once

#include "integrations/mysql/connection.hpp"
#include "server/city/import/import.hpp"

#include <string>

namespace hotline::city {

// A whole list as CSV in exactly the columns import reads, with their Chinese headings: UTF-8 with
// a byte order mark, CR LF. What import reads of it changes nothing. Of the knowledge base the
// articles that answer.
Result<std::string> export_list(mysql::Connection& db, ImportKind kind, ticketing::Instant now);

}  // namespace hotline::city
