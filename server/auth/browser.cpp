#include "server/auth/browser.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/crypto/token.hpp"

#include <algorithm>
#include <cctype>
#include <string>

namespace hotline::auth {
namespace {

std::string session_name(const Settings& settings) {
    return settings.insecure_cookies ? "hotline" : "__Host-hotline";
}

std::string csrf_name(const Settings& settings) {
    return settings.insecure_cookies ? "hotline-csrf" : "__Host-hotline-csrf";
}

enum class Reader { server_only, script };

void set_cookie(
    http::Response& response,
    const std::string& name,
    std::string_view value,
    std::chrono::seconds age,
    Reader reader,
    const Settings& settings
) {
    std::string line = name + "=" + std::string(value);
    line += "; Path=/; Max-Age=" + std::to_string(age.count()) + "; SameSite=Strict";
    if (reader == Reader::server_only) line += "; HttpOnly";
    if (!settings.insecure_cookies) line += "; Secure";
    // Not Response::set: two cookies are two headers.
    response.headers.push_back({"set-cookie", line});
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

// Comparing with the Host asked for spares configuration on a LAN reached under several names, and
// gives nothing away: a page under another name, rebound to our address, has no cookies of ours.
bool is_allowed(std::string_view origin, const http::Request& request, const Settings& settings) {
    const std::string asked = lower(origin);
    if (std::ranges::find(settings.allowed_origins, asked) != settings.allowed_origins.end()) {
        return true;
    }
    const auto host = request.header("host");
    const std::string scheme = request.secure ? "https://" : "http://";
    return host && !host->empty() && asked == scheme + lower(*host);
}

}  // namespace

std::optional<std::string_view> session_cookie(
    const http::Request& request, const Settings& settings
) {
    const auto token = request.cookie(session_name(settings));
    if (!token || !crypto::looks_like_token(*token)) return std::nullopt;
    return token;
}

void set_session_cookies(
    http::Response& response,
    std::string_view token,
    std::string_view csrf,
    const Settings& settings
) {
    const auto age = settings.absolute;
    set_cookie(response, session_name(settings), token, age, Reader::server_only, settings);
    set_cookie(response, csrf_name(settings), csrf, age, Reader::script, settings);
}

void clear_session_cookies(http::Response& response, const Settings& settings) {
    const std::chrono::seconds gone{0};
    set_cookie(response, session_name(settings), "", gone, Reader::server_only, settings);
    set_cookie(response, csrf_name(settings), "", gone, Reader::script, settings);
}

bool is_unsafe(http::Method method) {
    using enum http::Method;
    return method != get && method != head && method != options;
}

Result<void> check_origin(const http::Request& request, const Settings& settings) {
    if (const auto origin = request.header("origin")) {
        if (!is_allowed(*origin, request, settings)) return fail(ErrorCode::origin_not_allowed);
        return {};
    }
    const auto site = request.header("sec-fetch-site");
    if (site && *site != "same-origin" && *site != "none") {
        return fail(ErrorCode::origin_not_allowed);
    }
    return {};
}

Result<void> require_origin(const http::Request& request, const Settings& settings) {
    if (!request.header("origin")) return fail(ErrorCode::origin_not_allowed);
    return check_origin(request, settings);
}

Result<void> check_csrf(const http::Request& request, std::string_view csrf_token) {
    const auto presented = request.header("x-csrf-token");
    const bool good =
        presented && !csrf_token.empty() && crypto::equal_in_constant_time(*presented, csrf_token);
    if (!good) return fail(ErrorCode::csrf_failed);
    return {};
}

}  // namespace hotline::auth
