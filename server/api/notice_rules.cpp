#include "server/api/notice_rules.hpp"

#include "integrations/mysql/notice_rules_store.hpp"
#include "server/api/dto.hpp"
#include "server/api/notice_rules_input.hpp"
#include "server/api/notice_rules_json.hpp"
#include "server/auth/audit.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/notices/texts.hpp"

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::StoredNoticeRules;
using ticketing::JsonObject;
using ticketing::Verb;
using ticketing::notices::Case;
using ticketing::notices::Rules;

constexpr std::size_t rules_body = 64 * 1024;
constexpr std::size_t versions_listed = 50;

// Who speaks to everybody sees by what they are told.
constexpr auto to_look = Verb::directory_keep;

// The rules of a request; a duty that would be told to nobody is a fault of the lines.
Rules read_rules(Fields& fields, const NoticeSetting& setting, bool english) {
    auto inner = fields.object("rules");
    if (!inner) {
        if (!fields.has("rules")) fields.note("rules", ErrorCode::missing_field);
        return setting.rules;
    }
    Rules rules = read_rule_set(*inner, setting.rules);
    if (const auto of = silenced(rules, setting.channels)) {
        using ticketing::notices::Language;
        const auto language = english ? Language::english : Language::chinese;
        const std::string title(template_of(of->occasion, of->standing, language).title);
        inner->note(
            "lines",
            ErrorCode::rule_broken,
            english
                ? "Nobody would be told of “" + title + "” but on an open page; leave a channel."
                : "这样“" + title + "”除打开的页面外无法送达，请至少保留一个渠道。"
        );
    }
    return rules;
}

struct RulesQuestion {
    Rules rules;
    Case of;
    ticketing::Instant at;
};

Result<RulesQuestion> read_rules_question(const Request& request, const NoticeSetting& setting) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    RulesQuestion question;
    question.rules = read_rules(fields, setting, request.wants_english());
    question.of.occasion = fields.required_name<ticketing::notices::Occasion>("occasion");
    question.of.standing = fields.required_name<ticketing::notices::Standing>("standing");
    question.of.urgency = fields.required_name<ticketing::Urgency>("urgency");
    question.at = fields.required_instant("at");
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return question;
}

struct RulesWish {
    Rules rules;
    std::string note;
    std::uint32_t based_on = 0;
};

Result<RulesWish> read_rules_wish(const Request& request, const NoticeSetting& setting) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    RulesWish wish;
    wish.rules = read_rules(fields, setting, request.wants_english());
    wish.note = fields.required_text("note", {.min = 2, .max = 200});
    wish.based_on =
        static_cast<std::uint32_t>(fields.required_integer("based_on", {.min = 0, .max = 1 << 30}));
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return wish;
}

std::string nothing_new(bool english) {
    return english ? "These are the rules in force; change something first."
                   : "与现行规则完全相同，请先修改再保存。";
}

std::string rules_version_json(const StoredNoticeRules& stored) {
    JsonObject out;
    out.number("version", stored.version).text("added_at", to_text(stored.added_at));
    out.text("added_by_name", stored.added_by_name).text("note", stored.note);
    return out.raw("rules", stored.body).str();
}

}  // namespace

NoticeRulesApi::NoticeRulesApi(
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    auth::Clock clock,
    NoticeSetting setting
)
    : guard_(guard),
      pool_(pool),
      city_(city),
      clock_(std::move(clock)),
      setting_(std::move(setting)) {}

asio::awaitable<Response> NoticeRulesApi::show(Request request) {
    const auto actor = co_await guard_.who_may(request, to_look);
    if (!actor) co_return http::problem(request, actor.error());
    auto job = [this](mysql::Connection& db) { return rules_in_force(db, setting_.rules); };
    const auto now = co_await pool_.read(std::move(job));
    if (!now) co_return http::problem(request, now.error());
    co_return http::json(notice_rules_json(setting_.channels, now->version, now->rules));
}

asio::awaitable<Response> NoticeRulesApi::history(Request request) {
    const auto actor = co_await guard_.who_may(request, to_look);
    if (!actor) co_return http::problem(request, actor.error());
    auto job = [](mysql::Connection& db) { return mysql::list_notice_rules(db, versions_listed); };
    const auto versions = co_await pool_.read(std::move(job));
    if (!versions) co_return http::problem(request, versions.error());
    JsonObject out;
    out.raw("items", ticketing::json_array(*versions, rules_version_json));
    co_return http::json(out.raw("configured", rule_set_json(setting_.rules)).str());
}

asio::awaitable<Response> NoticeRulesApi::preview(Request request) {
    const auto actor = co_await guard_.who_may(request, to_look);
    if (!actor) co_return http::problem(request, actor.error());
    const auto question = read_rules_question(request, setting_);
    if (!question) co_return http::problem(request, question.error());
    auto job = [this](mysql::Connection& db) { return rules_in_force(db, setting_.rules); };
    const auto now = co_await pool_.read(std::move(job));
    if (!now) co_return http::problem(request, now.error());
    const auto foreseen = [&](const Rules& rules) {
        return foresee(
            rules, question->of, setting_.channels, city_.current()->calendar, question->at
        );
    };
    JsonObject out;
    out.raw("now", foreseen_json(foreseen(now->rules)));
    out.raw("then", foreseen_json(foreseen(question->rules)));
    out.raw("changed", changed_ways_json(now->rules, question->rules, setting_.channels));
    co_return http::json(out.str());
}

asio::awaitable<Response> NoticeRulesApi::add(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::policy_admin);
    if (!actor) co_return http::problem(request, actor.error());
    const auto wish = read_rules_wish(request, setting_);
    if (!wish) co_return http::problem(request, wish.error());
    const auto caller = auth::caller_of(request);
    const bool english = request.wants_english();
    const auto at = clock_();
    auto job = [&](mysql::Connection& db) -> Result<std::uint32_t> {
        const auto now = rules_in_force(db, setting_.rules);
        if (!now) return std::unexpected(now.error());
        if (now->version != wish->based_on) return fail(ErrorCode::stale_version);
        if (now->rules == wish->rules) {
            return fail_field("rules", ErrorCode::rule_broken, nothing_new(english));
        }
        const StoredNoticeRules stored{
            now->version + 1, at, actor->user, {}, wish->note, rule_set_json(wish->rules)
        };
        if (auto done = mysql::insert_notice_rules(db, stored); !done) {
            return std::unexpected(done.error());
        }
        const auto entry = auth::audit_entry(
            caller, *actor, "notice_rules.add", "notice_rules:" + std::to_string(stored.version), at
        );
        if (const auto ok = auth::record(db, entry); !ok) return std::unexpected(ok.error());
        return stored.version;
    };
    const auto version = co_await pool_.transact(std::move(job));
    if (!version) co_return http::problem(request, version.error());
    co_return http::json(JsonObject().number("version", *version).str(), 201);
}

void NoticeRulesApi::add_routes(std::vector<http::Route>& routes) {
    const auto bind = [this](auto member) {
        return [this, member](Request request) { return (this->*member)(std::move(request)); };
    };
    using enum http::Method;
    routes.push_back({get, "/api/v1/notice-rules", bind(&NoticeRulesApi::show)});
    routes.push_back({post, "/api/v1/notice-rules", bind(&NoticeRulesApi::add), rules_body});
    routes.push_back({get, "/api/v1/notice-rules/history", bind(&NoticeRulesApi::history)});
    routes.push_back(
        {post, "/api/v1/notice-rules/preview", bind(&NoticeRulesApi::preview), rules_body}
    );
}

}  // namespace hotline::api
