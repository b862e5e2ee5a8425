#pragma once

#include "integrations/files/file_store.hpp"
#include "integrations/mysql/connection.hpp"
#include "server/actions/check_records.hpp"

namespace hotline::actions {

// `files`: every row of a file has its event, which names the same bytes, and the bytes are on disk
// and hash to what both say; its preview is there too. Reads every file once. Errors are the
// stores'.
Result<CheckResult> check_files(mysql::Connection& db, const files::FileStore& store);

}  // namespace hotline::actions
