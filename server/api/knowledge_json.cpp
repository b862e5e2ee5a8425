#include "server/api/knowledge_json.hpp"

#include "server/api/dto.hpp"
#include "server/api/found_json.hpp"
#include "sla/date_text.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/knowledge/steps.hpp"

namespace hotline::api {
namespace {

using mysql::StoredArticle;
using ticketing::Directory;
using ticketing::JsonObject;
using ticketing::knowledge::ArticleText;
using ticketing::knowledge::Match;
using ticketing::knowledge::may_write;

void flag(JsonObject& out, std::string_view key, bool value) {
    out.raw(key, value ? "true" : "false");
}

void day(JsonObject& out, std::string_view key, const std::optional<sla::LocalDay>& value) {
    if (value) out.text(key, sla::date_text(*value));
}

void some(JsonObject& out, std::string_view key, std::string_view value) {
    if (!value.empty()) out.text(key, value);
}

std::string texts_json(const std::vector<std::string>& list) {
    return ticketing::json_array(list, [](const std::string& text) {
        return ticketing::json_string(text);
    });
}

std::string unit_name(const Directory& directory, ticketing::UnitId id) {
    const auto* unit = directory.unit(id);
    return unit == nullptr ? std::string() : unit->name;
}

template <class Id>
std::int64_t number(Id id) {
    return static_cast<std::int64_t>(id.value);
}

void add_text(JsonObject& out, const ArticleText& text, const Directory& directory) {
    out.text("title", text.title).raw("questions", texts_json(text.questions));
    out.text("answer", text.answer).text("basis", text.basis);
    out.number("unit_id", number(text.unit)).text("unit_name", unit_name(directory, text.unit));
    out.text("topic", text.topic).raw("divisions", texts_json(text.divisions));
    out.text("valid_from", sla::date_text(text.valid_from));
    day(out, "valid_to", text.valid_to);
    flag(out, "open", text.open);
}

std::string text_json(const ArticleText& text, const Directory& directory) {
    JsonObject out;
    add_text(out, text, directory);
    return out.str();
}

std::string match_json(const Match& match, const ArticleText& text) {
    JsonObject out;
    out.number("score", match.score).raw("words", texts_json(match.words));
    if (!match.in_answer) {
        const bool other = match.question > 0 && match.question <= text.questions.size();
        out.text("question", other ? text.questions[match.question - 1] : text.title);
    }
    if (match.topic) flag(out, "same_topic", true);
    out.raw("title", marked_json(ticketing::marked(text.title, match.words)));
    if (match.in_answer) {
        out.raw("excerpt", marked_json(ticketing::excerpt(text.answer, match.words)));
    } else if (match.question > 0 && match.question <= text.questions.size()) {
        const auto& form = text.questions[match.question - 1];
        out.raw("excerpt", marked_json(ticketing::marked(form, match.words)));
    }
    return out.str();
}

void add_summary(
    JsonObject& out, const StoredArticle& stored, const Reader& reader, const Match* match
) {
    const auto& [article, text, version, counts, changed_at, demonstration] = stored;
    out.number("article_id", number(article.id)).text("title", text.title);
    out.number("unit_id", number(text.unit));
    out.text("unit_name", unit_name(reader.directory, text.unit)).text("topic", text.topic);
    out.text("standing", ticketing::name(standing_of(article, text, reader.today)));
    flag(
        out,
        "waiting",
        waits_for_review(article) && may_write(reader.actor, text.unit, reader.directory)
    );
    day(out, "review_on", article.review_on);
    flag(out, "review_overdue", review_overdue(article, reader.today));
    flag(out, "open", text.open);
    flag(out, "demonstration", demonstration);
    out.text("changed_at", to_text(changed_at));
    out.number("hits", counts.hits).number("helpful", counts.helpful);
    out.number("wrong", counts.wrong).number("open_feedback", counts.open_feedback);
    if (match != nullptr) out.raw("match", match_json(*match, text));
}

std::string step_json(const mysql::ArticleStep& step) {
    JsonObject out;
    out.text("step", ticketing::name(step.step)).number("version", step.version);
    out.text("by_name", step.by_name).text("at", to_text(step.at));
    some(out, "reason", step.reason);
    day(out, "review_on", step.review_on);
    return out.str();
}

std::string feedback_json(const mysql::ArticleFeedback& told) {
    JsonObject out;
    out.number("feedback_id", static_cast<std::int64_t>(told.id)).number("version", told.version);
    flag(out, "helpful", told.helpful);
    some(out, "remark", told.remark);
    out.text("by_name", told.by_name).text("at", to_text(told.at));
    some(out, "reply", told.reply);
    some(out, "replied_by", told.replied_by);
    if (told.replied_at) out.text("replied_at", to_text(*told.replied_at));
    return out.str();
}

}  // namespace

std::string article_summary_json(
    const StoredArticle& stored, const Reader& reader, const Match* match
) {
    JsonObject out;
    add_summary(out, stored, reader, match);
    return out.str();
}

std::string article_json(const WholeArticle& whole, const Reader& reader) {
    const auto& [actor, directory, today] = reader;
    const StoredArticle& stored = whole.stored;
    const bool writes = may_write(actor, stored.text.unit, directory);
    JsonObject out;
    add_summary(out, stored, reader, nullptr);
    out.number("version", stored.text_version).raw("text", text_json(stored.text, directory));
    if (whole.waiting && writes) {
        out.number("waiting_version", stored.article.version);
        out.raw("waiting_text", text_json(*whole.waiting, directory));
    }
    const ArticleText& newest = whole.waiting ? *whole.waiting : stored.text;
    const auto allowed =
        allowed_steps(stored.article, actor, {stored.text, newest}, directory, today);
    out.raw("allowed_steps", ticketing::json_array(allowed, [](auto step) {
                return ticketing::json_string(ticketing::name(step));
            }));
    // K3: what became of drafts is for those who may write them.
    std::vector<mysql::ArticleStep> steps;
    for (const auto& step : whole.steps) {
        if (writes || step.version <= stored.article.published) steps.push_back(step);
    }
    std::vector<mysql::ArticleFeedback> feedback;
    for (const auto& told : whole.feedback) {
        if (writes || told.user == actor.user) feedback.push_back(told);
    }
    out.raw("steps", ticketing::json_array(steps, step_json));
    out.raw("feedback", ticketing::json_array(feedback, feedback_json));
    return out.str();
}

std::string article_versions_json(
    const std::vector<mysql::ArticleVersion>& versions, const Directory& directory
) {
    const auto line = [&directory](const mysql::ArticleVersion& version) {
        JsonObject out;
        out.number("version", version.version);
        add_text(out, version.text, directory);
        return out.str();
    };
    return JsonObject().raw("items", ticketing::json_array(versions, line)).str();
}

std::string article_suggestion_json(
    const StoredArticle& stored, const Match& match, const Directory& directory, sla::LocalDay today
) {
    const ArticleText& text = stored.text;
    JsonObject out;
    out.number("article_id", number(stored.article.id)).number("version", stored.text_version);
    out.text("title", text.title).text("answer", text.answer).text("basis", text.basis);
    out.text("unit_name", unit_name(directory, text.unit));
    flag(out, "review_overdue", review_overdue(stored.article, today));
    out.raw("match", match_json(match, text));
    return out.str();
}

std::string public_answer_json(const StoredArticle& stored, const Directory& directory) {
    const ArticleText& text = stored.text;
    JsonObject out;
    out.number("article_id", number(stored.article.id)).text("title", text.title);
    out.text("answer", text.answer).text("basis", text.basis);
    out.text("unit_name", unit_name(directory, text.unit));
    out.text("valid_from", sla::date_text(text.valid_from));
    return out.str();
}

}  // namespace hotline::api
