#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/auth/settings.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"
#include "server/knowledge.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::redis {
class Limits;
}

namespace hotline::api {

// What an enterprise asks before it sends an appeal, without an account: whose credit code that is,
// and that an answer was the one it looked for.
class BeforeAppealApi {
public:
    BeforeAppealApi(
        mysql::Pool& pool,
        const KnowledgeSource& knowledge,
        redis::Limits& limits,
        auth::Clock clock
    );

    // GET /public/enterprises: what every business licence shows, and nothing the register knows
    // besides.
    boost::asio::awaitable<http::Response> enterprise(http::Request request);
    // POST /public/knowledge/{article_id}/helped (K16).
    boost::asio::awaitable<http::Response> helped(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    mysql::Pool& pool_;
    const KnowledgeSource& knowledge_;
    redis::Limits& limits_;
    auth::Clock clock_;
};

}  // namespace hotline::api
