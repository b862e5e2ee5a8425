#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/errors.hpp"
#include "ticketing/types/actor.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// A person's account. `password` is a PHC string and leaves the server in no answer.
struct Account {
    ticketing::UserId id;
    std::string login;
    std::string name;
    ticketing::Role role = ticketing::Role::agent;
    ticketing::UnitId unit;
    ticketing::OfficialId official;
    std::string division;
    std::string extension;
    std::string password;
    bool must_change = false;
    bool disabled = false;
    std::uint32_t generation = 1;  // raised to end every session at once
    unsigned failures = 0;         // wrong passwords in a row
    std::optional<ticketing::Instant> locked_until;
    ticketing::Instant password_at;
    bool demonstration = false;
    std::string unit_name;  // read only

    bool operator==(const Account&) const = default;
};

// Who an account is to the rest of the house.
ticketing::Actor actor_of(const Account& account);

enum class RowLock { none, for_update };

// Nothing when there is none. Logins are compared byte by byte.
Result<std::optional<Account>> account_by_login(
    Connection& db, std::string_view login, RowLock lock = RowLock::none
);
Result<std::optional<Account>> account_by_id(
    Connection& db, ticketing::UserId id, RowLock lock = RowLock::none
);

// By id, after `after`; `q` matches a part of login or name, empty all. At most `limit`.
Result<std::vector<Account>> list_accounts(
    Connection& db, std::string_view q, ticketing::UserId after, std::size_t limit
);

// `id`, `generation`, `failures` and `unit_name` are not read. Fails with validation_failed: field
// "login", "official_id" or "extension" (conflict) when another account has it, "unit_id" or
// "official_id" (unknown_reference) when there is no such row.
Result<ticketing::UserId> create_account(Connection& db, const Account& account);

Result<void> set_failures(
    Connection& db,
    ticketing::UserId id,
    unsigned failures,
    std::optional<ticketing::Instant> locked_until
);

// Empty: no telephone any more. Even the same one again is the next serial. Fails with
// validation_failed, field "extension" (conflict), when another account has it that is not
// disabled.
Result<void> set_extension(Connection& db, ticketing::UserId id, std::string_view extension);

// An account's telephone; `serial` says which of its passwords counts.
struct Telephone {
    ticketing::UserId account;
    std::string extension;
    std::uint32_t serial = 0;

    bool operator==(const Telephone&) const = default;
};
// Nothing when the account is disabled or has none.
Result<std::optional<Telephone>> telephone_of(Connection& db, ticketing::UserId id);
// By extension, of accounts that are not disabled.
Result<std::vector<Telephone>> list_telephones(Connection& db);

// Ends every session of the account (by raising its generation) and unlocks it.
Result<void> set_password(
    Connection& db,
    ticketing::UserId id,
    std::string_view password,
    bool must_change,
    ticketing::Instant now
);
// The same password at another cost: sessions stay.
Result<void> set_password_hash(Connection& db, ticketing::UserId id, std::string_view password);

// Disabling ends every session; enabling unlocks.
Result<void> set_disabled(Connection& db, ticketing::UserId id, bool disabled);

}  // namespace hotline::mysql
