#pragma once

#include "integrations/files/file_store.hpp"
#include "integrations/mysql/connection.hpp"
#include "server/actions/check_records.hpp"

#include <string_view>

namespace hotline::actions {

// `recordings`: every kept one is there, whole, and opened by this key; none has been at the
// exchange for days (integrations/telephony, T46). Reads the end of each. Errors are the stores'.
Result<CheckResult> check_recordings(
    mysql::Connection& db,
    const files::FileStore& store,
    std::string_view key,
    ticketing::Instant now
);

}  // namespace hotline::actions
