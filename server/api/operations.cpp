#include "server/api/operations.hpp"

#include "server/api/contract.hpp"
#include "ticketing/json_text.hpp"

#include <algorithm>

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;

OperationsApi::OperationsApi(
    Stores& stores,
    const SimilarAppeals& similar,
    Metrics& metrics,
    http::AddressSet metrics_allow,
    std::string text_models
)
    : stores_(stores),
      similar_(similar),
      metrics_(metrics),
      allow_(std::move(metrics_allow)),
      text_models_(std::move(text_models)) {
    metrics_.text_models_loaded.Set(text_models_ == "loaded" ? 1 : 0);
}

asio::awaitable<Response> OperationsApi::health(Request) {
    co_return http::json(R"({"status":"alive"})");
}

// Ready while appeals can be taken: with either store. Work on tickets needs MySQL; which store is
// away is said.
asio::awaitable<Response> OperationsApi::readiness(Request) {
    const bool mysql = stores_.pool.healthy();
    const bool redis = stores_.commands.available();
    const bool ready = (mysql || redis) && !draining_;
    ticketing::JsonObject out;
    out.text(
        "status",
        draining_        ? "draining"
        : !ready         ? "down"
        : mysql && redis ? "ready"
                         : "degraded"
    );
    out.text("mysql", mysql ? "up" : "down").text("redis", redis ? "up" : "down");
    out.text("text_models", text_models_);
    out.text("similar_appeals", similar_.complete() ? "complete" : "filling");
    co_return http::json(out.str(), ready ? 200 : 503);
}

asio::awaitable<Response> OperationsApi::metrics(Request request) {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(request.remote_address, error);
    if (error || !allow_.contains(address)) {
        co_return http::problem(request, ErrorCode::not_found);
    }
    const auto pool = stores_.pool.stats();
    metrics_.database_queue.Set(
        static_cast<double>(pool.queued_interactive + pool.queued_background)
    );
    metrics_.database_busy.Set(static_cast<double>(pool.busy));
    metrics_.database_healthy.Set(pool.healthy ? 1 : 0);
    Response response;
    response.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    response.body = metrics_.exposition();
    co_return response;
}

asio::awaitable<Response> OperationsApi::contract(Request) {
    Response response;
    response.set("Content-Type", "application/yaml; charset=utf-8");
    response.body = openapi_yaml;
    co_return response;
}

void OperationsApi::add_routes(std::vector<http::Route>& routes) {
    using enum http::Method;
    const auto bind = [this](asio::awaitable<Response> (OperationsApi::*member)(Request)) {
        return [this, member](Request request) { return (this->*member)(std::move(request)); };
    };
    routes.push_back({get, "/healthz", bind(&OperationsApi::health)});
    routes.push_back({get, "/readyz", bind(&OperationsApi::readiness)});
    routes.push_back({get, "/metrics", bind(&OperationsApi::metrics)});
    routes.push_back({get, "/api/openapi.yaml", bind(&OperationsApi::contract)});
}

}  // namespace hotline::api
