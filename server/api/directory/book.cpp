#include "server/api/directory/book.hpp"

#include "integrations/mysql/directory_writer.hpp"
#include "server/api/directory/input.hpp"
#include "server/api/directory/json.hpp"
#include "server/api/dto.hpp"
#include "server/auth/audit.hpp"
#include "server/city/import/csv.hpp"
#include "server/city/import/export.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/text.hpp"

namespace hotline::api {

namespace asio = boost::asio;
using city::ImportKind;
using http::Request;
using http::Response;
using ticketing::Verb;

namespace {

constexpr std::size_t largest_file = 64 * 1024 * 1024;

std::optional<ImportKind> list_of(const Request& request) {
    const auto at = request.params.find("list");
    return at == request.params.end() ? std::nullopt : ticketing::from_name<ImportKind>(at->second);
}

struct ImportWish {
    city::ImportOptions options;
    std::string text;
};

Result<ImportWish> read_import(const Request& request, const ticketing::Actor& actor) {
    const auto kind = list_of(request);
    if (!kind) return fail(ErrorCode::not_found);
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    ImportWish wish;
    wish.options.kind = *kind;
    wish.options.source = ticketing::tidied(query.text("name", 200).value_or(""));
    wish.options.apply = query.flag("apply").value_or(false);
    wish.options.english = request.wants_english();
    wish.options.user = actor.user;
    wish.options.user_name = actor.name;
    if (wish.options.source.empty()) errors.push_back({"name", ErrorCode::missing_field, {}});
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    auto text = city::to_utf8(request.body);
    if (!text) return std::unexpected(text.error());
    wish.text = std::move(*text);
    return wish;
}

// A file that is no CSV is the file's fault, told as its only line.
Result<city::ImportReport> held_against(
    mysql::Connection& db, const ImportWish& wish, ticketing::Instant now
) {
    auto report = city::import_text(db, wish.text, wish.options, now);
    if (report || report.error().code != ErrorCode::invalid_format) return report;
    city::ImportReport unreadable;
    unreadable.problems.push_back({0, report.error().detail});
    return unreadable;
}

}  // namespace

DirectoryBookApi::DirectoryBookApi(
    auth::Guard& guard, mysql::Pool& pool, const CitySource& city, auth::Clock clock
)
    : guard_(guard), pool_(pool), city_(city), clock_(std::move(clock)) {}

asio::awaitable<Response> DirectoryBookApi::state(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::directory_read);
    if (!actor) co_return http::problem(request, actor.error());
    const auto stored = co_await pool_.read(mysql::directory_revision);
    if (!stored) co_return http::problem(request, stored.error());
    const CityPtr city = city_.current();
    co_return http::json(directory_state_json(*city, *stored, request.wants_english()));
}

asio::awaitable<Response> DirectoryBookApi::history(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::directory_history);
    if (!actor) co_return http::problem(request, actor.error());
    auto filter = read_history_filter(request);
    if (!filter) co_return http::problem(request, filter.error());
    const auto limit = filter->limit++;
    const auto job = [&filter](mysql::Connection& db) { return mysql::list_changes(db, *filter); };
    auto changes = co_await pool_.read(job);
    if (!changes) co_return http::problem(request, changes.error());
    const bool more = changes->size() > limit;
    if (more) changes->pop_back();
    ticketing::JsonObject out;
    out.raw("items", ticketing::json_array(*changes, [](const auto& change) {
                return change_json(change);
            }));
    if (more) out.text("next_cursor", std::to_string(changes->back().id));
    co_return http::json(out.str());
}

asio::awaitable<Response> DirectoryBookApi::export_list(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::directory_keep);
    if (!actor) co_return http::problem(request, actor.error());
    const auto kind = list_of(request);
    if (!kind) co_return http::problem(request, ErrorCode::not_found);
    const auto now = clock_();
    const std::string name(ticketing::name(*kind));
    const auto job = [&](mysql::Connection& db) -> Result<std::string> {
        auto text = city::export_list(db, *kind, now);
        if (!text) return text;
        const auto entry = auth::audit_entry(
            auth::caller_of(request), *actor, "directory.export", "list:" + name, now
        );
        if (auto noted = auth::record(db, entry); !noted) return std::unexpected(noted.error());
        return text;
    };
    auto text = co_await pool_.transact(job, mysql::Lane::background);
    if (!text) co_return http::problem(request, text.error());
    Response response;
    response.set("content-type", "text/csv; charset=utf-8").set("cache-control", "no-store");
    response.set("content-disposition", "attachment; filename=\"" + name + ".csv\"");
    response.body = std::move(*text);
    co_return response;
}

asio::awaitable<Response> DirectoryBookApi::import_list(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::directory_keep);
    if (!actor) co_return http::problem(request, actor.error());
    const auto wish = read_import(request, *actor);
    if (!wish) co_return http::problem(request, wish.error());
    const auto now = clock_();
    if (!wish->options.apply) {
        const auto dry = [&](mysql::Connection& db) { return held_against(db, *wish, now); };
        const auto report = co_await pool_.read(dry, mysql::Lane::background);
        if (!report) co_return http::problem(request, report.error());
        co_return http::json(import_json(*report));
    }
    // What has a problem leaves nothing behind, not even a version: the transaction fails.
    std::optional<city::ImportReport> refused;
    const auto job = [&](mysql::Connection& db) -> Result<city::ImportReport> {
        refused.reset();
        auto done = held_against(db, *wish, now);
        if (!done) return done;
        if (!done->problems.empty()) {
            refused = std::move(*done);
            return fail(ErrorCode::validation_failed);
        }
        const auto entry = auth::audit_entry(
            auth::caller_of(request),
            *actor,
            "directory.import",
            "list:" + std::string(ticketing::name(wish->options.kind)),
            now,
            ticketing::JsonObject{}.text("file", wish->options.source).str()
        );
        if (auto noted = auth::record(db, entry); !noted) return std::unexpected(noted.error());
        done->applied = true;
        return done;
    };
    const auto done = co_await pool_.transact(job, mysql::Lane::background);
    if (refused) co_return http::json(import_json(*refused));
    if (!done) co_return http::problem(request, done.error());
    co_return http::json(import_json(*done));
}

void DirectoryBookApi::add_routes(std::vector<http::Route>& routes) {
    using enum http::Method;
    routes.push_back({get, "/api/v1/directory", [this](Request r) { return state(std::move(r)); }});
    routes.push_back({get, "/api/v1/directory/history", [this](Request r) {
                          return history(std::move(r));
                      }});
    routes.push_back({get, "/api/v1/directory/export/{list}", [this](Request r) {
                          return export_list(std::move(r));
                      }});
    routes.push_back(
        {post,
         "/api/v1/directory/import/{list}",
         [this](Request r) { return import_list(std::move(r)); },
         largest_file}
    );
}

}  // namespace hotline::api
