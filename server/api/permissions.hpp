#pragma once

#include "server/auth/guard.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// /admin/permissions: who may see and do what, asked of the functions that decide it.
class PermissionsApi {
public:
    explicit PermissionsApi(auth::Guard& guard) : guard_(guard) {}

    void add_routes(std::vector<http::Route>& routes);

private:
    boost::asio::awaitable<http::Response> show(http::Request request);

    auth::Guard& guard_;
};

}  // namespace hotline::api
