#include "integrations/ari/telephones.hpp"

#include "integrations/crypto/key_file.hpp"
#include "integrations/crypto/telephone.hpp"
#include "integrations/mysql/account_store.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/database.hpp"
#include "server/config/softphone.hpp"
#include "server/now.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace hotline::cli {
namespace {

using mysql::Telephone;

// Those asked for; not_found with the first that is no account's.
Result<std::vector<Telephone>> wanted_telephones(
    mysql::Connection& db, const std::vector<std::string>& extensions
) {
    auto all = mysql::list_telephones(db);
    if (!all || extensions.empty()) return all;
    std::vector<Telephone> found;
    for (const std::string& extension : extensions) {
        const auto one = std::ranges::find(*all, extension, &Telephone::extension);
        if (one == all->end()) return fail(ErrorCode::not_found, extension);
        found.push_back(*one);
    }
    return found;
}

// What is to be printed, once that it was has been noted.
Result<std::string> sections_of_telephones(
    mysql::Connection& db, const std::string& key, const TelephonesOptions& options
) {
    const auto telephones = wanted_telephones(db, options.extensions);
    if (!telephones) return std::unexpected(telephones.error());
    std::vector<ari::BrowserTelephone> out;
    for (const auto& [account, extension, serial] : *telephones) {
        const auto password = crypto::telephone_password(key, account.value, extension, serial);
        out.push_back({extension, password});
    }
    auto noted = note_deed(db, "telephones.print", "", now());
    if (!noted) return std::unexpected(noted.error());
    return ari::pjsip_sections(out);
}

}  // namespace

int telephones(const config::Settings& settings, const TelephonesOptions& options) {
    const auto key = crypto::load_or_create_secret(config::telephone_key_file(settings.secrets));
    if (!key) {
        print_error(key.error());
        return 1;
    }
    const auto opened = Database::open(settings);
    if (!opened) return 1;
    mysql::Connection& db = **opened;
    std::string printed;
    const auto done = in_transaction(db, [&]() -> Result<void> {
        auto sections = sections_of_telephones(db, *key, options);
        if (!sections) return std::unexpected(sections.error());
        printed = std::move(*sections);
        return {};
    });
    if (!done) {
        print_error(done.error());
        return 1;
    }
    fmt::print("{}", printed);
    return 0;
}

}  // namespace hotline::cli
