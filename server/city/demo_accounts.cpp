#include "server/city/demo_accounts.hpp"

#include "integrations/crypto/password.hpp"
#include "integrations/crypto/token.hpp"
#include "integrations/mysql/account_store.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>

namespace hotline::city {
namespace {

std::string reason() {
    return std::error_code{errno, std::generic_category()}.message();
}

// Under another name first: who reads the file finds it whole, and never readable by others.
Result<void> write_secret_file(const std::filesystem::path& file, const std::string& text) {
    std::error_code error;
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), error);
    const std::string fresh = file.string() + ".new";
    std::filesystem::remove(fresh, error);
    const int descriptor = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return fail(ErrorCode::internal, fresh + ": " + reason());
    const bool written =
        ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(descriptor) == 0;
    const std::string why = reason();
    ::close(descriptor);
    if (!written) return fail(ErrorCode::internal, fresh + ": " + why);
    if (std::rename(fresh.c_str(), file.c_str()) != 0) {
        return fail(ErrorCode::internal, file.string() + ": " + reason());
    }
    return {};
}

mysql::Account account_of(const DemoAccount& person, ticketing::Instant now) {
    mysql::Account account;
    account.login = person.login;
    account.name = person.name;
    account.role = person.role;
    account.unit = person.unit;
    account.official = person.official;
    account.division = person.division;
    account.extension = person.extension;
    account.password_at = now;
    account.demonstration = true;
    return account;
}

}  // namespace

Result<void> write_demo_accounts(
    mysql::Connection& db,
    const config::Settings& settings,
    std::span<const DemoAccount> people,
    ticketing::Instant now
) {
    const crypto::PasswordCost cost{
        static_cast<std::uint32_t>(settings.auth.argon2_ops),
        static_cast<std::uint32_t>(settings.auth.argon2_memory_kib)
    };
    std::string listing = "# login\tpassword\trole\tname\n";
    for (const auto& person : people) {
        const std::string password = crypto::initial_password();
        auto hash = crypto::hash_password(password, cost);
        if (!hash) return std::unexpected(hash.error());
        mysql::Account account = account_of(person, now);
        account.password = std::move(*hash);
        if (auto made = mysql::create_account(db, account); !made) {
            return std::unexpected(made.error());
        }
        listing +=
            fmt::format("{}\t{}\t{}\t{}\n", person.login, password, name(person.role), person.name);
    }
    if (settings.demo.accounts_file.empty()) return {};
    return write_secret_file(settings.demo.accounts_file, listing);
}

Result<std::map<std::string, std::string>> read_demo_accounts(const std::filesystem::path& file) {
    std::ifstream in{file};
    if (!in) return fail(ErrorCode::not_found, file.string());
    std::map<std::string, std::string> passwords;
    for (std::string line; std::getline(in, line);) {
        const auto first = line.find('\t');
        const auto second = line.find('\t', first + 1);
        if (line.starts_with('#') || second == std::string::npos) continue;
        passwords.emplace(line.substr(0, first), line.substr(first + 1, second - first - 1));
    }
    return passwords;
}

}  // namespace hotline::city
