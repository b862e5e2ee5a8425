#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/actions/appeal_desk.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/desk_loads.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// /admin/dead-letters: appeals that were accepted and could not be understood; seeing and mending
// them is audited, they are personal data in the raw.
class DeadLettersApi {
public:
    DeadLettersApi(
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        DeskLoads& loads,
        const actions::AppealDesk& desk,
        auth::Clock clock
    );

    boost::asio::awaitable<http::Response> list(http::Request request);
    boost::asio::awaitable<http::Response> requeue(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    DeskLoads& loads_;
    const actions::AppealDesk& desk_;
    auth::Clock clock_;
};

}  // namespace hotline::api
