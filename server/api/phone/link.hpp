#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/actions/take_snapshot.hpp"
#include "server/api/phone/cti_door.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <vector>

namespace hotline::api {

// POST /cti/heartbeat and /cti/snapshot: whether a call platform is there, and all it has.
class CtiLinkApi {
public:
    using OnCalls = std::function<void(const actions::CtiRecord& record)>;

    CtiLinkApi(CtiDoor& door, mysql::Pool& pool, auth::Clock clock, OnCalls on_calls);

    boost::asio::awaitable<http::Response> beat(http::Request request);
    boost::asio::awaitable<http::Response> snapshot(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    CtiDoor& door_;
    mysql::Pool& pool_;
    auth::Clock clock_;
    OnCalls on_calls_;
};

}  // namespace hotline::api
