#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/api/asked_once.hpp"
#include "server/api/figures/figures.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace hotline::api {

// GET /kpi/hours, /kpi/funnel, /kpi/ageing, /kpi/load, /kpi/topics, /kpi/calls and
// /kpi/dissatisfaction, within what the asker may see. Boards ask the same again and again: answers
// are kept for a moment. On the I/O thread.
class KpiFiguresApi {
public:
    KpiFiguresApi(auth::Guard& guard, mysql::Pool& pool, const CitySource& city, auth::Clock clock);

    boost::asio::awaitable<http::Response> tell(http::Request request, sla::FigureCode code);

    void figures_moved() { answers_.forget(clock_()); }

    // The route of one figure, bound to this object, which must outlive it.
    http::Handler answering(sla::FigureCode code);
    // All of them.
    void add_routes(std::vector<http::Route>& routes);

private:
    using Body = std::shared_ptr<const std::string>;

    boost::asio::awaitable<Result<Body>> work_out(sla::FigureCode code, FigureQuestion question);

    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    auth::Clock clock_;
    AskedOnce<Body> answers_{std::chrono::seconds(5), 256};
};

}  // namespace hotline::api
