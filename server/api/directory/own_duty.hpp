#pragma once

#include "server/api/directory/keeping.hpp"

namespace hotline::api {

// /me/leaves and /me/deputy: what an official keeps of the directory himself (A13).
class OwnDutyApi {
public:
    OwnDutyApi(auth::Guard& guard, DirectoryKeepingApi& keeping);

    void add_routes(std::vector<http::Route>& routes);

private:
    boost::asio::awaitable<http::Response> note_leave(http::Request request);
    boost::asio::awaitable<http::Response> withdraw_leave(http::Request request);
    boost::asio::awaitable<http::Response> name_deputy(http::Request request);
    boost::asio::awaitable<Result<ticketing::Actor>> official(const http::Request& request);

    auth::Guard& guard_;
    DirectoryKeepingApi& keeping_;
};

}  // namespace hotline::api
