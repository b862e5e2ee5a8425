#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <vector>

namespace hotline::api {

// Where telephones in browsers sign in, and what their passwords are made from.
struct SoftphoneLine {
    std::string url;  // empty: there are none
    std::string domain;
    std::string key;
};

// An agent's own telephone in his browser (integrations/telephony, T54 to T58): whether there is
// one, and by what it signs in.
class SoftphoneApi {
public:
    SoftphoneApi(auth::Guard& guard, mysql::Pool& pool, SoftphoneLine line, auth::Clock clock);

    boost::asio::awaitable<http::Response> show(http::Request request);
    // Audited: what it answers is a password.
    boost::asio::awaitable<http::Response> sign_in(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    auth::Guard& guard_;
    mysql::Pool& pool_;
    SoftphoneLine line_;
    auth::Clock clock_;
};

}  // namespace hotline::api
