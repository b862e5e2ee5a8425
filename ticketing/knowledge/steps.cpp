#include "ticketing/knowledge/steps.hpp"

#include "ticketing/permissions.hpp"
#include "ticketing/text.hpp"

namespace hotline::ticketing::knowledge {
namespace {

constexpr std::chrono::days usual_review{180};
constexpr std::chrono::days longest_review{366};

bool is_of_the_centre(Role role) {
    return role == Role::agent || role == Role::dispatcher || role == Role::reviewer ||
           role == Role::supervisor;
}

bool may_take(const StepRequest& request, const ArticleTexts& texts, const Directory& directory) {
    switch (request.step) {
        case Step::propose:
        case Step::change:
        case Step::confirm:
            return may_write(request.actor, texts.present.unit, directory) &&
                   may_write(request.actor, texts.newest.unit, directory);
        case Step::publish:
        case Step::refuse:
        case Step::withdraw:
            return may(request.actor.role, Verb::knowledge_publish);
    }
    return false;
}

std::unexpected<Error> refused(std::string_view guard) {
    return fail(ErrorCode::guard_failed, std::string(guard));
}

// K7.
Result<sla::LocalDay> review_day(const StepRequest& request, sla::LocalDay today) {
    const sla::LocalDay day = request.review_on.value_or(today + usual_review);
    if (day <= today || day > today + longest_review) return refused("review_day_fits");
    return day;
}

bool is_over(const ArticleText& text, sla::LocalDay today) {
    return text.valid_to && *text.valid_to < today;
}

Result<Article> published(
    Article after, const StepRequest& request, const ArticleText& newest, sla::LocalDay today
) {
    if (!waits_for_review(after)) return refused("version_waits");
    if (after.author == request.actor.user) return refused("written_by_another");
    if (is_over(newest, today)) return refused("still_valid");
    const auto review = review_day(request, today);
    if (!review) return std::unexpected(review.error());
    after.state = ArticleState::published;
    after.published = after.settled = after.version;
    after.review_on = *review;
    return after;
}

Result<Article> confirmed(
    Article after, const StepRequest& request, const ArticleText& present, sla::LocalDay today
) {
    if (after.state != ArticleState::published) return refused("is_published");
    if (is_over(present, today)) return refused("still_valid");
    const auto review = review_day(request, today);
    if (!review) return std::unexpected(review.error());
    after.review_on = *review;
    return after;
}

Result<Article> withdrawn(Article after) {
    if (after.state == ArticleState::withdrawn && !waits_for_review(after)) {
        return refused("is_published");
    }
    after.state = ArticleState::withdrawn;
    after.published = 0;
    after.settled = after.version;
    after.review_on.reset();
    return after;
}

Article written(Article after, const Actor& actor) {
    ++after.version;
    after.author = actor.user;
    return after;
}

}  // namespace

bool may_write(const Actor& actor, UnitId unit, const Directory& directory) {
    if (!may(actor.role, Verb::knowledge_write)) return false;
    return is_of_the_centre(actor.role) || speaks_for(actor, unit, directory);
}

bool may_know(
    const Actor& actor, const Article& article, const ArticleText& text, const Directory& directory
) {
    return article.state == ArticleState::published || may_write(actor, text.unit, directory);
}

Result<Article> decide(
    const Article& article,
    const StepRequest& request,
    const ArticleTexts& texts,
    const Directory& directory,
    sla::LocalDay today
) {
    if (!may_take(request, texts, directory)) {
        return fail(ErrorCode::forbidden, std::string(name(request.step)));
    }
    const bool needs_reason = request.step == Step::refuse || request.step == Step::withdraw;
    if (needs_reason && characters(request.reason) < 2) return refused("reason_given");
    Result<Article> after = article;
    switch (request.step) {
        case Step::propose:
            after = written(article, request.actor);
            break;
        case Step::change:
            if (texts.newest == texts.present && !waits_for_review(article)) {
                return refused("says_something_new");
            }
            after = written(article, request.actor);
            break;
        case Step::publish:
            after = published(article, request, texts.newest, today);
            break;
        case Step::refuse:
            if (!waits_for_review(article)) return refused("version_waits");
            after->settled = after->version;
            break;
        case Step::withdraw:
            after = withdrawn(article);
            break;
        case Step::confirm:
            after = confirmed(article, request, texts.present, today);
            break;
    }
    if (after) ++after->revision;
    return after;
}

std::vector<Step> allowed_steps(
    const Article& article,
    const Actor& actor,
    const ArticleTexts& texts,
    const Directory& directory,
    sla::LocalDay today
) {
    std::vector<Step> steps;
    for (const auto& [step, word] : names_of(Step{})) {
        if (step == Step::propose) continue;
        const StepRequest filled{step, actor, "filled in", std::nullopt};
        const auto after = decide(article, filled, texts, directory, today);
        const bool lacks_only_a_text = !after && after.error().detail == "says_something_new";
        if (after || lacks_only_a_text) steps.push_back(step);
    }
    return steps;
}

}  // namespace hotline::ticketing::knowledge
