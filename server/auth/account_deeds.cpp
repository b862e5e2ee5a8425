#include "server/auth/account_deeds.hpp"

#include "integrations/mysql/session_store.hpp"
#include "ticketing/json_text.hpp"

#include <algorithm>

namespace hotline::auth {
namespace {

using mysql::Account;
using mysql::Connection;
using ticketing::Role;

bool is_login_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_' || c == '@';
}

Result<void> must_exist(Connection& db, ticketing::UserId id) {
    const auto found = mysql::account_by_id(db, id, mysql::RowLock::for_update);
    if (!found) return std::unexpected(found.error());
    if (!*found) return fail(ErrorCode::not_found);
    return {};
}

Result<void> end_sessions(Connection& db, ticketing::UserId id) {
    const auto ended = mysql::delete_sessions_of(db, id);
    if (!ended) return std::unexpected(ended.error());
    return {};
}

}  // namespace

std::vector<FieldError> check_account(const Account& wanted) {
    std::vector<FieldError> errors;
    if (!std::ranges::all_of(wanted.login, is_login_character)) {
        errors.push_back({"login", ErrorCode::invalid_format, "login"});
    }
    const bool of_a_unit = wanted.role == Role::unit_clerk || wanted.role == Role::unit_leader ||
                           wanted.role == Role::official;
    if (of_a_unit && !wanted.unit) errors.push_back({"unit_id", ErrorCode::missing_field, {}});
    if (wanted.role == Role::official && !wanted.official) {
        errors.push_back({"official_id", ErrorCode::missing_field, {}});
    }
    if (wanted.role != Role::official && wanted.official) {
        errors.push_back({"official_id", ErrorCode::not_in_list, "official"});
    }
    const bool a_person = wanted.role != Role::enterprise && wanted.role != Role::system &&
                          wanted.role != Role::machine;
    if (!a_person) errors.push_back({"role", ErrorCode::not_in_list, {}});
    return errors;
}

Result<Account> create_account(
    Connection& db, const Administrator& by, Account wanted, ticketing::Instant now
) {
    wanted.password_at = now;
    wanted.must_change = true;
    const auto id = mysql::create_account(db, wanted);
    if (!id) return std::unexpected(id.error());
    auto made = mysql::account_by_id(db, *id);
    if (!made) return std::unexpected(made.error());
    if (!*made) return fail(ErrorCode::internal, "account vanished");
    ticketing::JsonObject detail;
    detail.text("login", wanted.login).text("role", ticketing::name(wanted.role));
    const auto entry =
        audit_entry(by.caller, by.actor, "user.create", user_object(*id), now, detail.str());
    if (const auto ok = record(db, entry); !ok) return std::unexpected(ok.error());
    return **made;
}

Result<void> set_account_disabled(
    Connection& db,
    const Administrator& by,
    ticketing::UserId id,
    bool disabled,
    ticketing::Instant now
) {
    if (const auto ok = must_exist(db, id); !ok) return ok;
    if (const auto ok = mysql::set_disabled(db, id, disabled); !ok) return ok;
    if (disabled) {
        if (const auto ok = end_sessions(db, id); !ok) return ok;
    }
    const auto* action = disabled ? "user.disable" : "user.enable";
    return record(db, audit_entry(by.caller, by.actor, action, user_object(id), now));
}

Result<void> reset_account_password(
    Connection& db,
    const Administrator& by,
    ticketing::UserId id,
    const std::string& password_hash,
    ticketing::Instant now
) {
    if (const auto ok = must_exist(db, id); !ok) return ok;
    if (const auto ok = mysql::set_password(db, id, password_hash, true, now); !ok) return ok;
    if (const auto ok = end_sessions(db, id); !ok) return ok;
    return record(
        db, audit_entry(by.caller, by.actor, "user.reset_password", user_object(id), now)
    );
}

}  // namespace hotline::auth
