#pragma once

#include "server/auth/guard.hpp"
#include "server/http/request.hpp"
#include "ticketing/permissions.hpp"

#include <boost/asio/awaitable.hpp>

namespace hotline::api {

// Who may see every call, and is no agent. forbidden; not_authenticated.
inline boost::asio::awaitable<Result<ticketing::Actor>> who_leads_shift(
    auth::Guard& guard, const http::Request& request
) {
    auto actor = co_await guard.who_may(request, ticketing::Verb::call_read);
    if (actor && actor->role == ticketing::Role::agent) co_return fail(ErrorCode::forbidden);
    co_return actor;
}

}  // namespace hotline::api
