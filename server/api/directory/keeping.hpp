#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/actions/keep_directory.hpp"
#include "server/api/directory/json.hpp"
#include "server/auth/guard.hpp"
#include "server/auth/settings.hpp"
#include "server/desk_loads.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// /directory/units, …/officials, …/leaves, …/turns, …/cards, …/enterprises: the directory as people
// keep it, straight from the database. All kinds are read, added, changed and taken out of use in
// the same way.
class DirectoryKeepingApi {
public:
    DirectoryKeepingApi(
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        const DeskLoads& loads,
        auth::Clock clock
    );

    void add_routes(std::vector<http::Route>& routes);

    // One transaction: the deed, its history, the audit, and the entry as it then stands.
    template <class Entry>
    boost::asio::awaitable<http::Response> done(
        http::Request request,
        ticketing::Actor actor,
        actions::DirectoryWish<Entry> wish,
        std::string note,
        std::string_view deed
    );

private:
    template <class Entry>
    boost::asio::awaitable<http::Response> list(http::Request request);
    template <class Entry>
    boost::asio::awaitable<http::Response> show(http::Request request);
    template <class Entry>
    boost::asio::awaitable<http::Response> create(http::Request request);
    template <class Entry>
    boost::asio::awaitable<http::Response> change(http::Request request);
    template <class Entry>
    boost::asio::awaitable<http::Response> deactivate(http::Request request);
    template <class Entry>
    boost::asio::awaitable<http::Response> activate(http::Request request);
    template <class Entry>
    boost::asio::awaitable<http::Response> set_active(http::Request request, bool active);

    template <class Entry>
    void add_kind(std::vector<http::Route>& routes);

    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    const DeskLoads& loads_;
    auth::Clock clock_;
};

extern template boost::asio::awaitable<http::Response> DirectoryKeepingApi::done(
    http::Request,
    ticketing::Actor,
    actions::DirectoryWish<ticketing::organisation::Leave>,
    std::string,
    std::string_view
);
extern template boost::asio::awaitable<http::Response> DirectoryKeepingApi::done(
    http::Request,
    ticketing::Actor,
    actions::DirectoryWish<mysql::StaffedOfficial>,
    std::string,
    std::string_view
);

}  // namespace hotline::api
