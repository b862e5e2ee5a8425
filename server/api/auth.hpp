#pragma once

#include "server/auth/guard.hpp"
#include "server/auth/live_tickets.hpp"
#include "server/auth/log_in.hpp"
#include "server/auth/own_password.hpp"
#include "server/auth/settings.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// /auth/login, /auth/logout, /me, /me/password, /live/ticket.
class AuthApi {
public:
    AuthApi(
        auth::Guard& guard,
        auth::LogIn& log_in,
        auth::OwnPassword& own_password,
        auth::LiveTickets& live_tickets,
        const auth::Settings& settings,
        auth::Clock clock
    );

    boost::asio::awaitable<http::Response> login(http::Request request);
    boost::asio::awaitable<http::Response> logout(http::Request request);
    boost::asio::awaitable<http::Response> me(http::Request request);
    boost::asio::awaitable<http::Response> change_password(http::Request request);
    boost::asio::awaitable<http::Response> live_ticket(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    std::string me_text(const mysql::SessionAndAccount& session) const;

    auth::Guard& guard_;
    auth::LogIn& log_in_;
    auth::OwnPassword& own_password_;
    auth::LiveTickets& live_tickets_;
    const auth::Settings& settings_;
    auth::Clock clock_;
};

}  // namespace hotline::api
