#include "server/config/softphone.hpp"

#include <algorithm>
#include <cctype>

namespace hotline::config {
namespace {

constexpr std::string_view scheme = "wss://";
constexpr std::string_view letters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";

bool is_port(std::string_view text) {
    return !text.empty() && text.size() <= 5 && text.find_first_not_of("0123456789") == text.npos;
}

}  // namespace

Result<SoftphoneAddress> softphone_address(std::string_view url) {
    if (url.empty()) return SoftphoneAddress{};
    const auto wrong = fail(
        ErrorCode::validation_failed,
        "[telephony.exchange] softphone_url must be \"wss://HOST[:PORT][/PATH]\"."
    );
    if (!url.starts_with(scheme)) return wrong;
    const auto rest = url.substr(scheme.size());
    const auto authority = rest.substr(0, rest.find('/'));
    const auto path = rest.substr(authority.size());
    const auto host = authority.substr(0, authority.find(':'));
    const auto port = authority.substr(host.size());
    if (host.empty() || host.find_first_not_of(letters) != host.npos) return wrong;
    if (!port.empty() && !is_port(port.substr(1))) return wrong;
    const auto stands_in_a_path = [](unsigned char c) {
        return std::isalnum(c) != 0 || std::string_view("/-._~").contains(static_cast<char>(c));
    };
    if (!std::ranges::all_of(path, stands_in_a_path)) return wrong;
    return SoftphoneAddress{
        std::string(url), std::string(scheme) + std::string(authority), std::string(host)
    };
}

}  // namespace hotline::config
