#pragma once

#include "server/http/request.hpp"
#include "server/http/response.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::http {

using Handler = std::function<boost::asio::awaitable<Response>(Request)>;

// One row of the routing table.
struct Route {
    Method method = Method::get;
    // "/api/v1/tickets/{ticket_no}": a segment in braces matches any one non-empty segment and is
    // handed on in Request::params. A literal segment wins over a named one. Must outlive the
    // router.
    std::string_view pattern;
    Handler handler;
    std::size_t max_body = 0;  // bytes; 0 = the server's default
};

// Finds the row for a request. HEAD is answered by the GET row (the server leaves the body out),
// OPTIONS by the list of methods, a known path with another method by 405 with Allow.
class Router {
public:
    // `fallback` answers paths no row matches (static files); without one they are 404. Two rows
    // with the same method and path shape are a programming error: std::invalid_argument.
    explicit Router(std::vector<Route> routes, Handler fallback = {});
    Router(Router&&) noexcept;
    ~Router();

    boost::asio::awaitable<Response> dispatch(Request request) const;

    // The route's max_body, or 0 when it has none of its own or no row matches.
    std::size_t max_body(Method method, std::string_view path) const;

private:
    struct Node;
    struct Match;
    Match find(std::string_view path) const;

    std::unique_ptr<Node> root_;
    Handler fallback_;
};

}  // namespace hotline::http
