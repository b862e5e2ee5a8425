#include "server/api/user_json.hpp"

#include "server/api/dto.hpp"

namespace hotline::api {

boost::json::object user_json(const mysql::Account& account) {
    boost::json::object out;
    out["id"] = account.id.value;
    out["login"] = account.login;
    out["name"] = account.name;
    out["role"] = ticketing::name(account.role);
    if (account.unit) out["unit_id"] = account.unit.value;
    if (!account.unit_name.empty()) out["unit_name"] = account.unit_name;
    if (account.official) out["official_id"] = account.official.value;
    if (!account.division.empty()) out["division"] = account.division;
    if (!account.extension.empty()) out["extension"] = account.extension;
    out["disabled"] = account.disabled;
    if (account.locked_until) out["locked_until"] = to_text(*account.locked_until);
    out["demonstration"] = account.demonstration;
    return out;
}

}  // namespace hotline::api
