#pragma once

#include "integrations/mysql/pool.hpp"
#include "integrations/open311/document.hpp"
#include "integrations/open311/refusal.hpp"
#include "integrations/open311/service_requests.hpp"
#include "server/actions/appeal_desk.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::redis {
class Limits;
}

namespace hotline::api {

struct Open311Settings {
    bool enabled = true;
    std::string jurisdiction_id;
    std::string public_url;
};

// /open311…: GeoReport v2 for other city systems (integrations/open311, rules E1 to E9). Reading is
// public, filing needs an API token of scope "open311" as api_key.
class Open311Api {
public:
    Open311Api(
        auth::Guard& guard,
        actions::AppealDesk& desk,
        mysql::Pool& pool,
        redis::Limits& limits,
        const CitySource& city,
        Open311Settings settings,
        auth::Clock clock
    );

    // GET
    boost::asio::awaitable<http::Response> discovery(http::Request request);
    boost::asio::awaitable<http::Response> services(http::Request request);
    boost::asio::awaitable<http::Response> service(http::Request request);
    boost::asio::awaitable<http::Response> requests(http::Request request);
    boost::asio::awaitable<http::Response> one_request(http::Request request);
    boost::asio::awaitable<http::Response> token(http::Request request);
    // POST
    boost::asio::awaitable<http::Response> file(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    struct Asked;
    template <class T>
    using Outcome = boost::asio::awaitable<std::expected<T, open311::Refusal>>;

    // What the request names, and whether it may be asked at all.
    Outcome<Asked> admit(const http::Request& request, std::string name);
    // The answer to a key that is none.
    boost::asio::awaitable<open311::Refusal> key_refused(
        const http::Request& request, std::string why
    );
    // Who holds the api_key, as far as the limits and E6 have to tell him from others.
    Outcome<std::string> key_holder(const http::Request& request, std::string key);
    Outcome<std::vector<ticketing::PublishedTicket>> find(
        open311::RequestQuery query, bool english
    );
    // E6: the key the same words were filed under within a day, or today's.
    boost::asio::awaitable<std::string> key_of_post(std::string holder, std::string words);
    Outcome<actions::Receipt> submit(Asked asked);

    http::Response show(const Asked& asked, const std::vector<ticketing::PublishedTicket>& tickets)
        const;

    auth::Guard& guard_;
    actions::AppealDesk& desk_;
    mysql::Pool& pool_;
    redis::Limits& limits_;
    const CitySource& city_;
    Open311Settings settings_;
    auth::Clock clock_;
};

}  // namespace hotline::api
