#pragma once

#include "integrations/mysql/device_store.hpp"
#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/auth/sessions.hpp"
#include "server/auth/wiped_devices.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <string>
#include <vector>

namespace hotline::api {

// /me/devices and /admin/accounts/{user_id}/devices: what people use, where it is pushed to, and
// wiping it.
class DevicesApi {
public:
    // `wiped` tells open feeds and the other servers before the sessions end.
    using Wiped = std::function<boost::asio::awaitable<void>(std::string device)>;

    DevicesApi(
        auth::Guard& guard,
        auth::Sessions& sessions,
        auth::WipedDevices& wiped_devices,
        mysql::Pool& pool,
        auth::Clock clock,
        bool plain_http,
        Wiped wiped
    );

    void add_routes(std::vector<http::Route>& routes);

private:
    boost::asio::awaitable<http::Response> list(http::Request request);
    boost::asio::awaitable<http::Response> keep(http::Request request);
    boost::asio::awaitable<http::Response> wipe(http::Request request);
    boost::asio::awaitable<http::Response> list_of(http::Request request);
    boost::asio::awaitable<http::Response> wipe_of(http::Request request);
    boost::asio::awaitable<http::Response> wipe_all_of(http::Request request);
    boost::asio::awaitable<http::Response> wipe_device(
        http::Request request, ticketing::Actor by, ticketing::UserId account
    );
    boost::asio::awaitable<http::Response> devices_of(
        http::Request request, ticketing::UserId account
    );

    auth::Guard& guard_;
    auth::Sessions& sessions_;
    auth::WipedDevices& wiped_devices_;
    mysql::Pool& pool_;
    auth::Clock clock_;
    bool plain_http_;  // push services without TLS, for trying things out
    Wiped wiped_;
};

}  // namespace hotline::api
