#pragma once

#include "integrations/mysql/call_store.hpp"
#include "integrations/mysql/directory_history.hpp"
#include "integrations/mysql/query_text.hpp"
#include "ticketing/enterprise_life.hpp"
#include "ticketing/organisation/entries.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace hotline::mysql {

// What is known of one enterprise besides its register entry; all by index.

// Its tickets in scope, the newest first, without those of hidden appellants (A16). The statement
// is there for the test that looks at its plan; the scope must outlive it.
QueryText enterprise_matters_text(
    const ticketing::Scope& scope, ticketing::EnterpriseId enterprise, std::size_t limit
);
Result<std::vector<ticketing::EnterpriseMatter>> enterprise_matters(
    Connection& db,
    const ticketing::Scope& scope,
    ticketing::EnterpriseId enterprise,
    std::size_t limit
);

// What came of tickets; of those that have come to something.
struct TicketResult {
    std::optional<ticketing::Instant> closed_at;
    std::optional<ticketing::Outcome> outcome;
    std::optional<ticketing::Solved> solved;
    std::optional<ticketing::Satisfaction> satisfaction;
};
Result<std::unordered_map<std::uint64_t, TicketResult>> ticket_results(
    Connection& db, std::span<const std::uint64_t> tickets
);

// The newest first, older than `before` (0: all).
Result<std::vector<PhoneCall>> calls_of_enterprise(
    Connection& db, ticketing::EnterpriseId enterprise, std::uint64_t before, std::size_t limit
);
// Of its entry and its cards.
Result<std::vector<DirectoryChange>> changes_of_enterprise(
    Connection& db,
    ticketing::EnterpriseId enterprise,
    std::span<const ticketing::organisation::Card> cards,
    std::uint64_t before,
    std::size_t limit
);

}  // namespace hotline::mysql
