#include "server/auth/account_deeds.hpp"

#include "integrations/mysql/agent_store.hpp"
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

bool is_extension(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Result<Account> existing(Connection& db, ticketing::UserId id) {
    auto found = mysql::account_by_id(db, id, mysql::RowLock::for_update);
    if (!found) return std::unexpected(found.error());
    if (!*found) return fail(ErrorCode::not_found);
    return std::move(**found);
}

// While he was away it may have become another's.
Result<void> take_telephone_back(Connection& db, const Account& account) {
    const auto kept = mysql::set_extension(db, account.id, account.extension);
    if (kept || kept.error().code != ErrorCode::validation_failed) return kept;
    return mysql::set_extension(db, account.id, "");
}

// What he talks on rings under the old one, and its words would find nobody under the new.
Result<void> must_not_talk(Connection& db, ticketing::UserId id, bool english) {
    const auto agents = mysql::read_agents(db, {&id, 1});
    if (!agents) return std::unexpected(agents.error());
    const bool talks =
        std::ranges::any_of(*agents, [](const auto& one) { return !one.call_id.empty(); });
    if (!talks) return {};
    return fail_field(
        "extension",
        ErrorCode::rule_broken,
        english ? "There is a call at this account; change the extension when it is over."
                : "该账号正在通话，请在通话结束后再更换分机。"
    );
}

Result<void> end_sessions(Connection& db, ticketing::UserId id) {
    const auto ended = mysql::delete_sessions_of(db, id);
    if (!ended) return std::unexpected(ended.error());
    return {};
}

}  // namespace

std::vector<FieldError> check_account(const Account& wanted) {
    std::vector<FieldError> errors;
    if (!is_extension(wanted.extension)) {
        errors.push_back({"extension", ErrorCode::invalid_format, {}});
    }
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
    const auto account = existing(db, id);
    if (!account) return std::unexpected(account.error());
    if (const auto ok = mysql::set_disabled(db, id, disabled); !ok) return ok;
    const auto ok = disabled ? end_sessions(db, id) : take_telephone_back(db, *account);
    if (!ok) return ok;
    const auto* action = disabled ? "user.disable" : "user.enable";
    return record(db, audit_entry(by.caller, by.actor, action, user_object(id), now));
}

Result<void> set_account_extension(
    Connection& db,
    const Administrator& by,
    ticketing::UserId id,
    const std::string& extension,
    bool english,
    ticketing::Instant now
) {
    if (!is_extension(extension)) return fail_field("extension", ErrorCode::invalid_format);
    if (const auto ok = existing(db, id); !ok) return std::unexpected(ok.error());
    if (const auto ok = must_not_talk(db, id, english); !ok) return ok;
    if (const auto ok = mysql::set_extension(db, id, extension); !ok) return ok;
    ticketing::JsonObject detail;
    detail.text("extension", extension);
    return record(
        db, audit_entry(by.caller, by.actor, "user.extension", user_object(id), now, detail.str())
    );
}

Result<void> reset_account_password(
    Connection& db,
    const Administrator& by,
    ticketing::UserId id,
    const std::string& password_hash,
    ticketing::Instant now
) {
    if (const auto ok = existing(db, id); !ok) return std::unexpected(ok.error());
    if (const auto ok = mysql::set_password(db, id, password_hash, true, now); !ok) return ok;
    if (const auto ok = end_sessions(db, id); !ok) return ok;
    return record(
        db, audit_entry(by.caller, by.actor, "user.reset_password", user_object(id), now)
    );
}

}  // namespace hotline::auth
