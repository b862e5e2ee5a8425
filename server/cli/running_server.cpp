#include "server/cli/running_server.hpp"

#include "server/city/demo_accounts.hpp"

#include <fmt/format.h>

namespace hotline::cli {

std::string address_of(const config::Settings& settings, const std::string& named) {
    if (!named.empty()) return named;
    const auto& address = settings.server.address;
    const bool anywhere = address == "0.0.0.0" || address == "::";
    return fmt::format("http://{}:{}", anywhere ? "127.0.0.1" : address, settings.server.port);
}

Result<std::map<std::string, std::string>> demo_passwords(const config::Settings& settings) {
    if (settings.demo.accounts_file.empty()) {
        return fail(ErrorCode::not_found, "[demo] accounts_file is not set");
    }
    return city::read_demo_accounts(settings.demo.accounts_file);
}

}  // namespace hotline::cli
