#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <vector>

namespace hotline::api {

// /callbacks: numbers whose calls nobody answered, and who calls them back (T6 to T10). For whoever
// takes calls or watches over them.
class CallbacksApi {
public:
    using OnChange = std::function<void()>;

    CallbacksApi(auth::Guard& guard, mysql::Pool& pool, auth::Clock clock, OnChange on_change);

    boost::asio::awaitable<http::Response> list(http::Request request);
    boost::asio::awaitable<http::Response> counts(http::Request request);
    boost::asio::awaitable<http::Response> see(http::Request request);
    boost::asio::awaitable<http::Response> claim(http::Request request);
    boost::asio::awaitable<http::Response> release(http::Request request);
    boost::asio::awaitable<http::Response> note_try(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    struct Asked;
    boost::asio::awaitable<Result<Asked>> admit(const http::Request& request);

    auth::Guard& guard_;
    mysql::Pool& pool_;
    auth::Clock clock_;
    OnChange on_change_;
};

}  // namespace hotline::api
