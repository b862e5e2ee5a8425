#pragma once

#include "integrations/mysql/handover_store.hpp"
#include "integrations/mysql/partner_store.hpp"
#include "integrations/open311/foreign.hpp"
#include "server/http/request.hpp"
#include "ticketing/types/directory.hpp"
#include "ticketing/types/ticket.hpp"

#include <optional>
#include <string>
#include <vector>

namespace hotline::api {

// Never with its key, but whether it has one.
std::string partner_json(const mysql::Partner& partner, const ticketing::Directory& directory);

std::string handover_json(
    const mysql::Handover& handover,
    const ticketing::Ticket& ticket,
    const ticketing::Directory& directory
);

std::string foreign_service_json(const open311::ForeignService& service);

struct PartnerInput {
    mysql::Partner partner;
    std::optional<std::string> api_key;  // in clear; nothing: as it was
};
// A new one (`before` empty: name, base_url and unit_id are required), or changes of one.
Result<PartnerInput> read_partner(
    const http::Request& request,
    const mysql::Partner& before,
    const ticketing::Directory& directory,
    const std::vector<std::string>& hosts,
    bool stand_ins
);

}  // namespace hotline::api
