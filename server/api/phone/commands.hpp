#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/actions/command_calls.hpp"
#include "server/auth/guard.hpp"
#include "server/bell.hpp"
#include "server/city.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hotline::api {

// What people ask of calls (integrations/telephony, T36 to T40): what can be asked of one, asking
// for it, a call of ours, and to whom else a call can go.
class CallCommandsApi {
public:
    // `on_asked`: told after the commit. `bell` rings when one has been asked for or has ended.
    CallCommandsApi(
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        Bell& bell,
        auth::Clock clock,
        std::function<void()> on_asked,
        std::chrono::milliseconds answered_within = std::chrono::milliseconds(1200)
    );

    boost::asio::awaitable<http::Response> abilities(http::Request request);
    boost::asio::awaitable<http::Response> act(http::Request request);
    boost::asio::awaitable<http::Response> dial(http::Request request);
    boost::asio::awaitable<http::Response> colleagues(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    struct Wanted;
    boost::asio::awaitable<Result<actions::CommandToAsk>> admit(
        const http::Request& request, std::optional<telephony::CallAction> action
    );
    boost::asio::awaitable<http::Response> ask(const http::Request& request, Wanted wanted);
    boost::asio::awaitable<Result<mysql::CallCommand>> what_comes_of(mysql::CallCommand command);

    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    Bell& bell_;
    auth::Clock clock_;
    std::function<void()> on_asked_;
    // What is done by then is answered with how it ended; the rest is told by the feed.
    std::chrono::milliseconds answered_within_;
};

}  // namespace hotline::api
