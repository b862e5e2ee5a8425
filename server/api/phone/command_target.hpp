#pragma once

#include "integrations/mysql/connection.hpp"
#include "server/city.hpp"
#include "server/http/request.hpp"
#include "ticketing/types/actor.hpp"

#include <string>

namespace hotline::api {

// Whom a call is to go to, or who is to join it, as people name them: exactly one (integrations/
// telephony, T38).
struct NamedTarget {
    ticketing::UserId user;
    ticketing::UnitId unit;
    ticketing::OfficialId official;
    std::string number;

    // For the audit, without a number: "user:7".
    std::string object() const;
};
Result<NamedTarget> read_target(const http::Request& request);

struct Telephone {
    std::string number;  // an extension, or as it is dialled
    bool outside = false;
};
// rule_broken with its sentence at `field`: there is no number, or none we call.
Result<Telephone> telephone_outside(
    const std::string& field, std::string_view number, bool english
);
// The same of whom people name.
Result<Telephone> telephone_of(
    mysql::Connection& db,
    const City& city,
    const NamedTarget& target,
    ticketing::Instant now,
    bool english
);

}  // namespace hotline::api
