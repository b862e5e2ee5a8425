#pragma once

#include "server/auth/guard.hpp"
#include "server/http/request.hpp"
#include "ticketing/errors.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace hotline::api {

// Which call platform asks (integrations/telephony, T22): by its token, or by a signature when
// `secret` is not empty.
class CtiDoor {
public:
    CtiDoor(auth::Guard& guard, std::string secret, auth::Clock clock);

    // Its name, of X-Cti-Source.
    boost::asio::awaitable<Result<std::string>> admit(const http::Request& request);

private:
    Result<void> check_signature(const http::Request& request, std::string_view signature) const;

    auth::Guard& guard_;
    std::string secret_;
    auth::Clock clock_;
};

}  // namespace hotline::api
