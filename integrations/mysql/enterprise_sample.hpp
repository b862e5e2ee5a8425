#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/enterprise.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace hotline::mysql {

// The n-th enterprise with a credit code that is registered in a county or zone, for replays and
// benchmarks; n beyond the last begins anew. Nothing where there is none. Scans: not for requests.
Result<std::optional<ticketing::Enterprise>> sample_enterprise(
    Connection& db, std::string_view division, std::size_t n
);

}  // namespace hotline::mysql
