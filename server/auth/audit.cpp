#include "server/auth/audit.hpp"

#include "integrations/crypto/digest.hpp"

namespace hotline::auth {

Caller caller_of(const http::Request& request) {
    return Caller{
        .address = request.remote_address,
        .request_id = request.request_id,
        .user_agent = std::string(request.header("user-agent").value_or("")),
    };
}

mysql::AuditEntry audit_entry(
    const Caller& caller,
    const ticketing::Actor& actor,
    std::string action,
    std::string object,
    ticketing::Instant now,
    std::string detail
) {
    return mysql::AuditEntry{
        .at = now,
        .user = actor.user,
        .role = actor.role,
        .action = std::move(action),
        .object = std::move(object),
        .success = true,
        .address = caller.address,
        .request_id = caller.request_id,
        .detail = std::move(detail),
    };
}

Result<void> record(mysql::Connection& db, const mysql::AuditEntry& entry) {
    return mysql::append_audit(db, entry, crypto::sm3);
}

std::string user_object(ticketing::UserId id) {
    return "user:" + std::to_string(id.value);
}

}  // namespace hotline::auth
