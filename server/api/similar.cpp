#include "server/api/similar.hpp"

#include "integrations/mysql/enterprise_store.hpp"
#include "server/actions/find_similar.hpp"
#include "server/api/appeal_input.hpp"
#include "server/api/dto.hpp"
#include "server/api/ticket_json.hpp"
#include "server/api/ticket_look.hpp"
#include "ticketing/intake.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/lifecycle/decide.hpp"
#include "ticketing/lifecycle/merging.hpp"
#include "ticketing/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace hotline::api {

namespace asio = boost::asio;
using actions::SimilarAsked;
using actions::SimilarTicket;
using actions::SimilarTickets;
using http::Request;
using http::Response;
using ticketing::Ticket;
using ticketing::Verb;

namespace {

constexpr std::size_t most_similar_shown = 20;
constexpr std::size_t usually_shown = 5;

Result<SimilarAsked> read_asked(const Request& request) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    SimilarAsked asked;
    Ticket& appeal = asked.appeal;
    appeal.content = fields.required_text("content", {.min = 1, .max = 4000});
    appeal.title = fields.text("title", {.max = 40}).value_or("");
    appeal.topic = fields.text("topic", {.max = 60}).value_or("");
    appeal.enterprise = fields.id<ticketing::EnterpriseId>("enterprise_id");
    appeal.uscc = fields.text("uscc", {.max = 18}).value_or("");
    // Half a number is nobody's yet.
    appeal.appellant.phone =
        ticketing::normalised_phone(fields.text("phone", {.max = 40}).value_or(""));
    asked.limit = static_cast<std::size_t>(
        fields.integer("limit", {.min = 1, .max = most_similar_shown}).value_or(usually_shown)
    );
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return asked;
}

// What the form does not say yet: the enterprise of a code, the topic the words speak of.
Result<void> fill_in(mysql::Connection& db, const City& city, Ticket& appeal) {
    if (!appeal.enterprise && appeal.uscc.size() == 18) {
        const auto found = mysql::find_enterprises_by_uscc(db, std::span(&appeal.uscc, 1));
        if (!found) return std::unexpected(found.error());
        if (!found->empty()) appeal.enterprise = found->front().id;
    }
    if (appeal.topic.empty()) appeal.topic = city.read(appeal.title, appeal.content, "").topic;
    return {};
}

// The ticket, when the viewer may merge it into another one now; else null.
const Ticket* to_be_merged(const Ticket& ticket, const Viewer& viewer) {
    const auto acts = allowed_acts(ticket, viewer.actor, viewer.city.at(viewer.now));
    return std::ranges::find(acts, ticketing::Act::merge) != acts.end() ? &ticket : nullptr;
}

std::string similar_json(const SimilarTicket& found, const Viewer& viewer, const Ticket* child) {
    const Ticket& ticket = found.line.ticket;
    const auto truth = [](bool value) { return value ? "true" : "false"; };
    ticketing::JsonObject out;
    out.raw("ticket", summary_json(found.line, viewer));
    out.raw("likeness", fmt::format("{:.3f}", found.likeness.jaccard));
    out.raw("contained", fmt::format("{:.3f}", found.likeness.contained));
    out.raw("same_enterprise", truth(found.same_enterprise));
    out.raw("same_caller", truth(found.same_caller));
    out.raw("duplicate", truth(found.duplicate));
    // The earlier one stays.
    const bool mergeable =
        child != nullptr && ticket.id < child->id && fits_as_parent(ticket, *child);
    out.raw("mergeable", truth(mergeable));
    out.raw("phrases", ticketing::json_array(found.phrases, [](const std::string& phrase) {
                return ticketing::json_string(phrase);
            }));
    return out.str();
}

std::string answer_json(
    const SimilarTickets& found, bool complete, const Viewer& viewer, const Ticket* child
) {
    ticketing::JsonObject out;
    out.raw("items", ticketing::json_array(found.items, [&](const SimilarTicket& one) {
                return similar_json(one, viewer, child);
            }));
    out.number("elsewhere", static_cast<std::int64_t>(found.elsewhere));
    out.raw("complete", complete ? "true" : "false");
    return out.str();
}

struct Beside {
    SimilarAsked asked;
    SimilarTickets found;
};

}  // namespace

SimilarApi::SimilarApi(
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    const SimilarAppeals& similar,
    auth::Clock clock
)
    : guard_(guard), pool_(pool), city_(city), similar_(similar), clock_(std::move(clock)) {}

asio::awaitable<Response> SimilarApi::of_text(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::ticket_list);
    if (!actor) co_return http::problem(request, actor.error());
    const auto asked = read_asked(request);
    if (!asked) co_return http::problem(request, asked.error());
    const CityPtr city = city_.current();
    const auto scope = scope_of(*actor, city->directory);
    const Viewer viewer{*actor, scope, *city, clock_(), request.wants_english()};
    const auto job = [&](mysql::Connection& db) -> Result<SimilarTickets> {
        SimilarAsked whole = *asked;
        if (auto done = fill_in(db, *city, whole.appeal); !done) {
            return std::unexpected(done.error());
        }
        return actions::find_similar(db, similar_, whole, {*actor, scope}, viewer.now);
    };
    const auto found = co_await pool_.read(job);
    if (!found) co_return http::problem(request, found.error());
    co_return http::json(answer_json(*found, similar_.complete(), viewer, nullptr));
}

asio::awaitable<Response> SimilarApi::of_ticket(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::ticket_list);
    if (!actor) co_return http::problem(request, actor.error());
    const TicketLook look = look_of(request, *actor, city_.current(), clock_());
    const auto job = [&](mysql::Connection& db) -> Result<Beside> {
        auto ticket = find(db, look);
        if (!ticket) return std::unexpected(ticket.error());
        SimilarAsked asked{std::move(*ticket), usually_shown};
        const actions::Asker asker{look.actor, look.scope};
        auto found = actions::find_similar(db, similar_, asked, asker, look.now);
        if (!found) return std::unexpected(found.error());
        return Beside{std::move(asked), std::move(*found)};
    };
    const auto beside = co_await look_up<Beside>(pool_, look.audit.has_value(), job);
    if (!beside) co_return http::problem(request, beside.error());
    const Viewer viewer = look.viewer(request.wants_english());
    const Ticket* child = to_be_merged(beside->asked.appeal, viewer);
    co_return http::json(answer_json(beside->found, similar_.complete(), viewer, child));
}

void SimilarApi::add_routes(std::vector<http::Route>& routes) {
    routes.push_back(
        {http::Method::post,
         "/api/v1/tickets/similar",
         [this](Request r) { return of_text(std::move(r)); },
         appeal_body}
    );
    routes.push_back({http::Method::get, "/api/v1/tickets/{ticket_no}/similar", [this](Request r) {
                          return of_ticket(std::move(r));
                      }});
}

}  // namespace hotline::api
