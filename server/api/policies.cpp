#include "server/api/policies.hpp"

#include "integrations/mysql/policy_store.hpp"
#include "server/actions/enact.hpp"
#include "server/actions/recompute_effect.hpp"
#include "server/api/dto.hpp"
#include "server/api/effect_json.hpp"
#include "server/api/guard_texts.hpp"
#include "server/api/limit_json.hpp"
#include "server/auth/audit.hpp"
#include "server/policy/proposal.hpp"
#include "sla/policy_text.hpp"
#include "ticketing/json_text.hpp"

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::StoredPolicy;
using ticketing::JsonObject;
using ticketing::Verb;

namespace {

constexpr std::size_t longest_text = 60'000;
constexpr std::size_t body_limit = 256 * 1024;  // the same escaped
constexpr std::size_t most_moves_shown = 200;

void head(JsonObject& out, const StoredPolicy& policy) {
    out.number("version", policy.version).text("valid_from", to_text(policy.valid_from));
    out.text("note", policy.note);
    if (policy.added_by) out.text("added_by_name", policy.added_by_name);
    if (policy.added_at) out.text("added_at", to_text(*policy.added_at));
}

std::string list_json(const std::vector<StoredPolicy>& policies, std::uint32_t in_force) {
    JsonObject out;
    out.number("in_force", in_force);
    out.raw("items", ticketing::json_array(policies, [](const StoredPolicy& policy) {
                JsonObject line;
                head(line, policy);
                return line.str();
            }));
    return out.str();
}

std::string texts(const std::vector<std::string>& lines) {
    return ticketing::json_array(lines, [](const std::string& line) {
        return ticketing::json_string(line);
    });
}

struct Looked {
    policy::Proposal proposal;
    std::optional<actions::RecomputeEffect> effect;  // nothing of a faulty one
};

Result<Looked> look(
    mysql::Connection& db, const std::string& text, const City& city, ticketing::Instant now
) {
    auto proposal = policy::propose(db, text, city.directory);
    if (!proposal) return std::unexpected(proposal.error());
    Looked looked{std::move(*proposal), std::nullopt};
    if (!looked.proposal.problems.empty()) return looked;
    const actions::ProposedRules rules(city, looked.proposal);
    auto effect = actions::recompute_effect(
        db, rules.at(now), ticketing::Limits::by_policy, most_moves_shown
    );
    if (!effect) return std::unexpected(effect.error());
    looked.effect = std::move(*effect);
    return looked;
}

std::string looked_json(const Looked& looked, const City& city, bool english) {
    const policy::Proposal& proposal = looked.proposal;
    JsonObject out;
    out.raw("problems", ticketing::json_array(proposal.problems, [&](const auto& problem) {
                JsonObject line;
                line.number("line", problem.line);
                return line.text("message", english ? problem.en : problem.zh).str();
            }));
    out.raw("removed", texts(proposal.removed)).raw("added", texts(proposal.added));
    out.raw("changes_nothing", proposal.changes_nothing ? "true" : "false");
    if (looked.effect) {
        out.number("version", proposal.policy.version);
        out.raw("rules", rules_json(proposal.policy, city.directory));
        out.raw("effect", effect_json(*looked.effect, city.directory));
    }
    return out.str();
}

struct Wish {
    std::string text;
    actions::Enactment how;
    std::optional<ticketing::Instant> valid_from;
};

Result<std::string> read_text(const Request& request) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    std::string text = fields.required_text("text", {.max = longest_text});
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return text;
}

Result<Wish> read_wish(const Request& request, ticketing::UserId by) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    Wish wish;
    wish.text = fields.required_text("text", {.max = longest_text});
    wish.how.by = by;
    wish.how.note = fields.required_text("note", {.min = 2, .max = 200});
    wish.how.based_on =
        static_cast<std::uint32_t>(fields.required_integer("based_on", {.min = 0, .max = 1 << 30}));
    wish.how.recompute = fields.flag("recompute").value_or(false);
    wish.valid_from = fields.instant("valid_from");
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return wish;
}

}  // namespace

PoliciesApi::PoliciesApi(
    auth::Guard& guard, mysql::Pool& pool, const CitySource& city, auth::Clock clock
)
    : guard_(guard), pool_(pool), city_(city), clock_(std::move(clock)) {}

asio::awaitable<Response> PoliciesApi::list(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::policy_read);
    if (!actor) co_return http::problem(request, actor.error());
    const auto policies = co_await pool_.read(mysql::list_policies);
    if (!policies) co_return http::problem(request, policies.error());
    co_return http::json(list_json(*policies, city_.current()->policy.version));
}

asio::awaitable<Response> PoliciesApi::show(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::policy_read);
    if (!actor) co_return http::problem(request, actor.error());
    const auto version = path_id(request, "version");
    if (!version) co_return http::problem(request, version.error());
    const auto job = [&version](mysql::Connection& db) {
        return mysql::read_policy_version(db, static_cast<std::uint32_t>(*version));
    };
    const auto stored = co_await pool_.read(job);
    if (!stored) co_return http::problem(request, stored.error());
    const auto policy = sla::parse_policy(stored->body);
    if (!policy) co_return http::problem(request, ErrorCode::internal, "policy unreadable");
    JsonObject out;
    head(out, *stored);
    out.text("text", stored->body);
    out.raw("rules", rules_json(*policy, city_.current()->directory));
    co_return http::json(out.str());
}

asio::awaitable<Response> PoliciesApi::preview(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::policy_read);
    if (!actor) co_return http::problem(request, actor.error());
    const auto text = read_text(request);
    if (!text) co_return http::problem(request, text.error());
    const CityPtr city = city_.current();
    const auto now = clock_();
    const auto job = [&](mysql::Connection& db) { return look(db, *text, *city, now); };
    const auto looked = co_await pool_.read(job, mysql::Lane::background);
    if (!looked) co_return http::problem(request, looked.error());
    co_return http::json(looked_json(*looked, *city, request.wants_english()));
}

asio::awaitable<Response> PoliciesApi::add(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::policy_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto wish = read_wish(request, actor->user);
    if (!wish) co_return http::problem(request, wish.error());
    const CityPtr city = city_.current();
    const auto now = clock_();
    const auto from = std::max(now, wish->valid_from.value_or(now));
    const auto job = [&](mysql::Connection& db) -> Result<actions::Enacted> {
        auto done = actions::enact_policy(db, wish->text, wish->how, from, city->directory, now);
        if (!done) return done;
        const auto entry = auth::audit_entry(
            auth::caller_of(request),
            *actor,
            "policy.add",
            "policy:" + std::to_string(done->version),
            now
        );
        if (auto noted = auth::record(db, entry); !noted) return std::unexpected(noted.error());
        return done;
    };
    const auto done = co_await pool_.transact(job);
    if (!done) co_return act_problem(request, done.error());
    co_return http::json(enacted_json(*done), 201);
}

void PoliciesApi::add_routes(std::vector<http::Route>& routes) {
    using enum http::Method;
    routes.push_back({get, "/api/v1/admin/policies", [this](Request r) {
                          return list(std::move(r));
                      }});
    routes.push_back({get, "/api/v1/admin/policies/{version}", [this](Request r) {
                          return show(std::move(r));
                      }});
    routes.push_back(
        {post,
         "/api/v1/admin/policies/preview",
         [this](Request r) { return preview(std::move(r)); },
         body_limit}
    );
    routes.push_back(
        {post, "/api/v1/admin/policies", [this](Request r) { return add(std::move(r)); }, body_limit
        }
    );
}

}  // namespace hotline::api
