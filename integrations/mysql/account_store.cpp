#include "integrations/mysql/account_store.hpp"

#include "integrations/mysql/store_error.hpp"

namespace hotline::mysql {
namespace {

using ticketing::UserId;

constexpr std::string_view select_account =
    "SELECT a.id, a.login, a.name, a.role, a.unit_id, a.official_id, a.division, a.extension,"
    " a.password, a.must_change, a.disabled, a.generation, a.failures, a.locked_until,"
    " a.password_at, a.demonstration, COALESCE(u.name, '')"
    " FROM account a LEFT JOIN unit u ON u.id = a.unit_id ";

Account to_account(const Row& row) {
    return Account{
        .id = UserId{row.unsigned_integer(0)},
        .login = row.string(1),
        .name = row.string(2),
        .role = static_cast<ticketing::Role>(row.integer(3)),
        .unit = ticketing::UnitId{row.unsigned_integer(4)},
        .official = ticketing::OfficialId{row.unsigned_integer(5)},
        .division = row.string(6),
        .extension = row.string(7),
        .password = row.string(8),
        .must_change = row.flag(9),
        .disabled = row.flag(10),
        .generation = static_cast<std::uint32_t>(row.unsigned_integer(11)),
        .failures = static_cast<unsigned>(row.unsigned_integer(12)),
        .locked_until = row.optional_time(13),
        .password_at = row.time(14),
        .demonstration = row.flag(15),
        .unit_name = row.string(16),
    };
}

constexpr std::string_view select_telephone =
    "SELECT id, extension, telephone_serial FROM account WHERE extension <> '' AND disabled = 0 ";

Telephone to_telephone(const Row& row) {
    return Telephone{
        .account = UserId{row.unsigned_integer(0)},
        .extension = row.string(1),
        .serial = static_cast<std::uint32_t>(row.unsigned_integer(2)),
    };
}

template <class Tag>
Param or_null(ticketing::Id<Tag> id) {
    return id ? Param{id.value} : Param{nullptr};
}

// The join would lock the unit's row as well, so the lock is taken on the account alone first.
Result<std::optional<Account>> one_account(
    Connection& db, std::string_view where, std::string_view lock_where, Params key, RowLock lock
) {
    if (lock == RowLock::for_update) {
        const auto locked = db.query(
            "SELECT id FROM account WHERE " + std::string(lock_where) + " FOR UPDATE", key
        );
        if (!locked) return std::unexpected(locked.error());
    }
    const auto rows = db.query(std::string(select_account) + "WHERE " + std::string(where), key);
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::optional<Account>{};
    return std::optional(to_account(rows->front()));
}

Result<void> one_row(const Result<std::uint64_t>& changed) {
    if (!changed) return std::unexpected(changed.error());
    if (*changed != 1) return fail(ErrorCode::not_found);
    return {};
}

// A plain look: there are no foreign keys, and the error has to name the field.
Result<bool> exists(Connection& db, std::string_view sql, std::uint64_t id) {
    const auto rows = db.query(sql, {id});
    if (!rows) return std::unexpected(rows.error());
    return !rows->empty();
}

// A call that rings there is one account's. There is no unique key: of disabled accounts it stays.
Result<void> is_nobody_elses(Connection& db, std::string_view extension, UserId own) {
    if (extension.empty()) return {};
    const auto rows = db.query(
        "SELECT 1 FROM account WHERE extension = ? AND disabled = 0 AND id <> ? LIMIT 1 FOR UPDATE",
        {extension, own.value}
    );
    if (!rows) return std::unexpected(rows.error());
    if (!rows->empty()) return fail_field("extension", ErrorCode::conflict);
    return {};
}

Result<void> check_references(Connection& db, const Account& account) {
    if (account.unit) {
        const auto found = exists(db, "SELECT 1 FROM unit WHERE id = ?", account.unit.value);
        if (!found) return std::unexpected(found.error());
        if (!*found) return fail_field("unit_id", ErrorCode::unknown_reference);
    }
    if (account.official) {
        const auto found =
            exists(db, "SELECT 1 FROM official WHERE id = ?", account.official.value);
        if (!found) return std::unexpected(found.error());
        if (!*found) return fail_field("official_id", ErrorCode::unknown_reference);
    }
    return is_nobody_elses(db, account.extension, {});
}

// Makes `q` match itself in LIKE.
std::string like_part(std::string_view q) {
    std::string out = "%";
    for (const char c : q) {
        if (c == '%' || c == '_' || c == '\\') out.push_back('\\');
        out.push_back(c);
    }
    return out + "%";
}

}  // namespace

ticketing::Actor actor_of(const Account& account) {
    return ticketing::Actor{
        .user = account.id,
        .role = account.role,
        .name = account.name,
        .unit = account.unit,
        .official = account.official,
        .division = account.division,
        .token_scope = {},
    };
}

Result<std::optional<Account>> account_by_login(
    Connection& db, std::string_view login, RowLock lock
) {
    return one_account(db, "a.login = ?", "login = ?", {login}, lock);
}

Result<std::optional<Account>> account_by_id(Connection& db, UserId id, RowLock lock) {
    return one_account(db, "a.id = ?", "id = ?", {id.value}, lock);
}

Result<std::vector<Account>> list_accounts(
    Connection& db, std::string_view q, UserId after, std::size_t limit
) {
    const std::string part = like_part(q);
    const auto rows = db.query(
        std::string(select_account) +
            "WHERE a.id > ? AND (? = '' OR a.login LIKE ? OR a.name LIKE ?) ORDER BY a.id LIMIT ?",
        {after.value, q, part, part, static_cast<std::uint64_t>(limit)}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<Account> accounts;
    accounts.reserve(rows->size());
    for (const Row row : *rows) accounts.push_back(to_account(row));
    return accounts;
}

Result<UserId> create_account(Connection& db, const Account& account) {
    if (const auto known = check_references(db, account); !known) {
        return std::unexpected(known.error());
    }
    const auto inserted = db.execute(
        "INSERT INTO account (login, name, role, unit_id, official_id, division, extension,"
        " password, must_change, disabled, password_at, demonstration)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {account.login,
         account.name,
         static_cast<int>(account.role),
         or_null(account.unit),
         or_null(account.official),
         account.division,
         account.extension,
         account.password,
         account.must_change,
         account.disabled,
         account.password_at,
         account.demonstration}
    );
    if (inserted) return UserId{db.last_id()};
    if (is_duplicate(inserted.error(), "account_login")) {
        return fail_field("login", ErrorCode::conflict);
    }
    if (is_duplicate(inserted.error(), "account_official")) {
        return fail_field("official_id", ErrorCode::conflict);
    }
    return std::unexpected(inserted.error());
}

Result<void> set_failures(
    Connection& db, UserId id, unsigned failures, std::optional<ticketing::Instant> locked_until
) {
    return one_row(db.execute(
        "UPDATE account SET failures = ?, locked_until = ? WHERE id = ?",
        {failures, locked_until, id.value}
    ));
}

Result<void> set_extension(Connection& db, UserId id, std::string_view extension) {
    if (const auto free = is_nobody_elses(db, extension, id); !free) return free;
    const auto done = db.execute(
        "UPDATE account SET extension = ?, telephone_serial = telephone_serial + 1 WHERE id = ?",
        {extension, id.value}
    );
    if (!done) return std::unexpected(done.error());
    return {};
}

Result<std::optional<Telephone>> telephone_of(Connection& db, UserId id) {
    const auto rows = db.query(std::string(select_telephone) + "AND id = ?", {id.value});
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::optional<Telephone>{};
    return std::optional(to_telephone(rows->front()));
}

Result<std::vector<Telephone>> list_telephones(Connection& db) {
    const auto rows = db.query(std::string(select_telephone) + "ORDER BY extension", {});
    if (!rows) return std::unexpected(rows.error());
    std::vector<Telephone> telephones;
    telephones.reserve(rows->size());
    for (const Row row : *rows) telephones.push_back(to_telephone(row));
    return telephones;
}

Result<void> set_password(
    Connection& db, UserId id, std::string_view password, bool must_change, ticketing::Instant now
) {
    return one_row(db.execute(
        "UPDATE account SET password = ?, must_change = ?, password_at = ?,"
        " generation = generation + 1, failures = 0, locked_until = NULL WHERE id = ?",
        {password, must_change, now, id.value}
    ));
}

Result<void> set_password_hash(Connection& db, UserId id, std::string_view password) {
    return one_row(db.execute("UPDATE account SET password = ? WHERE id = ?", {password, id.value})
    );
}

Result<void> set_disabled(Connection& db, UserId id, bool disabled) {
    return one_row(
        disabled ? db.execute(
                       "UPDATE account SET disabled = 1, generation = generation + 1 WHERE id = ?",
                       {id.value}
                   )
                 : db.execute(
                       "UPDATE account SET disabled = 0, failures = 0, locked_until = NULL"
                       " WHERE id = ?",
                       {id.value}
                   )
    );
}

}  // namespace hotline::mysql
