#include "integrations/crypto/password.hpp"
#include "integrations/crypto/token.hpp"
#include "integrations/mysql/directory_store.hpp"
#include "server/auth/account_deeds.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/database.hpp"
#include "server/http/problem_texts.hpp"
#include "server/now.hpp"

#include <fmt/format.h>

#include <functional>

namespace hotline::cli {
namespace {

using mysql::Account;
using mysql::Connection;

Result<std::string> new_hash(const config::AuthSection& section, const std::string& password) {
    return crypto::hash_password(
        password,
        {static_cast<std::uint32_t>(section.argon2_ops),
         static_cast<std::uint32_t>(section.argon2_memory_kib)}
    );
}

// Fills in role, unit and official; a field error for what is not known.
Result<Account> wanted_account(Connection& db, const UserOptions& options) {
    Account wanted;
    wanted.login = options.login;
    wanted.name = options.name;
    wanted.division = options.division;
    wanted.extension = options.extension;
    std::vector<FieldError> errors;
    const auto role = sla::value_of<ticketing::Role>(options.role);
    if (role) wanted.role = *role;
    if (!role) errors.push_back({"role", ErrorCode::not_in_list, {}});
    wanted.official = {options.official};
    if (!options.unit.empty()) {
        const auto directory =
            mysql::read_directory(db, sla::local_day(now()), mysql::Cards::left_out);
        if (!directory) return std::unexpected(directory.error());
        const auto* unit = directory->unit_by_code(options.unit);
        if (unit != nullptr) wanted.unit = unit->id;
        if (unit == nullptr) errors.push_back({"unit_id", ErrorCode::unknown_reference, {}});
    }
    const auto more = auth::check_account(wanted);
    errors.insert(errors.end(), more.begin(), more.end());
    if (errors.empty()) return wanted;
    return std::unexpected(Error{ErrorCode::validation_failed, {}, std::move(errors)});
}

Result<Account> existing(Connection& db, const std::string& login) {
    auto found = mysql::account_by_login(db, login);
    if (!found) return std::unexpected(found.error());
    if (!*found) return fail(ErrorCode::not_found, login);
    return std::move(**found);
}

Result<void> create(Connection& db, const UserOptions& options, const config::AuthSection& auth) {
    auto wanted = wanted_account(db, options);
    if (!wanted) return std::unexpected(wanted.error());
    const auto password = crypto::initial_password();
    auto hash = new_hash(auth, password);
    if (!hash) return std::unexpected(hash.error());
    wanted->password = std::move(*hash);
    const auto made = auth::create_account(db, operator_of_machine(), *wanted, now());
    if (!made) return std::unexpected(made.error());
    fmt::print("{}\n初始密码（只显示这一次，首次登录须更改）：{}\n", made->login, password);
    return {};
}

Result<void> reset(Connection& db, const UserOptions& options, const config::AuthSection& auth) {
    const auto account = existing(db, options.login);
    if (!account) return std::unexpected(account.error());
    const auto password = crypto::initial_password();
    const auto hash = new_hash(auth, password);
    if (!hash) return std::unexpected(hash.error());
    const auto done =
        auth::reset_account_password(db, operator_of_machine(), account->id, *hash, now());
    if (done) fmt::print("新密码（只显示这一次，下次登录须更改）：{}\n", password);
    return done;
}

Result<void> set_disabled(Connection& db, const UserOptions& options, bool disabled) {
    const auto account = existing(db, options.login);
    if (!account) return std::unexpected(account.error());
    return auth::set_account_disabled(db, operator_of_machine(), account->id, disabled, now());
}

Result<void> list(Connection& db, const UserOptions& options) {
    constexpr std::size_t page = 200;
    ticketing::UserId after;
    for (;;) {
        const auto accounts = mysql::list_accounts(db, options.login, after, page);
        if (!accounts) return std::unexpected(accounts.error());
        for (const Account& account : *accounts) {
            fmt::print(
                "{}\t{}\t{}\t{}\t{}\n",
                account.login,
                ticketing::name(account.role),
                account.name,
                account.unit_name,
                account.disabled ? "disabled" : "active"
            );
        }
        if (accounts->size() < page) return {};
        after = accounts->back().id;
    }
}

Result<void> run(Connection& db, const UserOptions& options, const config::AuthSection& auth) {
    switch (options.deed) {
        case UserDeed::create:
            return create(db, options, auth);
        case UserDeed::reset_password:
            return reset(db, options, auth);
        case UserDeed::disable:
            return set_disabled(db, options, true);
        case UserDeed::enable:
            return set_disabled(db, options, false);
        case UserDeed::list:
            return list(db, options);
    }
    return fail(ErrorCode::internal);
}

}  // namespace

int user(const config::Settings& settings, const UserOptions& options) {
    const auto opened = Database::open(settings);
    if (!opened) return 1;
    mysql::Connection& db = **opened;
    const auto done = in_transaction(db, [&] { return run(db, options, settings.auth); });
    if (done) return 0;
    print_error(done.error());
    return 1;
}

}  // namespace hotline::cli
