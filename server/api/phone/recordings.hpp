#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/actions/recording_vault.hpp"
#include "server/auth/guard.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"
#include "server/metrics.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace hotline::api {

// GET /calls/{phone_call_id}/recording: heard by whom A18 lets, whole or in part. What one may not
// hear is not there. A hearing is audited before a byte of it is sent.
class RecordingsApi {
public:
    RecordingsApi(
        auth::Guard& guard,
        mysql::Pool& pool,
        actions::RecordingVault& vault,
        Metrics& metrics,
        auth::Clock clock
    );

    boost::asio::awaitable<http::Response> hear(http::Request request);

    // The route, bound to this object, which must outlive it.
    void add_routes(std::vector<http::Route>& routes);

private:
    using Hearing = std::pair<std::uint64_t, std::uint64_t>;  // account, call
    bool is_new(Hearing hearing, ticketing::Instant now) const;
    void note(Hearing hearing, ticketing::Instant now);

    auth::Guard& guard_;
    mysql::Pool& pool_;
    actions::RecordingVault& vault_;
    Metrics& metrics_;
    auth::Clock clock_;
    std::map<Hearing, ticketing::Instant> heard_;
};

}  // namespace hotline::api
