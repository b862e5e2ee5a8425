#pragma once

#include "integrations/mysql/pool.hpp"
#include "integrations/mysql/webhook_store.hpp"
#include "server/auth/guard.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <vector>

namespace hotline::api {

struct WebhookRules {
    std::string key;                 // secrets are made from it
    std::vector<std::string> hosts;  // empty: any
    bool stand_ins = false;          // http, for tests and demonstrations
};

// /webhooks…: endpoints of other systems, kept by who keeps their tokens.
class WebhooksApi {
public:
    WebhooksApi(auth::Guard& guard, mysql::Pool& pool, WebhookRules rules, auth::Clock clock);

    boost::asio::awaitable<http::Response> list(http::Request request);
    boost::asio::awaitable<http::Response> create(http::Request request);
    boost::asio::awaitable<http::Response> change(http::Request request);
    boost::asio::awaitable<http::Response> remove(http::Request request);
    boost::asio::awaitable<http::Response> new_secret(http::Request request);
    boost::asio::awaitable<http::Response> ping(http::Request request);
    boost::asio::awaitable<http::Response> deliveries(http::Request request);
    boost::asio::awaitable<http::Response> delivery(http::Request request);
    boost::asio::awaitable<http::Response> redeliver(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    struct Asked;
    boost::asio::awaitable<Result<Asked>> admit(const http::Request& request);

    auth::Guard& guard_;
    mysql::Pool& pool_;
    WebhookRules rules_;
    auth::Clock clock_;
};

}  // namespace hotline::api
