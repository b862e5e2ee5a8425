#pragma once

#include "server/actions/step_article.hpp"
#include "server/api/knowledge_json.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/router.hpp"
#include "server/knowledge.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <vector>

namespace hotline::api {

// One article of the knowledge base: /knowledge/{article_id}…, and writing a new one. What was
// changed is in force in this server when it is answered.
class ArticlesApi {
public:
    ArticlesApi(
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        KnowledgeSource& knowledge,
        auth::Clock clock
    );

    boost::asio::awaitable<http::Response> show(http::Request request);
    boost::asio::awaitable<http::Response> versions(http::Request request);
    boost::asio::awaitable<http::Response> propose(http::Request request);
    boost::asio::awaitable<http::Response> change(http::Request request);
    boost::asio::awaitable<http::Response> step(http::Request request);
    boost::asio::awaitable<http::Response> feedback(http::Request request);
    boost::asio::awaitable<http::Response> reply(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    using Deed = std::function<Result<ticketing::ArticleId>(mysql::Connection&)>;
    // Does it, notes it in the audit log, and answers with the article as it is then.
    boost::asio::awaitable<http::Response> done(
        http::Request request, ticketing::Actor actor, std::string audited, Deed deed, int status
    );
    boost::asio::awaitable<http::Response> write(http::Request request, bool fresh);

    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    KnowledgeSource& knowledge_;
    auth::Clock clock_;
};

}  // namespace hotline::api
