#pragma once

#include "integrations/mysql/pool.hpp"
#include "integrations/telephony/cti_event.hpp"
#include "server/actions/agent_moves.hpp"
#include "server/actions/record_cti_events.hpp"
#include "server/api/phone/cti_door.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"
#include "ticketing/errors.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/json/value.hpp>

#include <functional>
#include <string>
#include <vector>

namespace hotline::api {

// DATETIME ends with the year 9999; nothing plausible lies far from now anyway.
bool is_plausible(ticketing::Instant at);

// Schema CtiEvent; the faults of one event, by field.
Result<telephony::CtiEvent> read_cti_event(const boost::json::value& value);

// Schema CtiEvent of type agent.state, likewise.
Result<actions::AgentTold> read_agent_told(const boost::json::value& value);

// POST /cti/events, for call platforms. What is wrong with one event is
// said of that one; the others are kept all the same, so that a platform can send on.
class CtiApi {
public:
    // Told, after the commit, what became of calls and agents.
    using OnCalls = std::function<void(const actions::CtiRecord& record)>;

    CtiApi(CtiDoor& door, mysql::Pool& pool, auth::Clock clock, OnCalls on_calls);

    boost::asio::awaitable<http::Response> take(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    struct Taken;
    boost::asio::awaitable<Result<void>> record(Taken& taken);

    CtiDoor& door_;
    mysql::Pool& pool_;
    auth::Clock clock_;
    OnCalls on_calls_;
};

}  // namespace hotline::api
