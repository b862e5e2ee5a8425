#include "server/api/filing.hpp"

#include "server/api/appeal_input.hpp"
#include "server/api/receipt.hpp"
#include "ticketing/intake.hpp"

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using ticketing::Verb;

namespace {

// RFC 7240.
bool may_wait(const Request& request) {
    const auto prefer = request.header("prefer");
    return !prefer || prefer->find("respond-async") == std::string_view::npos;
}

}  // namespace

FilingApi::FilingApi(auth::Guard& guard, actions::AppealDesk& desk, const CitySource& city)
    : guard_(guard), desk_(desk), city_(city) {}

asio::awaitable<Response> FilingApi::file_ticket(Request request) {
    auto actor = co_await guard_.who_may(request, Verb::ticket_file);
    if (!actor) co_return http::problem(request, actor.error());
    co_return co_await file(std::move(request), std::move(*actor), AppealForm::agent);
}

asio::awaitable<Response> FilingApi::file_visit(Request request) {
    auto actor = co_await guard_.who_may(request, Verb::visit_file);
    if (!actor) co_return http::problem(request, actor.error());
    co_return co_await file(std::move(request), std::move(*actor), AppealForm::visit);
}

asio::awaitable<Response> FilingApi::file(
    Request request, ticketing::Actor actor, AppealForm form
) {
    auto read = read_appeal(request, form);
    if (!read) co_return http::problem(request, read.error());
    read->created_by = actor.user;
    if (form == AppealForm::visit) read->visiting_official = actor.official;
    const CityPtr city = city_.current();
    auto checked = ticketing::normalise(std::move(*read), city->directory);
    if (!checked) co_return http::problem(request, checked.error());
    const bool wait = may_wait(request);
    const auto receipt = co_await desk_.submit(std::move(checked->appeal), wait);
    if (!receipt) co_return http::problem(request, receipt.error());
    co_return receipt_response(*receipt, checked->warnings, request);
}

void FilingApi::add_routes(std::vector<http::Route>& routes) {
    const auto post = http::Method::post;
    routes.push_back(
        {post,
         "/api/v1/tickets",
         [this](Request r) { return file_ticket(std::move(r)); },
         appeal_body}
    );
    routes.push_back(
        {post, "/api/v1/visits", [this](Request r) { return file_visit(std::move(r)); }, appeal_body
        }
    );
}

}  // namespace hotline::api
