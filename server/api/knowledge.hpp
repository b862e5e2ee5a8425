#pragma once

#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/router.hpp"
#include "server/knowledge.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// Finding articles: /knowledge, /knowledge/suggest and /public/knowledge. Answered from memory; the
// list asks the database for the counts of its page.
class KnowledgeApi {
public:
    KnowledgeApi(
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        const KnowledgeSource& knowledge,
        auth::Clock clock
    );

    boost::asio::awaitable<http::Response> list(http::Request request);
    boost::asio::awaitable<http::Response> suggest(http::Request request);
    boost::asio::awaitable<http::Response> answers(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    const KnowledgeSource& knowledge_;
    auth::Clock clock_;
};

}  // namespace hotline::api
