#pragma once

#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/directory_rows.hpp"

#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace hotline::mysql {

// Every official by staff number; whether he is away the directory knows.
Result<std::unordered_map<std::string, StaffedOfficial>> officials_by_staff_no(Connection& db);

// Enterprises of these codes and, without a code, of these names.
Result<std::vector<ticketing::Enterprise>> listed_enterprises(
    Connection& db, std::span<const std::string> codes, std::span<const std::string> names
);

// The cards of these enterprises, by enterprise id.
using CardsHeld = std::unordered_map<std::uint64_t, std::vector<ticketing::organisation::Card>>;
Result<CardsHeld> cards_of(Connection& db, std::span<const ticketing::EnterpriseId> enterprises);

// Every card with its enterprise, in the order they were given.
using TakeCard = std::function<
    void(const ticketing::organisation::Card& card, const ticketing::Enterprise& firm)>;
Result<void> for_each_card(Connection& db, const TakeCard& take);

}  // namespace hotline::mysql
