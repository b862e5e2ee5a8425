#include "integrations/http/url.hpp"

#include <algorithm>
#include <charconv>

namespace hotline::http_client {

namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '_' || c == '.';
}

bool is_ipv6_character(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
}

bool is_host_name(std::string_view host) {
    return !host.empty() && host.size() <= 253 && std::ranges::all_of(host, is_name_character) &&
           host.front() != '.' && host.back() != '.' && host.find("..") == std::string_view::npos;
}

bool is_target_character(char c) {
    return c > ' ' && c < 0x7f && c != '\\' && c != '#' && c != '"' && c != '<' && c != '>';
}

std::optional<std::uint16_t> port_of(std::string_view digits) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc{} || end != digits.data() + digits.size() || port == 0) return {};
    return port;
}

// Takes "host", "host:port" or "[address]:port" apart.
bool read_authority(std::string_view text, Url& url) {
    std::string_view port;
    bool has_port = false;
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos) return false;
        url.host = lower(text.substr(1, close - 1));
        if (url.host.empty() || !std::ranges::all_of(url.host, is_ipv6_character)) return false;
        text.remove_prefix(close + 1);
        if (!text.empty() && text.front() != ':') return false;
        has_port = !text.empty();
        port = has_port ? text.substr(1) : text;
    } else {
        const auto colon = text.find(':');
        has_port = colon != std::string_view::npos;
        if (has_port) port = text.substr(colon + 1);
        url.host = lower(text.substr(0, colon));
        if (!is_host_name(url.host)) return false;
    }
    if (!has_port) return true;
    const auto number = port_of(port);
    if (!number) return false;
    url.port = *number;
    return true;
}

}  // namespace

std::string Url::authority() const {
    std::string text = host.find(':') == std::string::npos ? host : "[" + host + "]";
    if (port != (secure ? 443 : 80)) text += ":" + std::to_string(port);
    return text;
}

std::optional<Url> parse_url(std::string_view text) {
    Url url;
    const auto scheme_end = text.find("://");
    if (scheme_end == std::string_view::npos || text.size() > 4096) return std::nullopt;
    const auto scheme = lower(text.substr(0, scheme_end));
    if (scheme != "https" && scheme != "http") return std::nullopt;
    url.secure = scheme == "https";
    url.port = url.secure ? 443 : 80;
    text.remove_prefix(scheme_end + 3);

    const auto authority_end = std::min(text.find_first_of("/?"), text.size());
    if (!read_authority(text.substr(0, authority_end), url)) return std::nullopt;
    const auto rest = text.substr(authority_end);
    if (!std::ranges::all_of(rest, is_target_character)) return std::nullopt;
    url.target = rest.starts_with('/') ? std::string(rest) : "/" + std::string(rest);
    return url;
}

bool host_admitted(const std::vector<std::string>& hosts, std::string_view host) {
    if (hosts.empty()) return true;
    return std::ranges::any_of(hosts, [&](const std::string& one) {
        const std::string wanted = lower(one);
        return wanted.starts_with('.') ? host.size() > wanted.size() && host.ends_with(wanted)
                                       : host == wanted;
    });
}

}  // namespace hotline::http_client
