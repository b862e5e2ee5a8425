#pragma once

#include "ticketing/errors.hpp"

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotline::cli {

struct HttpAnswer {
    int status = 0;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case

    std::string_view header(std::string_view name) const;  // the first; "" when there is none
};

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

// A plain blocking HTTP/1.1 client for the commands that talk to a running server: one connection a
// request, no TLS. Keeps the cookies it is given, as one person's browser would.
class HttpClient {
public:
    // "http://host[:port]". validation_failed for anything else.
    static Result<HttpClient> at(std::string_view url);

    // Fails with store_unavailable when nobody answers, internal when the answer is not HTTP.
    Result<HttpAnswer> request(
        std::string_view method,
        std::string_view target,
        std::string_view body = {},
        const HttpHeaders& headers = {}
    );

private:
    HttpClient(std::string host, std::string port)
        : host_(std::move(host)), port_(std::move(port)) {}

    std::string text_of(
        std::string_view method,
        std::string_view target,
        std::string_view body,
        const HttpHeaders& headers
    ) const;
    void keep_cookies(const HttpAnswer& answer);

    std::string host_;
    std::string port_;
    std::map<std::string, std::string> cookies_;
};

}  // namespace hotline::cli
