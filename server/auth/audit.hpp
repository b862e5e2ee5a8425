#pragma once

#include "integrations/mysql/audit_store.hpp"
#include "integrations/mysql/connection.hpp"
#include "server/http/request.hpp"
#include "ticketing/errors.hpp"
#include "ticketing/types/actor.hpp"

#include <string>

namespace hotline::auth {

// Where a request came from, as far as log-ins and the audit keep it. Owns its texts, so that a
// database job may carry it.
struct Caller {
    std::string address;
    std::string request_id;
    std::string user_agent;
};
Caller caller_of(const http::Request& request);

// One entry, to be written with record() inside the transaction of what it tells of. `detail` is
// a JSON object without secrets and without personal data in clear.
mysql::AuditEntry audit_entry(
    const Caller& caller,
    const ticketing::Actor& actor,
    std::string action,
    std::string object,
    ticketing::Instant now,
    std::string detail = "{}"
);

// Appends to the audit chain (SM3). Call it last in the transaction: it holds the chain's head.
Result<void> record(mysql::Connection& db, const mysql::AuditEntry& entry);

// "user:17"
std::string user_object(ticketing::UserId id);

}  // namespace hotline::auth
