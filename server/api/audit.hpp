#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// /audit and /audit/verify, for the auditor. Looking is audited too.
class AuditApi {
public:
    AuditApi(auth::Guard& guard, mysql::Pool& pool, auth::Clock clock);

    boost::asio::awaitable<http::Response> list(http::Request request);
    boost::asio::awaitable<http::Response> verify(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    auth::Guard& guard_;
    mysql::Pool& pool_;
    auth::Clock clock_;
};

}  // namespace hotline::api
