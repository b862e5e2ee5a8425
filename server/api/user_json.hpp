#pragma once

#include "integrations/mysql/account_store.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace hotline::api {

// Schema `User`. Absent rather than empty.
boost::json::object user_json(const mysql::Account& account);

}  // namespace hotline::api
