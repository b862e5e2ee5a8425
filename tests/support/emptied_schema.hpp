#pragma once

#include "integrations/mysql/connection.hpp"

#include <initializer_list>
#include <string_view>

namespace hotline::test {

// One migrated schema for the whole process, since making one costs a second: without tickets and
// whatever follows from them, and without the rows of the tables named. Throws std::runtime_error
// with the store's words.
mysql::Settings emptied_schema(std::initializer_list<std::string_view> also = {});

}  // namespace hotline::test
