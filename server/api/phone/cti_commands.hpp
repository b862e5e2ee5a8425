#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/actions/command_calls.hpp"
#include "server/api/phone/cti_door.hpp"
#include "server/bell.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <vector>

namespace hotline::api {

// GET /cti/commands, by which a call platform fetches what people ask of its calls and says what it
// can, and POST /cti/commands/{command_id}/outcome (integrations/telephony, T39, T40).
class CtiCommandsApi {
public:
    using OnEnded = std::function<void(const std::vector<mysql::CallCommand>& commands)>;

    // `bell` rings when something has been asked for.
    CtiCommandsApi(
        CtiDoor& door, mysql::Pool& pool, Bell& bell, auth::Clock clock, OnEnded on_ended
    );

    boost::asio::awaitable<http::Response> fetch(http::Request request);
    boost::asio::awaitable<http::Response> outcome(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    CtiDoor& door_;
    mysql::Pool& pool_;
    Bell& bell_;
    auth::Clock clock_;
    OnEnded on_ended_;
};

}  // namespace hotline::api
