#include "server/api/appeals.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/attachment_store.hpp"
#include "integrations/mysql/ticket_store.hpp"
#include "server/actions/record_act.hpp"
#include "server/api/appeal_input.hpp"
#include "server/api/dto.hpp"
#include "server/api/progress_json.hpp"
#include "server/api/receipt.hpp"
#include "server/now.hpp"
#include "ticketing/intake.hpp"

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using ticketing::Act;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t answer_body = 8 * 1024;
constexpr std::size_t added_body = 32 * 1024;  // 2 000 characters and their escapes
constexpr int added_per_hour = 10;             // to one ticket

// RFC 7240.
bool wants_async(const Request& request) {
    const auto prefer = request.header("prefer");
    return prefer && prefer->find("respond-async") != std::string_view::npos;
}

std::string parameter(const Request& request, const std::string& name) {
    const auto found = request.params.find(name);
    return found == request.params.end() ? std::string() : found->second;
}

struct Looked {
    ticketing::Ticket ticket;
    std::vector<ticketing::Event> events;
    std::vector<mysql::Attachment> files;
};

Result<Looked> look_up(mysql::Connection& db, const std::string& ticket_no) {
    auto stored = mysql::read_ticket(db, ticket_no);
    if (!stored) return std::unexpected(stored.error());
    // The number and code are right but the ticket is still in the queue.
    if (!*stored) return fail(ErrorCode::in_progress);
    auto events = mysql::read_events(db, (*stored)->ticket.id);
    if (!events) return std::unexpected(events.error());
    auto files = mysql::attachments_of(db, (*stored)->ticket.id);
    if (!files) return std::unexpected(files.error());
    return Looked{std::move((*stored)->ticket), std::move(*events), std::move(*files)};
}

}  // namespace

AppealsApi::AppealsApi(
    actions::AppealDesk& desk,
    mysql::Pool& pool,
    const CitySource& city,
    auth::QueryGuard& guard,
    DeskLoads& loads,
    redis::Limits& limits
)
    : desk_(desk), pool_(pool), city_(city), guard_(guard), loads_(loads), limits_(limits) {}

asio::awaitable<Response> AppealsApi::submit(Request request) {
    auto read = read_appeal(request, AppealForm::portal);
    if (!read) co_return http::problem(request, read.error());
    const CityPtr city = city_.current();
    auto checked = ticketing::normalise(std::move(*read), city->directory);
    if (!checked) co_return http::problem(request, checked.error());
    const auto receipt = co_await desk_.submit(std::move(checked->appeal), !wants_async(request));
    if (!receipt) co_return http::problem(request, receipt.error());
    co_return receipt_response(*receipt, checked->warnings, request);
}

asio::awaitable<Response> AppealsApi::progress(Request request, std::string ticket_no) {
    const auto looked =
        co_await pool_.read([&](mysql::Connection& db) { return look_up(db, ticket_no); });
    if (!looked) co_return http::problem(request, looked.error());
    const CityPtr city = city_.current();
    co_return http::json(progress_json(
        looked->ticket, looked->events, looked->files, *city, now(), request.wants_english()
    ));
}

asio::awaitable<Response> AppealsApi::follow(Request request) {
    const std::string ticket_no = parameter(request, "ticket_no");
    // g++ 12 destroys the temporaries of a conditional inside a co_await expression twice.
    std::string code;
    if (const auto given = request.query.find("code"); given != request.query.end()) {
        code = given->second;
    }
    const auto admitted = co_await guard_.admit(ticket_no, code, request.remote_address);
    if (!admitted) co_return http::problem(request, admitted.error());
    co_return co_await progress(std::move(request), ticket_no);
}

// The appellant acts with number and code; which acts he has is the lifecycle's table.
asio::awaitable<Response> AppealsApi::act(
    Request request, ticketing::ActRequest act, std::string code
) {
    actions::ActCommand command;
    command.ticket_no = parameter(request, "ticket_no");
    const auto admitted = co_await guard_.admit(command.ticket_no, code, request.remote_address);
    if (!admitted) co_return http::problem(request, admitted.error());
    auto key = idempotency_key(request);
    if (!key) co_return http::problem(request, key.error());
    if (act.act == Act::note) {
        const auto taken = co_await limits_.take("added:" + command.ticket_no, added_per_hour, 1h);
        if (!taken.allowed) {
            const Error error{ErrorCode::rate_limited, std::to_string(taken.wait.count()), {}};
            co_return http::problem(request, error);
        }
    }
    act.actor = {.role = ticketing::Role::enterprise, .name = "诉求人"};
    command.request = std::move(act);
    command.idempotency_key = std::move(*key);
    command.body_hash = crypto::sm3(std::string_view(request.body));
    command.check_scope = false;
    const std::string ticket_no = command.ticket_no;
    const auto done = co_await actions::record_act(pool_, city_, loads_, std::move(command), now());
    if (!done) co_return http::problem(request, done.error());
    co_return co_await progress(std::move(request), ticket_no);
}

asio::awaitable<Response> AppealsApi::rate(Request request) {
    const auto body = parse_object(request);
    if (!body) co_return http::problem(request, body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    ticketing::ActRequest rating;
    rating.act = Act::callback;
    rating.reached = true;
    const std::string code = fields.required_text("code", {.max = 20});
    rating.solved = fields.required_name<ticketing::Solved>("solved", ticketing::Solved::yes);
    rating.satisfaction = fields.required_name<ticketing::Satisfaction>(
        "satisfaction", ticketing::Satisfaction::satisfied
    );
    rating.reason = fields.text("reason", {.max = 500}).value_or("");
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    co_return co_await act(std::move(request), std::move(rating), code);
}

asio::awaitable<Response> AppealsApi::simple_act(Request request, Act what) {
    const auto body = parse_object(request);
    if (!body) co_return http::problem(request, body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    ticketing::ActRequest wanted;
    wanted.act = what;
    const std::string code = fields.required_text("code", {.max = 20});
    wanted.reason = fields.text("reason", {.max = 200}).value_or("");
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    co_return co_await act(std::move(request), std::move(wanted), code);
}

asio::awaitable<Response> AppealsApi::urge(Request request) {
    return simple_act(std::move(request), Act::urge);
}

asio::awaitable<Response> AppealsApi::withdraw(Request request) {
    return simple_act(std::move(request), Act::withdraw);
}

asio::awaitable<Response> AppealsApi::reopen(Request request) {
    return simple_act(std::move(request), Act::reopen);
}

// T41
asio::awaitable<Response> AppealsApi::add(Request request) {
    const auto body = parse_object(request);
    if (!body) co_return http::problem(request, body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    ticketing::ActRequest added;
    added.act = Act::note;
    const std::string code = fields.required_text("code", {.max = 20});
    added.reason = fields.required_text("text", {.min = 2, .max = 2000});
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    co_return co_await act(std::move(request), std::move(added), code);
}

void AppealsApi::add_routes(std::vector<http::Route>& routes) {
    using enum http::Method;
    const auto bind = [this](asio::awaitable<Response> (AppealsApi::*member)(Request)) {
        return [this, member](Request request) { return (this->*member)(std::move(request)); };
    };
    constexpr std::string_view one = "/api/v1/appeals/{ticket_no}";
    routes.push_back({post, "/api/v1/appeals", bind(&AppealsApi::submit), appeal_body});
    routes.push_back({get, one, bind(&AppealsApi::follow)});
    routes.push_back(
        {post, "/api/v1/appeals/{ticket_no}/rating", bind(&AppealsApi::rate), answer_body}
    );
    routes.push_back(
        {post, "/api/v1/appeals/{ticket_no}/urge", bind(&AppealsApi::urge), answer_body}
    );
    routes.push_back(
        {post, "/api/v1/appeals/{ticket_no}/withdraw", bind(&AppealsApi::withdraw), answer_body}
    );
    routes.push_back(
        {post, "/api/v1/appeals/{ticket_no}/reopening", bind(&AppealsApi::reopen), answer_body}
    );
    routes.push_back(
        {post, "/api/v1/appeals/{ticket_no}/additions", bind(&AppealsApi::add), added_body}
    );
}

}  // namespace hotline::api
