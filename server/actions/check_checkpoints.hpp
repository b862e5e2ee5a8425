#pragma once

#include "server/actions/check_records.hpp"

namespace hotline::actions {

// Part of check_records: the signed checkpoints and all they name.
Result<CheckResult> check_checkpoints(mysql::Connection& db, const crypto::Signer& signer);

}  // namespace hotline::actions
