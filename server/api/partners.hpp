#pragma once

#include "integrations/http/client.hpp"
#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/router.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <string>
#include <vector>

namespace hotline::api {

struct PartnerRules {
    std::string key;                 // the partners' keys are encrypted by it
    std::vector<std::string> hosts;  // empty: any public one
    bool stand_ins = false;          // http, for tests and demonstrations
    http_client::Limits limits;
};

// /partners…: other systems that take tickets by GeoReport v2 (E10), kept by administrators.
class PartnersApi {
public:
    PartnersApi(
        boost::asio::any_io_executor executor,
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        PartnerRules rules,
        auth::Clock clock
    );

    boost::asio::awaitable<http::Response> list(http::Request request);
    boost::asio::awaitable<http::Response> create(http::Request request);
    boost::asio::awaitable<http::Response> change(http::Request request);
    // Only of one that never had a ticket; the others are switched off.
    boost::asio::awaitable<http::Response> remove(http::Request request);
    // Asks the partner for its services: what the mapping is made from, and the test call.
    boost::asio::awaitable<http::Response> services(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    PartnerRules rules_;
    auth::Clock clock_;
    http_client::Client client_;
};

}  // namespace hotline::api
