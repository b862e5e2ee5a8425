#pragma once

#include "integrations/crypto/blind_index.hpp"
#include "integrations/mysql/pool.hpp"
#include "integrations/mysql/ticket_query.hpp"
#include "server/api/remembered.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace hotline::api {

// What GET /tickets asks for.
struct ListRequest {
    mysql::TicketFilter filter;
    mysql::TicketOrder order = mysql::TicketOrder::newest;
    std::optional<mysql::TicketPlace> after;
    std::size_t limit = 50;
    bool nothing = false;  // what was typed cannot be found: no letters or characters in it
};
Result<ListRequest> read_list(
    const http::Request& request,
    const ticketing::Actor& actor,
    const City& city,
    const crypto::BlindIndex& blind
);

// Opaque to callers; nothing when the text was not made by cursor_text for this order.
std::string cursor_text(const mysql::TicketPlace& place, mysql::TicketOrder order);
std::optional<mysql::TicketPlace> place_from(std::string_view text, mysql::TicketOrder order);

// GET /tickets and /tickets/counts. Totals may be a few seconds old: counting costs more than the
// page it stands on.
class TicketListApi {
public:
    TicketListApi(
        auth::Guard& guard,
        mysql::Pool& pool,
        const CitySource& city,
        const crypto::BlindIndex& blind,
        auth::Clock clock
    );

    boost::asio::awaitable<http::Response> list(http::Request request);
    boost::asio::awaitable<http::Response> counts(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    const crypto::BlindIndex& blind_;
    auth::Clock clock_;
    Remembered<std::size_t> totals_;
    Remembered<std::string> counts_;
};

}  // namespace hotline::api
