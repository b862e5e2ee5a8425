#include "server/http/response.hpp"

#include "server/http/text.hpp"

#include <algorithm>
#include <utility>

namespace hotline::http {

Response& Response::set(std::string_view name, std::string_view value) {
    auto lower = lower_case(name);
    const auto found = std::ranges::find(headers, lower, &Header::name);
    // Cookies are the one field that may not be joined or replaced (RFC 9110 section 5.3).
    if (found != headers.end() && lower != "set-cookie") {
        found->value = value;
    } else {
        headers.push_back(Header{std::move(lower), std::string(value)});
    }
    return *this;
}

Response json(std::string body, int status) {
    Response response;
    response.status = status;
    response.headers.reserve(4);
    response.headers.push_back({"content-type", "application/json; charset=utf-8"});
    response.headers.push_back({"cache-control", "no-store"});
    response.body = std::move(body);
    return response;
}

Response no_content() {
    Response response;
    response.status = 204;
    return response;
}

}  // namespace hotline::http
