#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ticket.hpp"

#include <span>
#include <unordered_map>
#include <vector>

namespace hotline::mysql {

// The officials who solved matters of an enterprise before, by EnterpriseId.value (R10).
using FirmSolvers = std::unordered_map<std::uint64_t, std::vector<ticketing::OfficialId>>;

Result<FirmSolvers> firm_solvers(
    Connection& db, std::span<const ticketing::EnterpriseId> enterprises
);

// Notes who has the ticket when its enterprise has now said that it was solved.
Result<void> note_solver(
    Connection& db, const ticketing::Ticket& before, const ticketing::Ticket& after
);

}  // namespace hotline::mysql
