#pragma once

#include "integrations/crypto/signature.hpp"
#include "integrations/mysql/pool.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// Published periods: freezing one, and what was published with its evidence. Figures are public to
// all who may see figures; the tickets behind them are told within the asker's own scope. On the
// I/O thread.
class KpiFrozenApi {
public:
    KpiFrozenApi(
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        const crypto::Signer& signer,
        int freeze_after_workdays,
        auth::Clock clock
    );

    boost::asio::awaitable<http::Response> list(http::Request request);
    boost::asio::awaitable<http::Response> freeze(http::Request request);
    boost::asio::awaitable<http::Response> show(http::Request request);
    boost::asio::awaitable<http::Response> verify(http::Request request);
    boost::asio::awaitable<http::Response> cases(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    const crypto::Signer& signer_;
    int freeze_after_workdays_;
    auth::Clock clock_;
};

}  // namespace hotline::api
