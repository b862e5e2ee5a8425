#pragma once

#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// /directory/learned: what routing has learned beside the directory: the models that read texts
// (L9 to L11, Q9 to Q13) and the units that approved returns taught it to pass over (R13).
class LearnedApi {
public:
    LearnedApi(auth::Guard& guard, const CitySource& city);

    void add_routes(std::vector<http::Route>& routes);

private:
    boost::asio::awaitable<http::Response> show(http::Request request);

    auth::Guard& guard_;
    const CitySource& city_;
};

}  // namespace hotline::api
