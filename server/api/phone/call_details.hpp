#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/actions/compare_details.hpp"
#include "server/api/phone/cti_door.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <vector>

namespace hotline::api {

// POST /cti/details: a platform's own books of a time that is over. GET /call-details and one of
// them: what came of holding them against the records (integrations/telephony, T41 to T44).
class CallDetailsApi {
public:
    using OnCalls = std::function<void(const actions::CtiRecord& record)>;

    CallDetailsApi(
        CtiDoor& door, auth::Guard& guard, mysql::Pool& pool, auth::Clock clock, OnCalls on_calls
    );

    boost::asio::awaitable<http::Response> take(http::Request request);
    boost::asio::awaitable<http::Response> list(http::Request request);
    boost::asio::awaitable<http::Response> differences(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    CtiDoor& door_;
    auth::Guard& guard_;
    mysql::Pool& pool_;
    auth::Clock clock_;
    OnCalls on_calls_;
};

}  // namespace hotline::api
