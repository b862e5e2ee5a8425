#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/enterprise.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// All exact; by unique or plain index.
Result<std::vector<ticketing::Enterprise>> find_enterprises_by_uscc(
    Connection& db, std::span<const std::string> codes
);
// Several enterprises may share a number.
Result<std::vector<ticketing::Enterprise>> find_enterprises_by_phone(
    Connection& db, std::span<const std::string> phones
);
Result<std::vector<ticketing::Enterprise>> find_enterprises_by_id(
    Connection& db, std::span<const ticketing::EnterpriseId> ids
);

// What a person typed: 18 characters of a code, digits of a telephone number, or the beginning of a
// name, in full or by its initials.
Result<std::vector<ticketing::Enterprise>> search_enterprises(
    Connection& db, std::string_view typed, std::size_t limit
);

// The enterprises an official holds a card for, by name.
Result<std::vector<ticketing::Enterprise>> carded_enterprises(
    Connection& db, ticketing::OfficialId official, std::size_t limit
);

}  // namespace hotline::mysql
