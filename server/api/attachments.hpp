#pragma once

#include "server/actions/file_desk.hpp"
#include "server/actions/record_act.hpp"
#include "server/auth/guard.hpp"
#include "server/auth/query_guard.hpp"
#include "server/city.hpp"
#include "server/desk_loads.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <vector>

namespace hotline::redis {
class Limits;
}

namespace hotline::api {

// Files of tickets: added and read by people at work under /tickets/{ticket_no}/attachments, and by
// the appellant with number and code under /appeals/{ticket_no}/attachments. A file is the whole
// body of its request. What the asker may not know of is not there.
class AttachmentsApi {
public:
    struct Parts {
        auth::Guard& guard;
        auth::QueryGuard& query_guard;
        mysql::Pool& pool;
        const CitySource& city;
        DeskLoads& loads;
        redis::Limits& limits;
        actions::FileDesk& desk;
        auth::Clock clock;
    };
    explicit AttachmentsApi(Parts parts) : p_(std::move(parts)) {}

    boost::asio::awaitable<http::Response> add(http::Request request);
    boost::asio::awaitable<http::Response> release(http::Request request);
    boost::asio::awaitable<http::Response> show(http::Request request, bool preview);

    boost::asio::awaitable<http::Response> add_own(http::Request request);
    boost::asio::awaitable<http::Response> show_own(http::Request request, bool preview);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    struct Sent;
    // Counts, takes the bytes in, records the act.
    boost::asio::awaitable<Result<Sent>> take_in(
        http::Request& request, actions::ActCommand command, std::string limit_key, int per_hour
    );
    boost::asio::awaitable<Result<Sent>> record(actions::ActCommand command);

    Parts p_;
};

}  // namespace hotline::api
