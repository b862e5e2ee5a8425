#include "server/api/calendars.hpp"

#include "integrations/mysql/calendar_store.hpp"
#include "integrations/mysql/directory_store.hpp"
#include "integrations/mysql/recompute_store.hpp"
#include "server/actions/enact.hpp"
#include "server/actions/recompute_dues.hpp"
#include "server/actions/recompute_effect.hpp"
#include "server/api/dto.hpp"
#include "server/api/effect_json.hpp"
#include "server/api/guard_texts.hpp"
#include "server/auth/audit.hpp"
#include "sla/date_text.hpp"
#include "ticketing/json_text.hpp"

#include <algorithm>

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using ticketing::JsonObject;
using ticketing::Verb;

namespace {

constexpr std::size_t longest_file = 1024 * 1024;
constexpr std::size_t most_shown = 200;
constexpr std::size_t jobs_listed = 50;

// The file is the body; what goes with it stands in the query.
struct Upload {
    actions::CalendarFile file;
    actions::Enactment how;
};

Result<Upload> read_upload(const Request& request, bool to_add, ticketing::UserId by) {
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    Upload upload;
    upload.file.bytes = request.body;
    upload.file.name = query.text("name", 100).value_or("");
    if (request.body.empty()) errors.push_back({"file", ErrorCode::missing_field, {}});
    if (upload.file.name.empty()) errors.push_back({"name", ErrorCode::missing_field, {}});
    if (const auto year = query.integer("year", {.min = 1970, .max = 2200})) {
        upload.file.only = std::chrono::year{static_cast<int>(*year)};
    }
    if (to_add) {
        upload.how.by = by;
        upload.how.note = query.text("note", 200).value_or("");
        if (upload.how.note.empty()) errors.push_back({"note", ErrorCode::missing_field, {}});
        const auto based_on = query.integer("based_on", {.min = 0, .max = 1 << 30});
        if (!based_on) errors.push_back({"based_on", ErrorCode::missing_field, {}});
        upload.how.based_on = static_cast<std::uint32_t>(based_on.value_or(0));
        upload.how.recompute = query.flag("recompute").value_or(false);
    }
    if (auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return upload;
}

struct Looked {
    calendar::Proposal proposal;
    std::optional<actions::RecomputeEffect> effect;  // nothing of a faulty one
};

Result<Looked> look(
    mysql::Connection& db,
    const actions::CalendarFile& file,
    const City& city,
    ticketing::Instant now
) {
    auto proposal = calendar::propose(db, file.bytes, file.name, file.only);
    if (!proposal) return std::unexpected(proposal.error());
    Looked looked{std::move(*proposal), std::nullopt};
    if (!looked.proposal.problems.empty()) return looked;
    auto calendars = calendar::build(looked.proposal.version);
    if (!calendars) return std::unexpected(calendars.error());
    const actions::ProposedRules rules(city, std::move(*calendars));
    auto effect = actions::recompute_effect(db, rules.at(now), ticketing::Limits::kept, most_shown);
    if (!effect) return std::unexpected(effect.error());
    looked.effect = std::move(*effect);
    return looked;
}

std::string_view name_of(calendar::DayChange::Kind kind) {
    switch (kind) {
        case calendar::DayChange::Kind::added:
            return "added";
        case calendar::DayChange::Kind::removed:
            return "removed";
        case calendar::DayChange::Kind::changed:
            break;
    }
    return "changed";
}

std::string change_json(const calendar::DayChange& change) {
    JsonObject out;
    out.text("kind", name_of(change.kind)).text("date", sla::date_text(change.day.date));
    out.raw("off", change.day.off ? "true" : "false").text("name", change.day.name);
    return out.str();
}

std::string looked_json(const Looked& looked, const City& city, bool english) {
    const auto problem_json = [english](const calendar::NoticeProblem& problem) {
        JsonObject out;
        out.text("place", problem.place.in(english));
        return out.text("message", problem.what.in(english)).str();
    };
    const calendar::Proposal& proposal = looked.proposal;
    JsonObject out;
    out.raw("problems", ticketing::json_array(proposal.problems, problem_json));
    out.raw("remarks", ticketing::json_array(proposal.remarks, problem_json));
    out.raw("changes", ticketing::json_array(proposal.changes, change_json));
    out.raw("new_years", ticketing::json_array(proposal.new_years, [](std::chrono::year year) {
                return std::to_string(static_cast<int>(year));
            }));
    out.raw(
        "hours_changes",
        ticketing::json_array(
            proposal.hours_changes,
            [english](const auto& line) { return ticketing::json_string(line.in(english)); }
        )
    );
    out.raw("changes_nothing", proposal.changes_nothing() ? "true" : "false");
    out.number("version", proposal.version.usual.version);
    if (looked.effect) out.raw("effect", effect_json(*looked.effect, city.directory));
    return out.str();
}

std::string version_json(const mysql::CalendarVersionLine& version) {
    JsonObject out;
    out.number("version", version.version).text("years", version.years);
    out.text("source", version.source).text("loaded_at", to_text(version.loaded_at));
    return out.str();
}

std::string day_json(const sla::DayRule& day) {
    JsonObject out;
    out.text("date", sla::date_text(day.date)).raw("off", day.off ? "true" : "false");
    return out.text("name", day.name).str();
}

struct ShownCalendar {
    mysql::CalendarVersionLine line;
    std::vector<sla::DayRule> days;
};

Result<ShownCalendar> read_shown(mysql::Connection& db, std::uint64_t version) {
    const auto versions = mysql::list_calendar_versions(db);
    if (!versions) return std::unexpected(versions.error());
    const auto line = std::ranges::find(*versions, version, &mysql::CalendarVersionLine::version);
    if (line == versions->end()) return fail(ErrorCode::not_found);
    auto days = mysql::read_calendar_days(db, line->version);
    if (!days) return std::unexpected(days.error());
    return ShownCalendar{*line, std::move(*days)};
}

Result<actions::RecomputeWish> read_wish(const Request& request, ticketing::UserId by) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    actions::RecomputeWish wish;
    wish.by = by;
    wish.reason = fields.required_text("reason", {.min = 2, .max = 200});
    const std::string limits = fields.required_text("limits", {.max = 20});
    const bool known = limits == "kept" || limits == "by_policy";
    if (!limits.empty() && !known) {
        fields.note("limits", ErrorCode::not_in_list, "by_policy, kept");
    }
    wish.limits = limits == "kept" ? ticketing::Limits::kept : ticketing::Limits::by_policy;
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return wish;
}

}  // namespace

CalendarsApi::CalendarsApi(
    auth::Guard& guard, mysql::Pool& pool, const CitySource& city, auth::Clock clock
)
    : guard_(guard), pool_(pool), city_(city), clock_(std::move(clock)) {}

asio::awaitable<Response> CalendarsApi::list(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::policy_read);
    if (!actor) co_return http::problem(request, actor.error());
    const auto versions = co_await pool_.read(mysql::list_calendar_versions);
    if (!versions) co_return http::problem(request, versions.error());
    JsonObject out;
    out.number("in_force", city_.current()->calendar.version());
    out.raw("items", ticketing::json_array(*versions, version_json));
    co_return http::json(out.str());
}

asio::awaitable<Response> CalendarsApi::show(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::policy_read);
    if (!actor) co_return http::problem(request, actor.error());
    const auto version = path_id(request, "version");
    if (!version) co_return http::problem(request, version.error());
    const auto job = [&version](mysql::Connection& db) { return read_shown(db, *version); };
    const auto shown = co_await pool_.read(job);
    if (!shown) co_return http::problem(request, shown.error());
    JsonObject out;
    out.number("version", shown->line.version).text("years", shown->line.years);
    out.text("source", shown->line.source).text("loaded_at", to_text(shown->line.loaded_at));
    co_return http::json(out.raw("days", ticketing::json_array(shown->days, day_json)).str());
}

asio::awaitable<Response> CalendarsApi::preview(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::policy_read);
    if (!actor) co_return http::problem(request, actor.error());
    const auto upload = read_upload(request, false, actor->user);
    if (!upload) co_return http::problem(request, upload.error());
    const CityPtr city = city_.current();
    const auto now = clock_();
    const auto job = [&](mysql::Connection& db) { return look(db, upload->file, *city, now); };
    const auto looked = co_await pool_.read(job, mysql::Lane::background);
    if (!looked) co_return http::problem(request, looked.error());
    co_return http::json(looked_json(*looked, *city, request.wants_english()));
}

asio::awaitable<Response> CalendarsApi::add(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::policy_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto upload = read_upload(request, true, actor->user);
    if (!upload) co_return http::problem(request, upload.error());
    const auto now = clock_();
    const auto job = [&](mysql::Connection& db) -> Result<actions::Enacted> {
        auto done = actions::enact_calendar(db, upload->file, upload->how, now);
        if (!done) return done;
        const auto entry = auth::audit_entry(
            auth::caller_of(request),
            *actor,
            "calendar.add",
            "calendar:" + std::to_string(done->version),
            now
        );
        if (auto noted = auth::record(db, entry); !noted) return std::unexpected(noted.error());
        return done;
    };
    const auto done = co_await pool_.transact(job);
    if (!done) co_return act_problem(request, done.error());
    co_return http::json(enacted_json(*done), 201);
}

asio::awaitable<Response> CalendarsApi::recomputes(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::policy_read);
    if (!actor) co_return http::problem(request, actor.error());
    const auto job = [](mysql::Connection& db) {
        return mysql::list_recompute_jobs(db, jobs_listed);
    };
    const auto jobs = co_await pool_.read(job);
    if (!jobs) co_return http::problem(request, jobs.error());
    co_return http::json(JsonObject().raw("items", ticketing::json_array(*jobs, job_json)).str());
}

asio::awaitable<Response> CalendarsApi::recompute(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::policy_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto wish = read_wish(request, actor->user);
    if (!wish) co_return http::problem(request, wish.error());
    const auto now = clock_();
    const auto job = [&](mysql::Connection& db) -> Result<std::uint64_t> {
        const auto id = actions::ask_recompute(db, *wish, now);
        if (!id) return id;
        const auto entry = auth::audit_entry(
            auth::caller_of(request),
            *actor,
            "recompute.ask",
            "recompute:" + std::to_string(*id),
            now
        );
        if (auto noted = auth::record(db, entry); !noted) return std::unexpected(noted.error());
        return id;
    };
    const auto id = co_await pool_.transact(job);
    if (!id) co_return http::problem(request, id.error());
    JsonObject out;
    out.number("job_id", static_cast<std::int64_t>(*id));
    co_return http::json(out.str(), 202);
}

void CalendarsApi::add_routes(std::vector<http::Route>& routes) {
    using enum http::Method;
    using Member = asio::awaitable<Response> (CalendarsApi::*)(Request);
    const auto add_route = [&](http::Method method, std::string_view pattern, Member member) {
        auto handler = [this, member](Request r) { return (this->*member)(std::move(r)); };
        routes.push_back({method, pattern, handler, longest_file});
    };
    add_route(get, "/api/v1/admin/calendars", &CalendarsApi::list);
    add_route(get, "/api/v1/admin/calendars/{version}", &CalendarsApi::show);
    add_route(post, "/api/v1/admin/calendars/preview", &CalendarsApi::preview);
    add_route(post, "/api/v1/admin/calendars", &CalendarsApi::add);
    add_route(get, "/api/v1/admin/recomputes", &CalendarsApi::recomputes);
    add_route(post, "/api/v1/admin/recomputes", &CalendarsApi::recompute);
}

}  // namespace hotline::api
