#pragma once

#include "integrations/mysql/kpi_store.hpp"
#include "integrations/mysql/pool.hpp"
#include "server/api/asked_once.hpp"
#include "server/api/kpi_json.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace hotline::api {

// What is asked for, within what the asker may see.
struct KpiQuestion {
    mysql::KpiFilter filter;
    mysql::KpiGrouping grouping = mysql::KpiGrouping::none;
    std::vector<sla::RateCode> group_rates{};  // of the lines; empty: all
};

// Reads the query of GET /kpi for this actor. Units see their own subtree, county managers their
// division, the centre and the city's managers everything; more than that is forbidden. Defaults:
// from the month's first to today. Errors: validation_failed, forbidden.
Result<KpiQuestion> kpi_question(
    const http::Request& request,
    const ticketing::Actor& actor,
    const ticketing::Directory& directory,
    ticketing::Instant now
);

// GET /kpi and GET /public/figures. Screens ask every few seconds, many of them the same: answers
// are kept for a moment. On the I/O thread.
class KpiApi {
public:
    KpiApi(auth::Guard& guard, mysql::Pool& pool, const CitySource& city, auth::Clock clock);

    boost::asio::awaitable<http::Response> rates(http::Request request);
    boost::asio::awaitable<http::Response> figures(http::Request request);

    // Told that figures moved. Whoever hears of it asks at once and is not asked again to ask, so
    // what was true a moment ago would stand on his screen until the next change.
    void figures_moved();

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    using Body = std::shared_ptr<const std::string>;
    using Hand = std::shared_ptr<const std::map<mysql::DeskKey, mysql::WorkInHand>>;

    // The answer's body, as old as `asked` allows.
    boost::asio::awaitable<Result<Body>> body(
        KpiQuestion question, bool english, AskedOnce<Body>& asked
    );
    boost::asio::awaitable<Result<Body>> count(
        KpiQuestion question, bool english, ticketing::Instant now
    );
    boost::asio::awaitable<Result<Hand>> work_in_hand(ticketing::Instant now);

    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    auth::Clock clock_;
    AskedOnce<Body> answers_{std::chrono::seconds(2), 256};
    AskedOnce<Body> public_answers_{std::chrono::seconds(10), 4};
    AskedOnce<Hand> hand_{std::chrono::seconds(2), 1};
};

}  // namespace hotline::api
