#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/account_admin.hpp"
#include "server/auth/guard.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// /admin/users… and /admin/tokens….
class AdminAccountsApi {
public:
    AdminAccountsApi(auth::Guard& guard, auth::AccountAdmin& admin, mysql::Pool& pool);

    boost::asio::awaitable<http::Response> list_users(http::Request request);
    boost::asio::awaitable<http::Response> create_user(http::Request request);
    boost::asio::awaitable<http::Response> disable_user(http::Request request);
    boost::asio::awaitable<http::Response> enable_user(http::Request request);
    boost::asio::awaitable<http::Response> set_extension(http::Request request);
    boost::asio::awaitable<http::Response> reset_password(http::Request request);
    boost::asio::awaitable<http::Response> list_tokens(http::Request request);
    boost::asio::awaitable<http::Response> create_token(http::Request request);
    boost::asio::awaitable<http::Response> revoke_token(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    boost::asio::awaitable<http::Response> set_disabled(http::Request request, bool disabled);

    auth::Guard& guard_;
    auth::AccountAdmin& admin_;
    mysql::Pool& pool_;
};

}  // namespace hotline::api
