#include "server/api/callbacks.hpp"

#include "server/actions/call_back.hpp"
#include "server/api/callback_json.hpp"
#include "server/api/dto.hpp"
#include "server/auth/audit.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/masking.hpp"
#include "ticketing/text.hpp"

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::CallbackLine;
using mysql::Connection;
using ticketing::Verb;

constexpr std::size_t callback_body = 64 * 1024;
constexpr std::size_t callbacks_listed = 200;

Result<CallbackLine> line_of_callback(Connection& db, std::uint64_t id, ticketing::UserId asker) {
    auto lines = mysql::list_callbacks(db, {.asker = asker, .id = id});
    if (!lines) return std::unexpected(lines.error());
    if (lines->empty()) return fail(ErrorCode::not_found);
    return std::move(lines->front());
}

Result<std::vector<mysql::SeenCallback>> read_seen(const Request& request) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    std::vector<mysql::SeenCallback> seen;
    if (!fields.has("items")) fields.note("items", ErrorCode::missing_field);
    for (Fields& item : fields.objects("items", callbacks_listed)) {
        seen.push_back(
            {static_cast<std::uint64_t>(item.required_integer("id", {.min = 1})),
             static_cast<int>(item.required_integer("missed", {.min = 1, .max = 65'535}))}
        );
    }
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return seen;
}

Result<actions::TryCommand> read_try(const Request& request) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    actions::TryCommand command;
    command.key = request.header("idempotency-key").value_or("");
    if (command.key.empty()) return fail(ErrorCode::idempotency_key_missing);
    std::vector<FieldError> errors;
    if (command.key.size() > 200) {
        errors.push_back({"Idempotency-Key", ErrorCode::too_long, "200"});
    }
    Fields fields(*object, errors);
    command.outcome = fields.required_name("outcome", telephony::CallbackOutcome::reached);
    command.note = ticketing::tidied(fields.text("note", {.max = 200}).value_or(""));
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return command;
}

}  // namespace

// One request on its way: who asks, of which number.
struct CallbacksApi::Asked {
    ticketing::Actor actor;
    ticketing::Instant now;
    std::uint64_t id = 0;

    mysql::AuditEntry entry(const Request& request, std::string action, std::string detail = "{}")
        const {
        return auth::audit_entry(
            auth::caller_of(request),
            actor,
            std::move(action),
            "callback:" + std::to_string(id),
            now,
            std::move(detail)
        );
    }
};

CallbacksApi::CallbacksApi(
    auth::Guard& guard, mysql::Pool& pool, auth::Clock clock, OnChange on_change
)
    : guard_(guard), pool_(pool), clock_(std::move(clock)), on_change_(std::move(on_change)) {}

asio::awaitable<Result<CallbacksApi::Asked>> CallbacksApi::admit(const Request& request) {
    auto actor = co_await guard_.who_may(request, Verb::call_read);
    if (!actor) co_return std::unexpected(actor.error());
    Asked asked{std::move(*actor), clock_()};
    if (request.params.contains("callback_id")) {
        const auto id = path_id(request, "callback_id");
        if (!id) co_return std::unexpected(id.error());
        asked.id = *id;
    }
    co_return asked;
}

asio::awaitable<Response> CallbacksApi::list(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    mysql::CallbackListing listing;
    listing.asker = asked->actor.user;
    listing.waiting = !query.flag("ended").value_or(false);
    listing.limit = query.limit(callbacks_listed, callbacks_listed);
    if (auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    using Seen = std::pair<std::vector<CallbackLine>, mysql::CallbackCounts>;
    auto job = [&](Connection& db) -> Result<Seen> {
        auto lines = mysql::list_callbacks(db, listing);
        if (!lines) return std::unexpected(lines.error());
        const auto counts = mysql::count_callbacks(db, listing.asker, asked->now);
        if (!counts) return std::unexpected(counts.error());
        return Seen{std::move(*lines), *counts};
    };
    const auto found = co_await pool_.read(std::move(job));
    if (!found) co_return http::problem(request, found.error());
    ticketing::JsonObject out;
    out.raw("items", ticketing::json_array(found->first, [&](const CallbackLine& line) {
                return callback_json(line, asked->actor.user, asked->now);
            }));
    out.raw("counts", callback_counts_json(found->second));
    co_return http::json(out.str());
}

asio::awaitable<Response> CallbacksApi::counts(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    auto job = [&](Connection& db) {
        return mysql::count_callbacks(db, asked->actor.user, asked->now);
    };
    const auto counts = co_await pool_.read(std::move(job));
    if (!counts) co_return http::problem(request, counts.error());
    co_return http::json(callback_counts_json(*counts));
}

asio::awaitable<Response> CallbacksApi::see(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    const auto seen = read_seen(request);
    if (!seen) co_return http::problem(request, seen.error());
    auto job = [&](Connection& db) { return mysql::see_callbacks(db, asked->actor.user, *seen); };
    const auto done = co_await pool_.transact(std::move(job));
    if (!done) co_return http::problem(request, done.error());
    co_return http::no_content();
}

// T9: who claims is shown the number, and that is what the audit tells.
asio::awaitable<Response> CallbacksApi::claim(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    const actions::ClaimCommand command{asked->id, asked->actor, request.wants_english()};
    auto job = [&](Connection& db) -> Result<CallbackLine> {
        auto done = actions::claim_callback(db, command, asked->now);
        if (!done) return std::unexpected(done.error());
        auto line = line_of_callback(db, asked->id, asked->actor.user);
        if (!line) return line;
        const auto noted = auth::record(db, asked->entry(request, "callback.claim"));
        if (!noted) return std::unexpected(noted.error());
        return line;
    };
    const auto line = co_await pool_.transact(std::move(job));
    if (!line) co_return http::problem(request, line.error());
    on_change_();
    co_return http::json(callback_json(*line, asked->actor.user, asked->now));
}

asio::awaitable<Response> CallbacksApi::release(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    const actions::ClaimCommand command{asked->id, asked->actor, request.wants_english()};
    auto job = [&](Connection& db) { return actions::release_callback(db, command); };
    const auto done = co_await pool_.transact(std::move(job));
    if (!done) co_return http::problem(request, done.error());
    on_change_();
    co_return http::no_content();
}

asio::awaitable<Response> CallbacksApi::note_try(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    auto command = read_try(request);
    if (!command) co_return http::problem(request, command.error());
    command->callback = asked->id;
    command->actor = asked->actor;
    command->english = request.wants_english();
    auto job = [&](Connection& db) -> Result<CallbackLine> {
        auto done = actions::record_callback_try(db, *command, asked->now);
        if (!done) return std::unexpected(done.error());
        auto line = line_of_callback(db, asked->id, asked->actor.user);
        if (!line) return line;
        ticketing::JsonObject detail;
        detail.text("outcome", ticketing::name(command->outcome));
        const auto noted = auth::record(db, asked->entry(request, "callback.try", detail.str()));
        if (!noted) return std::unexpected(noted.error());
        return line;
    };
    const auto line = co_await pool_.transact(std::move(job));
    if (!line) co_return http::problem(request, line.error());
    on_change_();
    co_return http::json(callback_json(*line, asked->actor.user, asked->now));
}

void CallbacksApi::add_routes(std::vector<http::Route>& routes) {
    using Member = asio::awaitable<Response> (CallbacksApi::*)(Request);
    const auto add = [&](http::Method method, const char* path, Member member) {
        routes.push_back(
            {method,
             path,
             [this, member](Request r) { return (this->*member)(std::move(r)); },
             callback_body}
        );
    };
    using enum http::Method;
    add(get, "/api/v1/callbacks", &CallbacksApi::list);
    add(get, "/api/v1/callbacks/counts", &CallbacksApi::counts);
    add(post, "/api/v1/callbacks/seen", &CallbacksApi::see);
    add(post, "/api/v1/callbacks/{callback_id}/claim", &CallbacksApi::claim);
    add(del, "/api/v1/callbacks/{callback_id}/claim", &CallbacksApi::release);
    add(post, "/api/v1/callbacks/{callback_id}/tries", &CallbacksApi::note_try);
}

}  // namespace hotline::api
