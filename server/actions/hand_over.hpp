#pragma once

#include "integrations/mysql/handover_store.hpp"
#include "integrations/mysql/outbox_store.hpp"
#include "integrations/mysql/partner_store.hpp"
#include "integrations/open311/handing_over.hpp"
#include "server/city.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::actions {

// The partner as a call needs it; its key is decrypted. A key that cannot be read is empty, and the
// partner refuses what needs one.
open311::Endpoint endpoint_of(const mysql::Partner& partner, std::string_view key);
std::string encrypted_key(std::string_view key, std::string_view api_key);
// Lines of code=value as pairs, and the mappings of a partner.
std::vector<open311::ServiceMapping> mappings_of(const mysql::Partner& partner);

// E19: whether it is still its unit's to finish.
bool is_with_partner(const ticketing::Ticket& ticket, const mysql::Partner& partner);

// E10: tickets dispatched to a unit that answers for a partner are put in line for it, in the
// transaction that takes the outbox rows. Those taken before are in line already.
Result<void> queue_handovers(
    mysql::Connection& db, std::span<const mysql::OutboxRow> rows, ticketing::Instant now
);

// What a partner is to be asked next.
struct PartnerTask {
    enum class Kind { post, look, token };
    Kind kind = Kind::post;
    mysql::Partner partner;
    mysql::Handover handover;
    open311::Endpoint endpoint;
    std::string ticket_no;
    std::string body;  // post
};

// Takes the next one that is due and says in its row what is about to happen (E13), under a lease.
// What does not go out, or has left the unit, is settled on the way (E11, E19). Nothing when
// nothing is due.
Result<std::optional<PartnerTask>> take_partner_task(
    mysql::Connection& db,
    const City& city,
    std::uint64_t partner,
    std::string_view key,
    ticketing::Instant now,
    std::chrono::milliseconds lease
);

}  // namespace hotline::actions
