#pragma once

#include "server/http/forwarded.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"
#include "server/metrics.hpp"
#include "server/similar_appeals.hpp"
#include "server/stores.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <vector>

namespace hotline::api {

// /healthz, /readyz, /metrics and the contract itself.
class OperationsApi {
public:
    // `metrics_allow`: addresses and blocks that may read /metrics; others get 404. `text_models`:
    // "loaded", "none" or "unreadable".
    OperationsApi(
        Stores& stores,
        const SimilarAppeals& similar,
        Metrics& metrics,
        http::AddressSet metrics_allow,
        std::string text_models
    );

    boost::asio::awaitable<http::Response> health(http::Request request);
    boost::asio::awaitable<http::Response> readiness(http::Request request);
    boost::asio::awaitable<http::Response> metrics(http::Request request);
    boost::asio::awaitable<http::Response> contract(http::Request request);

    // From here on /readyz says no, so that no new work is sent here.
    void drain() { draining_ = true; }

    void add_routes(std::vector<http::Route>& routes);

private:
    Stores& stores_;
    const SimilarAppeals& similar_;
    Metrics& metrics_;
    http::AddressSet allow_;
    std::string text_models_;
    bool draining_ = false;
};

}  // namespace hotline::api
