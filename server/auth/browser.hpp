#pragma once

#include "server/auth/settings.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "ticketing/errors.hpp"

#include <optional>
#include <string_view>

namespace hotline::auth {

// The session token a browser presents, when it has the shape of one.
std::optional<std::string_view> session_cookie(
    const http::Request& request, const Settings& settings
);

// Session cookie (HttpOnly) and the CSRF token for the page's script (readable). Both
// SameSite=Strict, Path=/ and, unless insecure_cookies, Secure with the __Host- prefix.
void set_session_cookies(
    http::Response& response,
    std::string_view token,
    std::string_view csrf,
    const Settings& settings
);
void clear_session_cookies(http::Response& response, const Settings& settings);

// True for methods that may change something (RFC 9110 9.2.1).
bool is_unsafe(http::Method method);

// origin_not_allowed when a browser sends the request for another site: an Origin that is neither
// allowed nor the host asked for, or, without one, a Sec-Fetch-Site that is not same-origin. What
// sends neither header is no browser of today, and CSRF needs one.
Result<void> check_origin(const http::Request& request, const Settings& settings);

// The same, but an Origin must be there: for WebSockets, which no same-origin policy guards.
Result<void> require_origin(const http::Request& request, const Settings& settings);

// csrf_failed unless X-CSRF-Token is the session's.
Result<void> check_csrf(const http::Request& request, std::string_view csrf_token);

}  // namespace hotline::auth
