#include "server/actions/step_article.hpp"

#include "integrations/mysql/store_error.hpp"
#include "ticketing/text.hpp"

namespace hotline::actions {
namespace {

using ticketing::ArticleId;
using ticketing::knowledge::Article;
using ticketing::knowledge::ArticleText;
using ticketing::knowledge::Step;

bool writes(Step step) {
    return step == Step::propose || step == Step::change;
}

bool sets_review(Step step) {
    return step == Step::publish || step == Step::confirm;
}

Result<ArticleId> stored(
    mysql::Connection& db,
    const ArticleCommand& command,
    const Article& after,
    const ArticleText& newest,
    ticketing::Instant now
) {
    const auto& request = command.request;
    mysql::ArticleChange change;
    change.after = after;
    if (writes(request.step)) change.text = &newest;
    change.step = {
        .seq = after.revision,
        .step = request.step,
        .version = after.version,
        .role = request.actor.role,
        .user = request.actor.user,
        .by_name = request.actor.name,
        .at = now,
        .reason = request.reason,
        .review_on = sets_review(request.step) ? after.review_on : std::nullopt,
    };
    const auto id = mysql::store_article(db, change);
    if (!id && mysql::is_duplicate(id.error(), "knowledge_title")) {
        return fail(ErrorCode::guard_failed, "question_is_new");
    }
    return id;
}

Result<mysql::StoredArticle> known_article(
    mysql::Connection& db,
    ArticleId id,
    const ticketing::Actor& actor,
    const ticketing::Directory& directory
) {
    auto found = mysql::read_article(db, id, mysql::Hold::yes);
    if (!found) return std::unexpected(found.error());
    if (!*found || !may_know(actor, (*found)->article, (*found)->text, directory)) {
        return fail(ErrorCode::not_found);
    }
    return std::move(**found);
}

Result<ArticleText> newest_text(
    mysql::Connection& db, const ArticleCommand& command, const mysql::StoredArticle& present
) {
    if (command.text) return *command.text;
    if (present.text_version == present.article.version) return present.text;
    auto read = mysql::read_version(db, present.article.id, present.article.version);
    if (!read) return std::unexpected(read.error());
    if (!*read) return fail(ErrorCode::internal, "knowledge_version");
    return std::move(**read);
}

}  // namespace

Result<ArticleId> step_article(
    mysql::Connection& db,
    const ArticleCommand& command,
    const ticketing::Directory& directory,
    ticketing::Instant now
) {
    const auto today = sla::local_day(now);
    ArticleCommand tidy = command;
    if (tidy.text) {
        tidy.text = ticketing::knowledge::tidied(std::move(*tidy.text));
        if (auto sound = check(*tidy.text, directory); !sound) {
            return std::unexpected(sound.error());
        }
    }
    if (!tidy.id) {
        const ArticleText& text = *tidy.text;
        const auto after = decide(Article{}, tidy.request, {text, text}, directory, today);
        if (!after) return std::unexpected(after.error());
        return stored(db, tidy, *after, text, now);
    }
    const auto present = known_article(db, tidy.id, tidy.request.actor, directory);
    if (!present) return std::unexpected(present.error());
    if (tidy.if_match && *tidy.if_match != present->article.revision) {
        return fail(ErrorCode::stale_version);
    }
    const auto newest = newest_text(db, tidy, *present);
    if (!newest) return std::unexpected(newest.error());
    const auto after =
        decide(present->article, tidy.request, {present->text, *newest}, directory, today);
    if (!after) return std::unexpected(after.error());
    return stored(db, tidy, *after, *newest, now);
}

Result<std::uint64_t> give_feedback(
    mysql::Connection& db,
    const mysql::ArticleFeedback& feedback,
    const ticketing::Actor& actor,
    const ticketing::Directory& directory
) {
    const auto present = known_article(db, feedback.article, actor, directory);
    if (!present) return std::unexpected(present.error());
    if (!feedback.helpful && ticketing::characters(feedback.remark) < 2) {
        return fail(ErrorCode::guard_failed, "remark_given");
    }
    mysql::ArticleFeedback told = feedback;
    told.version = present->text_version;
    told.user = actor.user;
    told.by_name = actor.name;
    return mysql::add_feedback(db, told);
}

Result<void> answer_feedback(
    mysql::Connection& db,
    const FeedbackAnswer& answer,
    const ticketing::Actor& actor,
    const ticketing::Directory& directory,
    ticketing::Instant now
) {
    const auto present = known_article(db, answer.article, actor, directory);
    if (!present) return std::unexpected(present.error());
    if (!ticketing::knowledge::may_write(actor, present->text.unit, directory))
        return fail(ErrorCode::forbidden);
    const auto replied = mysql::reply_to_feedback(
        db, answer.article, answer.feedback, {answer.text, actor.name, now}
    );
    if (!replied) return std::unexpected(replied.error());
    if (!*replied) return fail(ErrorCode::guard_failed, "feedback_waits");
    return {};
}

}  // namespace hotline::actions
