#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/actions/count_tickets.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/http/router.hpp"
#include "sla/kpi.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace hotline::api {

// Which of a rate's cases are meant.
enum class CaseSide {
    numerator = 1,
    denominator = 2,
    missing = 3,   // in the denominator and not in the numerator
    excluded = 4,  // left out, for one reason or all
};

constexpr auto names_of(CaseSide) {
    return sla::NameTable<CaseSide, 4>{{
        {CaseSide::numerator, "numerator"},
        {CaseSide::denominator, "denominator"},
        {CaseSide::missing, "missing"},
        {CaseSide::excluded, "excluded"},
    }};
}

constexpr std::string_view name(CaseSide value) {
    return sla::word_of(value);
}

// One rate's cases as asked for in a query: filter within what the actor may know, side and reason,
// page. Errors: not_found for what is no rate of a period, else as kpi_question.
struct CasesQuestion {
    const sla::RateDefinition* rate = nullptr;  // null: those of one count
    std::string_view called;                    // the rate or the count
    CaseSide side = CaseSide::denominator;
    actions::CasesAsked asked;
};
Result<CasesQuestion> cases_question(
    const http::Request& request,
    const ticketing::Actor& actor,
    const ticketing::Directory& directory,
    ticketing::Instant now
);

// The same of one count (a step of the funnel, an hour, a topic), or of what is in it and not in
// `without`. Errors: not_found for what is no count.
Result<CasesQuestion> count_question(
    const http::Request& request,
    const ticketing::Actor& actor,
    const ticketing::Directory& directory,
    ticketing::Instant now
);

// GET /kpi/{rate}/tickets and /kpi/metrics/{metric}/tickets: what stands behind a figure. Whoever
// may know the figure may count its tickets; those outside his scope (given back and gone on to
// another unit) are told by number only. On the I/O thread.
class KpiCasesApi {
public:
    KpiCasesApi(auth::Guard& guard, mysql::Pool& pool, const CitySource& city, auth::Clock clock);

    boost::asio::awaitable<http::Response> list(http::Request request);
    boost::asio::awaitable<http::Response> list_counted(http::Request request);

    // The routes, bound to this object, which must outlive them.
    void add_routes(std::vector<http::Route>& routes);

private:
    using Read = Result<CasesQuestion> (*)(
        const http::Request&,
        const ticketing::Actor&,
        const ticketing::Directory&,
        ticketing::Instant
    );
    boost::asio::awaitable<http::Response> tell(http::Request request, Read read);

    auth::Guard& guard_;
    mysql::Pool& pool_;
    const CitySource& city_;
    auth::Clock clock_;
};

}  // namespace hotline::api
