#pragma once

#include "server/http/request.hpp"
#include "ticketing/errors.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::http {

// One answer. `body` is sent as it is; `shared_body`, when set, is sent instead without a copy
// (static files held in memory).
struct Response {
    int status = 200;
    std::vector<Header> headers;
    std::string body;
    std::shared_ptr<const std::string> shared_body;
    bool close = false;        // the connection ends after this answer
    std::string_view route{};  // the pattern that matched; set by the router for logs and metrics

    Response& set(std::string_view name, std::string_view value);
};

// 200 (or `status`) with application/json; no-store.
Response json(std::string body, int status = 200);
// 204.
Response no_content();
// RFC 9457 problem+json in the asker's language; the one place where errors become HTTP.
// Adds Retry-After where the code calls for it and `errors[{field,code,message}]` for field errors.
Response problem(const Request& request, const Error& error);
// The same for a bare code. In coroutines prefer it to a braced Error inside a co_await expression,
// whose temporaries g++ 12 destroys twice.
Response problem(const Request& request, ErrorCode code, std::string detail = {});

}  // namespace hotline::http
