#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/errors.hpp"

#include <string>
#include <vector>

namespace hotline::mysql {

// Settings of the server that would break a promise of ours, as one English sentence each for the
// log at start: durability of COMMIT, character set, isolation, packet size, read-only role. Empty:
// all is well. Warnings only; who runs the server decides.
Result<std::vector<std::string>> server_warnings(Connection& connection);

}  // namespace hotline::mysql
