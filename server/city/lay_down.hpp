#pragma once

#include "integrations/mysql/connection.hpp"
#include "server/config/settings.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <functional>
#include <optional>

namespace hotline::city {

struct Plan {
    std::uint64_t enterprises = 20'000;
    std::uint64_t seed = 1;
    bool force = false;  // lay the city down anew; refused all the same once there are tickets
    std::function<void(std::uint64_t)> reached;  // told now and then how many enterprises are in
};

// Why nothing was done.
enum class Refusal { has_tickets, laid_down_already, has_real_enterprises };

struct Amounts {
    std::size_t divisions = 0, units = 0, officials = 0, topics = 0, cards = 0, accounts = 0;
    std::size_t articles = 0;
    std::uint64_t enterprises = 0;
};

struct Outcome {
    std::optional<Refusal> refusal;
    Amounts amounts;
};

// Lays the city down into a migrated schema: reference data, officials, enterprises, cards,
// calendar, policy; with [demo] enabled also accounts, whose random passwords go into [demo]
// accounts_file. Deterministic but for these. Enterprises go first, in transactions of their own,
// all else in one at the end: a run that was cut off is taken up by the next one.
Result<Outcome> lay_down(
    mysql::Connection& db,
    const config::Settings& settings,
    const Plan& plan,
    ticketing::Instant now
);

}  // namespace hotline::city
