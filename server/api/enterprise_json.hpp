#pragma once

#include "ticketing/permissions.hpp"
#include "ticketing/types/directory.hpp"
#include "ticketing/types/enterprise.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace hotline::api {

// Schema Enterprise as `actor` may see it: the contact number and code are clear to the official
// whose card the firm is on, masked to everybody else (P1, P3).
std::string enterprise_json(
    const ticketing::Enterprise& enterprise,
    const ticketing::Actor& actor,
    const ticketing::Directory& directory,
    std::optional<std::int64_t> open_tickets
);

}  // namespace hotline::api
