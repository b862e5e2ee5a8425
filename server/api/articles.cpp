#include "server/api/articles.hpp"

#include "server/api/article_input.hpp"
#include "server/api/dto.hpp"
#include "server/api/guard_texts.hpp"
#include "server/api/if_match.hpp"
#include "server/auth/audit.hpp"

namespace hotline::api {

namespace asio = boost::asio;
using actions::ArticleCommand;
using http::Request;
using http::Response;
using ticketing::ArticleId;
using ticketing::Verb;
using ticketing::knowledge::Step;

namespace {

constexpr std::size_t feedback_shown = 50;

Result<WholeArticle> whole_article(mysql::Connection& db, ArticleId id, const Reader& reader) {
    auto stored = mysql::read_article(db, id);
    if (!stored) return std::unexpected(stored.error());
    const bool known =
        *stored && may_know(reader.actor, (*stored)->article, (*stored)->text, reader.directory);
    if (!known) return fail(ErrorCode::not_found);
    WholeArticle whole{std::move(**stored), std::nullopt, {}, {}};
    const auto& article = whole.stored.article;
    if (whole.stored.text_version != article.version) {
        auto newest = mysql::read_version(db, id, article.version);
        if (!newest) return std::unexpected(newest.error());
        if (waits_for_review(article)) whole.waiting = std::move(*newest);
    }
    auto steps = mysql::steps_of(db, id);
    if (!steps) return std::unexpected(steps.error());
    whole.steps = std::move(*steps);
    auto feedback = mysql::feedback_of(db, id, feedback_shown);
    if (!feedback) return std::unexpected(feedback.error());
    whole.feedback = std::move(*feedback);
    return whole;
}

Response article_response(const WholeArticle& whole, const Reader& reader, int status) {
    auto response = http::json(article_json(whole, reader), status);
    response.set("etag", "\"" + std::to_string(whole.stored.article.revision) + "\"");
    const std::string path = "/api/v1/knowledge/" + std::to_string(whole.stored.article.id.value);
    if (status == 201) response.set("location", path);
    return response;
}

Result<ArticleId> article_of(const Request& request) {
    const auto id = path_id(request, "article_id");
    if (!id) return std::unexpected(id.error());
    return ArticleId{*id};
}

}  // namespace

ArticlesApi::ArticlesApi(
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    KnowledgeSource& knowledge,
    auth::Clock clock
)
    : guard_(guard), pool_(pool), city_(city), knowledge_(knowledge), clock_(std::move(clock)) {}

asio::awaitable<Response> ArticlesApi::done(
    Request request, ticketing::Actor actor, std::string audited, Deed deed, int status
) {
    const CityPtr city = city_.current();
    const auto now = clock_();
    const Reader reader{actor, city->directory, sla::local_day(now)};
    const auto job = [&](mysql::Connection& db) -> Result<WholeArticle> {
        const auto id = deed(db);
        if (!id) return std::unexpected(id.error());
        auto whole = whole_article(db, *id, reader);
        if (!whole) return whole;
        const auto entry = auth::audit_entry(
            auth::caller_of(request),
            actor,
            "knowledge." + audited,
            "article:" + std::to_string(id->value),
            now
        );
        if (auto noted = auth::record(db, entry); !noted) return std::unexpected(noted.error());
        return whole;
    };
    const auto whole = co_await pool_.transact(job);
    if (!whole) co_return act_problem(request, whole.error());
    // Who has just published searches for it next. A failure is made good by the watcher.
    co_await refresh_knowledge(pool_, knowledge_);
    co_return article_response(*whole, reader, status);
}

asio::awaitable<Response> ArticlesApi::show(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::knowledge_read);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = article_of(request);
    if (!id) co_return http::problem(request, id.error());
    const CityPtr city = city_.current();
    const Reader reader{*actor, city->directory, sla::local_day(clock_())};
    const auto job = [&](mysql::Connection& db) { return whole_article(db, *id, reader); };
    const auto whole = co_await pool_.read(job);
    if (!whole) co_return http::problem(request, whole.error());
    co_return article_response(*whole, reader, 200);
}

asio::awaitable<Response> ArticlesApi::versions(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::knowledge_read);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = article_of(request);
    if (!id) co_return http::problem(request, id.error());
    const CityPtr city = city_.current();
    const Reader reader{*actor, city->directory, sla::local_day(clock_())};
    const auto job = [&](mysql::Connection& db) -> Result<std::vector<mysql::ArticleVersion>> {
        const auto whole = whole_article(db, *id, reader);
        if (!whole) return std::unexpected(whole.error());
        auto all = mysql::versions_of(db, *id);
        const bool writes = ticketing::knowledge::may_write(
            reader.actor, whole->stored.text.unit, reader.directory
        );
        if (all && !writes) {
            std::erase_if(*all, [&](const auto& version) {
                return version.version > whole->stored.article.published;
            });
        }
        return all;
    };
    const auto all = co_await pool_.read(job);
    if (!all) co_return http::problem(request, all.error());
    co_return http::json(article_versions_json(*all, city->directory));
}

asio::awaitable<Response> ArticlesApi::write(Request request, bool fresh) {
    const auto actor = co_await guard_.who_may(request, Verb::knowledge_write);
    if (!actor) co_return http::problem(request, actor.error());
    ArticleCommand command;
    command.request.actor = *actor;
    command.request.step = fresh ? Step::propose : Step::change;
    if (!fresh) {
        const auto id = article_of(request);
        if (!id) co_return http::problem(request, id.error());
        const auto wanted = wanted_version(request);
        if (!wanted) co_return http::problem(request, wanted.error());
        command.id = *id;
        command.if_match = *wanted;
    }
    auto text = read_article_text(request);
    if (!text) co_return http::problem(request, text.error());
    command.text = std::move(*text);
    const CityPtr city = city_.current();
    const auto now = clock_();
    Deed deed = [command, city, now](mysql::Connection& db) {
        return actions::step_article(db, command, city->directory, now);
    };
    const std::string audited(ticketing::name(command.request.step));
    co_return co_await done(
        std::move(request), *actor, audited, std::move(deed), fresh ? 201 : 200
    );
}

asio::awaitable<Response> ArticlesApi::propose(Request request) {
    return write(std::move(request), true);
}

asio::awaitable<Response> ArticlesApi::change(Request request) {
    return write(std::move(request), false);
}

asio::awaitable<Response> ArticlesApi::step(Request request) {
    const auto step = offered_step(request.params.at("step"));
    if (!step) co_return http::problem(request, ErrorCode::not_found);
    const Verb verb = *step == Step::confirm ? Verb::knowledge_write : Verb::knowledge_publish;
    const auto actor = co_await guard_.who_may(request, verb);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = article_of(request);
    if (!id) co_return http::problem(request, id.error());
    const auto wanted = wanted_version(request);
    if (!wanted) co_return http::problem(request, wanted.error());
    const auto form = read_step_form(request);
    if (!form) co_return http::problem(request, form.error());
    ArticleCommand command;
    command.id = *id;
    command.request = {*step, *actor, form->reason, form->review_on};
    command.if_match = *wanted;
    const CityPtr city = city_.current();
    const auto now = clock_();
    Deed deed = [command, city, now](mysql::Connection& db) {
        return actions::step_article(db, command, city->directory, now);
    };
    const std::string audited(ticketing::name(*step));
    co_return co_await done(std::move(request), *actor, audited, std::move(deed), 200);
}

asio::awaitable<Response> ArticlesApi::feedback(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::knowledge_read);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = article_of(request);
    if (!id) co_return http::problem(request, id.error());
    auto told = read_feedback(request);
    if (!told) co_return http::problem(request, told.error());
    told->article = *id;
    told->at = clock_();
    const CityPtr city = city_.current();
    Deed deed = [told = *told, actor = *actor, city](mysql::Connection& db) -> Result<ArticleId> {
        const auto given = actions::give_feedback(db, told, actor, city->directory);
        if (!given) return std::unexpected(given.error());
        return told.article;
    };
    co_return co_await done(std::move(request), *actor, "feedback", std::move(deed), 201);
}

asio::awaitable<Response> ArticlesApi::reply(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::knowledge_write);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = article_of(request);
    if (!id) co_return http::problem(request, id.error());
    const auto feedback = path_id(request, "feedback_id");
    if (!feedback) co_return http::problem(request, feedback.error());
    const auto text = read_reply(request);
    if (!text) co_return http::problem(request, text.error());
    const actions::FeedbackAnswer answer{*id, *feedback, *text};
    const CityPtr city = city_.current();
    const auto now = clock_();
    Deed deed = [answer, actor = *actor, city, now](mysql::Connection& db) -> Result<ArticleId> {
        const auto told = actions::answer_feedback(db, answer, actor, city->directory, now);
        if (!told) return std::unexpected(told.error());
        return answer.article;
    };
    co_return co_await done(std::move(request), *actor, "reply", std::move(deed), 200);
}

void ArticlesApi::add_routes(std::vector<http::Route>& routes) {
    using enum http::Method;
    using Member = asio::awaitable<Response> (ArticlesApi::*)(Request);
    const auto add_route = [&](http::Method method, std::string_view pattern, Member member) {
        routes.push_back({method, pattern, [this, member](Request r) {
                              return (this->*member)(std::move(r));
                          }});
    };
    add_route(post, "/api/v1/knowledge", &ArticlesApi::propose);
    add_route(get, "/api/v1/knowledge/{article_id}", &ArticlesApi::show);
    add_route(put, "/api/v1/knowledge/{article_id}", &ArticlesApi::change);
    add_route(get, "/api/v1/knowledge/{article_id}/versions", &ArticlesApi::versions);
    add_route(post, "/api/v1/knowledge/{article_id}/steps/{step}", &ArticlesApi::step);
    add_route(post, "/api/v1/knowledge/{article_id}/feedback", &ArticlesApi::feedback);
    add_route(
        post, "/api/v1/knowledge/{article_id}/feedback/{feedback_id}/reply", &ArticlesApi::reply
    );
}

}  // namespace hotline::api
