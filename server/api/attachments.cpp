#include "server/api/attachments.hpp"

#include "integrations/mysql/ticket_store.hpp"
#include "server/api/attachment_json.hpp"
#include "server/api/dto.hpp"
#include "server/api/guard_texts.hpp"
#include "server/api/ticket_look.hpp"
#include "server/auth/audit.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/masking.hpp"
#include "ticketing/text.hpp"

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using ticketing::Act;
using ticketing::Role;
using ticketing::Verb;

// What became of an upload.
struct AttachmentsApi::Sent {
    ticketing::Ticket ticket;
    mysql::Attachment file;
    bool there = false;  // it had been added before
};

namespace {

using namespace std::chrono_literals;

constexpr std::size_t release_body = 8UZ * 1024;
// A person adds dozens, a program thousands.
constexpr int files_per_hour_of_a_user = 600;
constexpr int files_per_hour_of_an_address = 120;
constexpr std::size_t longest_name = 1000;  // characters, before it is tidied

Response refused(const Request& request, Error error) {
    if (error.code == ErrorCode::file_refused) {
        error.detail = refusal_text(error.detail, request.wants_english());
    }
    return act_problem(request, std::move(error));
}

Response added(
    const Request& request, const std::string& where, std::uint32_t id, std::string body, bool there
) {
    auto response = http::json(std::move(body), there ? 200 : 201);
    response.set(
        "location", where + request.params.at("ticket_no") + "/attachments/" + std::to_string(id)
    );
    return response;
}

// One look at one file: who, at what, and how it is told of afterwards.
struct Look {
    std::string number;
    std::uint64_t seq = 0;
    bool preview = false;
};

Result<Look> look_of(const Request& request, bool preview) {
    const auto seq = path_id(request, "attachment_id");
    if (!seq) return std::unexpected(seq.error());
    return Look{ticket_number_of(request), *seq, preview};
}

struct Found {
    ticketing::Ticket ticket;
    mysql::Attachment file;
};

// A file of a ticket, before anybody asked whether he may know of either.
Result<Found> find(mysql::Connection& db, const Look& look) {
    if (look.number.empty()) return fail(ErrorCode::not_found);
    auto stored = mysql::read_ticket(db, look.number);
    if (!stored) return std::unexpected(stored.error());
    if (!*stored) return fail(ErrorCode::not_found);
    auto file = mysql::find_attachment(db, (*stored)->ticket.id, look.seq);
    if (!file) return std::unexpected(file.error());
    if (!*file || (look.preview && !(*file)->preview)) return fail(ErrorCode::not_found);
    return Found{std::move((*stored)->ticket), std::move(**file)};
}

// The audit is told of every file that is opened, and of previews where the look itself counts: a
// manager's, and anybody's at what a hidden appellant sent (A9, A10).
bool is_audited(const ticketing::Actor& actor, const mysql::Attachment& file, bool preview) {
    return !preview || actor.role == Role::manager || file.audience == ticketing::Audience::held;
}

mysql::AuditEntry audit_of(
    const Request& request, const ticketing::Actor& actor, const Look& look, ticketing::Instant now
) {
    return auth::audit_entry(
        auth::caller_of(request),
        actor,
        "attachment.read",
        "ticket:" + look.number,
        now,
        ticketing::JsonObject()
            .number("attachment", static_cast<std::int64_t>(look.seq))
            .raw("preview", look.preview ? "true" : "false")
            .str()
    );
}

}  // namespace

asio::awaitable<Result<AttachmentsApi::Sent>> AttachmentsApi::record(actions::ActCommand command) {
    command.request.act = Act::attach;
    Sent sent;
    actions::AlsoRead also =
        [&sent](mysql::Connection& db, const actions::ActOutcome& outcome) -> Result<void> {
        auto file = mysql::find_attachment(db, outcome.after.id, outcome.file);
        if (!file) return std::unexpected(file.error());
        if (!*file) return fail(ErrorCode::internal, "attachment without row");
        sent = {outcome.after, std::move(**file), outcome.replayed};
        return {};
    };
    const auto done = co_await actions::record_act(
        p_.pool, p_.city, p_.loads, std::move(command), p_.clock(), std::move(also)
    );
    if (!done) co_return std::unexpected(done.error());
    co_return sent;
}

asio::awaitable<Result<AttachmentsApi::Sent>> AttachmentsApi::take_in(
    Request& request, actions::ActCommand command, std::string limit_key, int per_hour
) {
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    std::string name = query.text("name", longest_name).value_or("");
    const bool internal = query.flag("internal").value_or(false);
    if (auto wrong = refusal(std::move(errors))) co_return std::unexpected(std::move(*wrong));
    const auto taken = co_await p_.limits.take(std::move(limit_key), per_hour, 1h);
    if (!taken.allowed) {
        co_return fail(ErrorCode::rate_limited, std::to_string(taken.wait.count()));
    }
    auto file = co_await p_.desk.take_in(std::move(request.body), std::move(name));
    if (!file) co_return std::unexpected(file.error());
    command.file = std::move(*file);
    const bool at_work = command.request.actor.role != Role::enterprise;
    if (internal && at_work) command.file->audience = ticketing::Audience::staff;
    auto sent = co_await record(std::move(command));
    co_return sent;
}

asio::awaitable<Response> AttachmentsApi::add(Request request) {
    const auto actor = co_await p_.guard.who_may(request, Verb::ticket_act);
    if (!actor) co_return http::problem(request, actor.error());
    actions::ActCommand command;
    command.ticket_no = ticket_number_of(request);
    command.request.actor = *actor;
    std::string key = "upload:user:" + std::to_string(actor->user.value);
    const auto sent =
        co_await take_in(request, std::move(command), std::move(key), files_per_hour_of_a_user);
    if (!sent) co_return refused(request, sent.error());
    const CityPtr city = p_.city.current();
    const auto views = views_of(*actor, sent->ticket, scope_of(*actor, city->directory));
    co_return added(
        request, "/api/v1/tickets/", sent->file.seq, attachment_json(sent->file, views), sent->there
    );
}

asio::awaitable<Response> AttachmentsApi::release(Request request) {
    const auto actor = co_await p_.guard.who_may(request, Verb::ticket_reveal);
    if (!actor) co_return http::problem(request, actor.error());
    const auto look = look_of(request, false);
    if (!look) co_return http::problem(request, look.error());
    const auto body = parse_object(request);
    if (!body) co_return http::problem(request, body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    actions::ActCommand command;
    command.request.reason =
        ticketing::tidied(fields.required_text("reason", {.min = 2, .max = 200}));
    fields.refuse_others();
    if (const auto wrong = api::refusal(std::move(errors))) {
        co_return http::problem(request, *wrong);
    }
    command.ticket_no = look->number;
    command.request.actor = *actor;
    command.release = look->seq;
    const auto sent = co_await record(std::move(command));
    if (!sent) co_return refused(request, sent.error());
    co_return added(
        request, "/api/v1/tickets/", sent->file.seq, attachment_json(sent->file, {}), sent->there
    );
}

asio::awaitable<Response> AttachmentsApi::show(Request request, bool preview) {
    const auto actor = co_await p_.guard.who_may(request, Verb::ticket_list);
    if (!actor) co_return http::problem(request, actor.error());
    const auto look = look_of(request, preview);
    if (!look) co_return http::problem(request, look.error());
    const CityPtr city = p_.city.current();
    const auto scope = scope_of(*actor, city->directory);
    const auto job = [&](mysql::Connection& db) -> Result<Found> {
        auto found = find(db, *look);
        if (!found) return found;
        const bool known = may_see(scope, scope_keys(found->ticket)) &&
                           may_open_file(*actor, found->file.audience, found->file.user);
        if (!known) return fail(ErrorCode::not_found);
        if (!is_audited(*actor, found->file, preview)) return found;
        const auto entry = audit_of(request, *actor, *look, p_.clock());
        if (auto noted = auth::record(db, entry); !noted) return std::unexpected(noted.error());
        return found;
    };
    const auto found = co_await p_.pool.transact(job);
    if (!found) co_return http::problem(request, found.error());
    const auto& file = found->file;
    auto bytes = co_await p_.desk.hand_out(preview ? *file.preview : file.digest);
    if (!bytes) co_return http::problem(request, bytes.error());
    const auto views = views_of(*actor, found->ticket, scope);
    const bool masked = views.free_text != ticketing::View::clear;
    const std::string name = masked ? ticketing::masked_text(file.name) : file.name;
    co_return file_response(request, file, preview, name, std::move(*bytes));
}

// Number and code in the address, as for looking at the appeal.
asio::awaitable<Response> AttachmentsApi::add_own(Request request) {
    const std::string ticket_no = request.params.at("ticket_no");
    const std::string code = request.query["code"];
    const auto admitted = co_await p_.query_guard.admit(ticket_no, code, request.remote_address);
    if (!admitted) co_return http::problem(request, admitted.error());
    actions::ActCommand command;
    command.ticket_no = ticket_number_of(request);
    command.request.actor = {.role = Role::enterprise, .name = "诉求人"};
    command.check_scope = false;
    std::string key = "upload:" + request.remote_address;
    auto sent =
        co_await take_in(request, std::move(command), std::move(key), files_per_hour_of_an_address);
    if (!sent) {
        // The number and code are right but the ticket is still in the queue.
        if (sent.error().code == ErrorCode::not_found) sent.error().code = ErrorCode::in_progress;
        co_return refused(request, sent.error());
    }
    co_return added(
        request, "/api/v1/appeals/", sent->file.seq, own_attachment_json(sent->file), sent->there
    );
}

asio::awaitable<Response> AttachmentsApi::show_own(Request request, bool preview) {
    const std::string ticket_no = request.params.at("ticket_no");
    const std::string code = request.query["code"];
    const auto admitted = co_await p_.query_guard.admit(ticket_no, code, request.remote_address);
    if (!admitted) co_return http::problem(request, admitted.error());
    const auto look = look_of(request, preview);
    if (!look) co_return http::problem(request, look.error());
    const auto found = co_await p_.pool.read([&](mysql::Connection& db) -> Result<Found> {
        auto one = find(db, *look);
        if (one && !shown_to_appellant(one->ticket, one->file.audience, one->file.role)) {
            return fail(ErrorCode::not_found);
        }
        return one;
    });
    if (!found) co_return http::problem(request, found.error());
    const auto& file = found->file;
    auto bytes = co_await p_.desk.hand_out(preview ? *file.preview : file.digest);
    if (!bytes) co_return http::problem(request, bytes.error());
    co_return file_response(request, file, preview, file.name, std::move(*bytes));
}

void AttachmentsApi::add_routes(std::vector<http::Route>& routes) {
    using enum http::Method;
    const auto bind = [this](asio::awaitable<Response> (AttachmentsApi::*member)(Request)) {
        return [this, member](Request request) { return (this->*member)(std::move(request)); };
    };
    const auto read =
        [this](asio::awaitable<Response> (AttachmentsApi::*member)(Request, bool), bool preview) {
            return [this, member, preview](Request request) {
                return (this->*member)(std::move(request), preview);
            };
        };
    const std::size_t file_body = p_.desk.max_file_bytes();
    constexpr std::string_view work = "/api/v1/tickets/{ticket_no}/attachments";
    constexpr std::string_view work_one = "/api/v1/tickets/{ticket_no}/attachments/{attachment_id}";
    constexpr std::string_view work_small =
        "/api/v1/tickets/{ticket_no}/attachments/{attachment_id}/preview";
    constexpr std::string_view release_one =
        "/api/v1/tickets/{ticket_no}/attachments/{attachment_id}/release";
    constexpr std::string_view own = "/api/v1/appeals/{ticket_no}/attachments";
    constexpr std::string_view own_one = "/api/v1/appeals/{ticket_no}/attachments/{attachment_id}";
    constexpr std::string_view own_small =
        "/api/v1/appeals/{ticket_no}/attachments/{attachment_id}/preview";
    routes.push_back({post, work, bind(&AttachmentsApi::add), file_body});
    routes.push_back({get, work_one, read(&AttachmentsApi::show, false)});
    routes.push_back({get, work_small, read(&AttachmentsApi::show, true)});
    routes.push_back({post, release_one, bind(&AttachmentsApi::release), release_body});
    routes.push_back({post, own, bind(&AttachmentsApi::add_own), file_body});
    routes.push_back({get, own_one, read(&AttachmentsApi::show_own, false)});
    routes.push_back({get, own_small, read(&AttachmentsApi::show_own, true)});
}

}  // namespace hotline::api
