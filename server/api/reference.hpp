#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/city.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>
#include <vector>

namespace hotline::api {

// GET /reference, public: what forms choose from. The text is made once per snapshot of the city.
class ReferenceApi {
public:
    ReferenceApi(mysql::Pool& pool, const CitySource& city);

    boost::asio::awaitable<http::Response> show(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    mysql::Pool& pool_;
    const CitySource& city_;
    CityPtr made_for_;
    std::shared_ptr<const std::string> text_;
    std::string etag_;
};

}  // namespace hotline::api
