#include "server/api/phone/skills.hpp"

#include "integrations/mysql/acd_store.hpp"
#include "integrations/mysql/agent_store.hpp"
#include "integrations/telephony/acd.hpp"
#include "server/api/dto.hpp"
#include "server/api/phone/shift_lead.hpp"
#include "server/auth/audit.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/text.hpp"

#include <set>

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::Connection;
using mysql::SkillRow;
using ticketing::JsonObject;

constexpr std::size_t skills_body = 8 * 1024;
constexpr std::size_t most_skills = 30;

std::string skill_list(const std::vector<SkillRow>& skills) {
    return ticketing::json_array(skills, [](const SkillRow& one) {
        JsonObject out;
        return out.text("skill", one.skill).number("level", one.level).str();
    });
}

// Schema AgentSkills.
Result<std::string> skills_json(Connection& db, ticketing::UserId account) {
    const auto agent = mysql::read_agents(db, {&account, 1});
    if (!agent) return std::unexpected(agent.error());
    if (agent->empty()) return fail(ErrorCode::not_found);
    const auto skills = mysql::read_skills(db, {&account, 1});
    if (!skills) return std::unexpected(skills.error());
    const auto known = mysql::known_skills(db);
    if (!known) return std::unexpected(known.error());
    JsonObject out;
    out.number("user_id", static_cast<std::int64_t>(account.value));
    out.text("name", agent->front().name).raw("items", skill_list(*skills));
    out.raw("known", ticketing::json_array(*known, [](const std::string& skill) {
                return ticketing::json_string(skill);
            }));
    return out.str();
}

Result<std::vector<SkillRow>> read_wanted(const Request& request, ticketing::UserId account) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    std::vector<SkillRow> wanted;
    std::set<std::string> seen;
    for (Fields& one : fields.objects("items", most_skills)) {
        SkillRow row;
        row.account = account;
        row.skill = ticketing::tidied(one.required_text("skill", {.max = 20}));
        row.level = static_cast<int>(
            one.required_integer("level", {.min = 1, .max = telephony::highest_level})
        );
        if (!errors.empty()) continue;
        const bool fits = telephony::is_skill(row.skill) && seen.insert(row.skill).second;
        if (!fits) one.note("skill", ErrorCode::invalid_format);
        wanted.push_back(std::move(row));
    }
    if (!fields.has("items")) fields.note("items", ErrorCode::missing_field);
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return wanted;
}

}  // namespace

struct AgentSkillsApi::Asked {
    ticketing::Actor actor;
    ticketing::UserId agent;
};

AgentSkillsApi::AgentSkillsApi(auth::Guard& guard, mysql::Pool& pool, auth::Clock clock)
    : guard_(guard), pool_(pool), clock_(std::move(clock)) {}

asio::awaitable<Result<AgentSkillsApi::Asked>> AgentSkillsApi::admit(const Request& request) {
    auto actor = co_await who_leads_shift(guard_, request);
    if (!actor) co_return std::unexpected(actor.error());
    const auto id = path_id(request, "user_id");
    if (!id) co_return std::unexpected(id.error());
    co_return Asked{std::move(*actor), {*id}};
}

asio::awaitable<Response> AgentSkillsApi::show(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    const auto told =
        co_await pool_.read([&](Connection& db) { return skills_json(db, asked->agent); });
    if (!told) co_return http::problem(request, told.error());
    co_return http::json(*told);
}

asio::awaitable<Response> AgentSkillsApi::replace(Request request) {
    const auto asked = co_await admit(request);
    if (!asked) co_return http::problem(request, asked.error());
    const auto wanted = read_wanted(request, asked->agent);
    if (!wanted) co_return http::problem(request, wanted.error());
    auto job = [&](Connection& db) -> Result<std::string> {
        const auto before = mysql::read_skills(db, {&asked->agent, 1});
        if (!before) return std::unexpected(before.error());
        if (auto known = skills_json(db, asked->agent); !known) return known;
        if (auto done = mysql::replace_skills(db, asked->agent, *wanted); !done) {
            return std::unexpected(done.error());
        }
        auto told = skills_json(db, asked->agent);
        if (!told) return told;
        JsonObject detail;
        detail.raw("before", skill_list(*before)).raw("after", skill_list(*wanted));
        const auto entry = auth::audit_entry(
            auth::caller_of(request),
            asked->actor,
            "agent.skills",
            auth::user_object(asked->agent),
            clock_(),
            detail.str()
        );
        if (auto noted = auth::record(db, entry); !noted) return std::unexpected(noted.error());
        return told;
    };
    const auto told = co_await pool_.transact(std::move(job));
    if (!told) co_return http::problem(request, told.error());
    co_return http::json(*told);
}

void AgentSkillsApi::add_routes(std::vector<http::Route>& routes) {
    const char* path = "/api/v1/agents/{user_id}/skills";
    routes.push_back({http::Method::get, path, [this](Request r) { return show(std::move(r)); }});
    routes.push_back(
        {http::Method::put, path, [this](Request r) { return replace(std::move(r)); }, skills_body}
    );
}

}  // namespace hotline::api
