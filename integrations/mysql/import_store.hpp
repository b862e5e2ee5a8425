#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/seed_store.hpp"
#include "ticketing/types/directory.hpp"
#include "ticketing/types/enterprise.hpp"

#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace hotline::mysql {

// Every official by staff number.
Result<std::unordered_map<std::string, StaffedOfficial>> officials_by_staff_no(Connection& db);

// Zero when the table is empty; new rows take the numbers after it.
Result<std::uint64_t> last_official_id(Connection& db);
Result<std::uint64_t> last_enterprise_id(Connection& db);

// Enterprises without a credit code, known by their name alone.
Result<std::vector<ticketing::Enterprise>> find_codeless_enterprises(
    Connection& db, std::span<const std::string> names
);

// Whole rows, by id. What is written is no demonstration any more.
Result<void> update_officials(Connection& db, std::span<const StaffedOfficial> officials);
Result<void> update_enterprises(Connection& db, std::span<const ticketing::Enterprise> enterprises);

// The cards of these enterprises, by enterprise id: (official, active).
using CardRow = std::pair<ticketing::OfficialId, bool>;
Result<std::unordered_map<std::uint64_t, std::vector<CardRow>>> cards_of(
    Connection& db, std::span<const ticketing::EnterpriseId> enterprises
);
Result<void> set_card_active(Connection& db, const ContactCard& card, bool active);

}  // namespace hotline::mysql
