#pragma once

#include "integrations/mysql/session_store.hpp"
#include "server/auth/live_tickets.hpp"
#include "server/auth/sessions.hpp"
#include "server/auth/settings.hpp"
#include "server/http/request.hpp"
#include "ticketing/errors.hpp"
#include "ticketing/permissions.hpp"
#include "ticketing/types/actor.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace hotline::auth {

// Who asks. Every handler of a route that is not public begins with one of these; which one is the
// route's to say, and no route takes both a cookie and a machine token. What the asker may do is
// ticketing's permissions to decide. The request must live until the answer.
class Guard {
public:
    Guard(Sessions& sessions, LiveTickets& tickets, const Settings& settings, Clock clock);

    // A person with a session. Unsafe methods also need an allowed origin and the CSRF token.
    // Errors: not_authenticated, session_expired, password_change_required, origin_not_allowed,
    // csrf_failed, store_unavailable.
    boost::asio::awaitable<Result<ticketing::Actor>> who(const http::Request& request);

    // The same, and forbidden unless the role has the verb.
    boost::asio::awaitable<Result<ticketing::Actor>> who_may(
        const http::Request& request, ticketing::Verb verb
    );

    // who() with the session itself.
    boost::asio::awaitable<Result<mysql::SessionAndAccount>> settled_session(
        const http::Request& request
    );

    // The same, also for those who must change their password first:
    // for /me, log-out and changing the password only.
    boost::asio::awaitable<Result<mysql::SessionAndAccount>> session(const http::Request& request);

    // A machine with `Authorization: Bearer`. Errors: not_authenticated, forbidden (other scope),
    // store_unavailable.
    boost::asio::awaitable<Result<ticketing::Actor>> machine(
        const http::Request& request, std::string scope
    );

    // The same for those who carry their token elsewhere (Open311's api_key).
    boost::asio::awaitable<Result<ticketing::Actor>> machine_with(
        std::string token, std::string scope
    );

    // A person opening the WebSocket with `?ticket=`; an allowed Origin must be there. The session
    // comes along so that the socket can be closed when it ends: ask alive() from time to time.
    struct LiveCaller {
        ticketing::Actor actor;
        mysql::TokenDigest session{};
        std::string device;  // "": not known
    };
    boost::asio::awaitable<Result<LiveCaller>> by_live_ticket(const http::Request& request);

    // Still logged in? For open sockets; does not keep the session from idling out.
    boost::asio::awaitable<Result<void>> alive(mysql::TokenDigest session);

private:
    boost::asio::awaitable<Result<mysql::SessionAndAccount>> from_cookie(
        const http::Request& request
    );

    Sessions& sessions_;
    LiveTickets& tickets_;
    const Settings& settings_;
    Clock clock_;
};

}  // namespace hotline::auth
