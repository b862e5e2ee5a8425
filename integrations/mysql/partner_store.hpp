#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotline::mysql {

// One topic of ours as a service of a partner; attributes as lines of code=value.
struct PartnerService {
    std::string topic;  // "": all other topics
    std::string service_code;
    std::string attributes;

    bool operator==(const PartnerService&) const = default;
};

// Another system that takes tickets by GeoReport v2 (E10).
struct Partner {
    std::uint64_t id = 0;
    std::string name;
    std::string base_url;
    std::string jurisdiction_id;
    std::string api_key;  // encrypted
    ticketing::UnitId unit;
    bool json = false;
    bool active = false;
    bool shares_contact = false;
    bool echoes = false;
    ticketing::UserId created_by;
    ticketing::Instant created_at;
    std::uint32_t failures = 0;
    std::optional<ticketing::Instant> failing_since;
    std::optional<ticketing::Instant> paused_until;
    std::optional<ticketing::Instant> succeeded_at;
    std::vector<PartnerService> services;
    // Filled by list_partners.
    std::uint64_t tickets = 0;    // ever handed over
    std::uint64_t under_way = 0;  // handed over and not ended
    std::uint64_t in_trouble = 0;

    bool operator==(const Partner&) const = default;
};

Result<std::vector<Partner>> list_partners(Connection& db);
// Those switched on, without services and counts.
Result<std::vector<Partner>> active_partners(Connection& db);
Result<std::optional<Partner>> find_partner(Connection& db, std::uint64_t id, bool lock = false);

// With its services. Two partners of one unit: is_duplicate(error, "partner_unit").
Result<std::uint64_t> insert_partner(Connection& db, const Partner& partner);
// Everything an administrator keeps; one that is switched on begins anew.
Result<void> update_partner(Connection& db, const Partner& partner);
Result<void> set_partner_key(Connection& db, std::uint64_t id, std::string_view encrypted);
// With its services. False, and nothing is done, when a ticket was ever handed over to it.
Result<bool> delete_partner(Connection& db, std::uint64_t id);

// After a call.
Result<void> partner_answered(Connection& db, std::uint64_t id, ticketing::Instant now);
// The failures since the last answer, this one included.
Result<std::uint32_t> partner_failed(Connection& db, std::uint64_t id, ticketing::Instant now);
Result<void> pause_partner(Connection& db, std::uint64_t id, ticketing::Instant until);
// It has given one of our descriptions back (E14).
Result<void> partner_echoes(Connection& db, std::uint64_t id);

}  // namespace hotline::mysql
