#include "server/api/calls.hpp"

#include "integrations/telephony/call_state.hpp"
#include "server/actions/call_pictures.hpp"
#include "server/api/call_json.hpp"
#include "server/api/dto.hpp"

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using ticketing::Role;

// A call whose end was never told is not shown as live for ever.
constexpr auto longest_call = std::chrono::hours(12);

std::vector<int> states_not_over() {
    std::vector<int> states;
    for (const auto& [state, word] : names_of(telephony::CallState{})) {
        if (!telephony::is_over(state)) states.push_back(static_cast<int>(state));
    }
    return states;
}

Result<mysql::CallFilter> read_filter(
    const Request& request, const ticketing::Actor& actor, ticketing::Instant now
) {
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    mysql::CallFilter filter;
    filter.limit = query.limit(20, 100);
    const bool only_own = query.flag("mine").value_or(false);
    if (only_own || actor.role == Role::agent) filter.agent = actor.user;
    if (query.flag("live").value_or(false)) {
        filter.states = states_not_over();
        filter.begun_after = now - longest_call;
    }
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return filter;
}

}  // namespace

CallsApi::CallsApi(auth::Guard& guard, mysql::Pool& pool, const CitySource& city, auth::Clock clock)
    : guard_(guard), pool_(pool), city_(city), clock_(std::move(clock)) {}

asio::awaitable<Response> CallsApi::list(Request request) {
    const auto actor = co_await guard_.who_may(request, ticketing::Verb::call_read);
    if (!actor) co_return http::problem(request, actor.error());
    const auto now = clock_();
    const auto filter = read_filter(request, *actor, now);
    if (!filter) co_return http::problem(request, filter.error());
    auto look = [filter = *filter,
                 now](mysql::Connection& db) -> Result<std::vector<actions::CallPicture>> {
        auto calls = mysql::list_calls(db, filter);
        if (!calls) return std::unexpected(calls.error());
        return actions::call_pictures(db, std::move(*calls), now);
    };
    const auto pictures = co_await pool_.read(std::move(look));
    if (!pictures) co_return http::problem(request, pictures.error());
    const CityPtr city = city_.current();
    std::string items;
    for (const auto& picture : *pictures) {
        if (!items.empty()) items += ',';
        items += call_json(picture, *city, now);
    }
    co_return http::json("{\"items\":[" + items + "]}");
}

void CallsApi::add_routes(std::vector<http::Route>& routes) {
    routes.push_back({http::Method::get, "/api/v1/calls", [this](Request r) {
                          return list(std::move(r));
                      }});
}

}  // namespace hotline::api
