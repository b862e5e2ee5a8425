#include "server/api/knowledge.hpp"

#include "server/api/dto.hpp"
#include "server/api/knowledge_json.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/knowledge/steps.hpp"
#include "ticketing/pinyin/initials.hpp"
#include "ticketing/text.hpp"

#include <algorithm>

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::StoredArticle;
using ticketing::JsonObject;
using ticketing::Verb;
using ticketing::knowledge::ArticleIndex;
using ticketing::knowledge::Match;
using ticketing::knowledge::may_know;
using ticketing::knowledge::may_write;
using ticketing::knowledge::Standing;

namespace {

constexpr std::size_t most_found = 500;

// What a list is asked for.
struct ArticleFilter {
    std::string words;
    std::string topic;
    ticketing::UnitId unit;
    std::optional<Standing> standing;
    bool waiting = false;
    bool overdue = false;
    bool feedback = false;
    bool mine = false;
    std::size_t first = 0;
    std::size_t limit = 50;

    bool admits(const StoredArticle& stored, const Reader& reader) const {
        const auto& [actor, directory, today] = reader;
        const auto& [article, text, version, counts, changed_at, demonstration] = stored;
        if (!may_know(actor, article, text, directory)) return false;
        const bool writes = may_write(actor, text.unit, directory);
        if (!topic.empty() && text.topic != topic) return false;
        if (unit && text.unit != unit) return false;
        if (standing && standing_of(article, text, today) != *standing) return false;
        if (waiting && !(writes && waits_for_review(article))) return false;
        if (overdue && !review_overdue(article, today)) return false;
        if (feedback && counts.open_feedback == 0) return false;
        return !mine || writes;
    }
};

Result<ArticleFilter> read_filter(const Request& request) {
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    ArticleFilter filter;
    filter.words = ticketing::tidied(query.text("q", 400).value_or(""));
    filter.topic = query.text("topic", 60).value_or("");
    if (const auto unit = query.integer("unit_id", {.min = 1})) {
        filter.unit = {static_cast<std::uint64_t>(*unit)};
    }
    filter.standing = query.name<Standing>("standing");
    filter.waiting = query.flag("waiting").value_or(false);
    filter.overdue = query.flag("overdue").value_or(false);
    filter.feedback = query.flag("feedback").value_or(false);
    filter.mine = query.flag("mine").value_or(false);
    filter.first =
        static_cast<std::size_t>(query.integer("cursor", {.min = 0, .max = 1'000'000}).value_or(0));
    filter.limit = query.limit(50, 100);
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return filter;
}

// Which way of asking has these initials, the earliest in its words; nothing when none has.
struct FormWithInitials {
    std::size_t place;
    std::size_t question;
};
std::optional<FormWithInitials> form_with_initials(
    const ticketing::knowledge::ArticleText& text, const std::string& initials
) {
    std::optional<FormWithInitials> best;
    const auto look = [&](std::string_view form, std::size_t question) {
        const auto place = ticketing::initials_at(form, initials);
        if (place && (!best || *place < best->place)) best = {*place, question};
    };
    look(text.title, 0);
    for (std::size_t i = 0; i < text.questions.size(); ++i) look(text.questions[i], i + 1);
    return best;
}

// K17: the questions that begin so first.
template <class Fits>
std::vector<Match> found_by_initials(
    const KnowledgeBase& base, const std::string& initials, Fits fits
) {
    std::vector<Match> matches;
    std::vector<Match> within;
    for (std::size_t at = 0; at < base.articles.size(); ++at) {
        if (!fits(at)) continue;
        const auto form = form_with_initials(base.articles[at].text, initials);
        if (!form) continue;
        Match match;
        match.article = at;
        match.question = form->question;
        (form->place == 0 ? matches : within).push_back(match);
    }
    matches.insert(matches.end(), within.begin(), within.end());
    if (matches.size() > most_found) matches.resize(most_found);
    return matches;
}

// The articles of a list in their order; matches only where there are words.
std::vector<Match> found(
    const KnowledgeBase& base, const ArticleFilter& filter, const Reader& reader
) {
    const auto fits = [&](std::size_t at) { return filter.admits(base.articles[at], reader); };
    if (const auto initials = ticketing::typed_initials(filter.words); !initials.empty()) {
        auto matches = found_by_initials(base, initials, fits);
        if (!matches.empty()) return matches;
    }
    if (!filter.words.empty()) {
        return base.index.find(filter.words, {.least = 1, .most = most_found, .fits = fits});
    }
    std::vector<Match> all;
    for (std::size_t at = 0; at < base.articles.size(); ++at) {
        if (!fits(at)) continue;
        all.emplace_back();
        all.back().article = at;
    }
    std::ranges::stable_sort(all, std::ranges::greater{}, [&base](const Match& match) {
        return base.articles[match.article].changed_at;
    });
    return all;
}

std::string page_json(
    const KnowledgeBase& base,
    std::span<const Match> page,
    const ArticleFilter& filter,
    const Reader& reader,
    const std::vector<std::pair<ticketing::ArticleId, mysql::ArticleCounts>>& counts
) {
    return ticketing::json_array(page, [&](const Match& match) {
        StoredArticle stored = base.articles[match.article];
        const auto now = std::ranges::lower_bound(
            counts, stored.article.id, {}, [](const auto& line) { return line.first; }
        );
        if (now != counts.end() && now->first == stored.article.id) stored.counts = now->second;
        return article_summary_json(stored, reader, filter.words.empty() ? nullptr : &match);
    });
}

struct Question {
    std::string text;
    std::string topic;
    std::string division;
};

Result<Question> read_question(const Request& request) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    Question question;
    question.text = fields.required_text("text", {.min = 0, .max = 4000});
    question.topic = fields.text("topic", {.max = 60}).value_or("");
    question.division = fields.text("division", {.max = 12}).value_or("");
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return question;
}

// K6, K15.
bool is_answer(const StoredArticle& stored, std::string_view division, sla::LocalDay today) {
    return standing_of(stored.article, stored.text, today) == Standing::in_force &&
           holds_in(stored.text, division);
}

}  // namespace

KnowledgeApi::KnowledgeApi(
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    const KnowledgeSource& knowledge,
    auth::Clock clock
)
    : guard_(guard), pool_(pool), city_(city), knowledge_(knowledge), clock_(std::move(clock)) {}

asio::awaitable<Response> KnowledgeApi::list(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::knowledge_read);
    if (!actor) co_return http::problem(request, actor.error());
    const auto filter = read_filter(request);
    if (!filter) co_return http::problem(request, filter.error());
    const CityPtr city = city_.current();
    const KnowledgePtr base = knowledge_.current();
    const Reader reader{*actor, city->directory, sla::local_day(clock_())};
    const std::vector<Match> all = found(*base, *filter, reader);
    const std::size_t first = std::min(filter->first, all.size());
    const std::span page =
        std::span(all).subspan(first, std::min(filter->limit, all.size() - first));
    std::vector<ticketing::ArticleId> ids;
    for (const Match& match : page) ids.push_back(base->articles[match.article].article.id);
    const auto job = [&ids](mysql::Connection& db) { return mysql::counts_of(db, ids); };
    const auto counts = co_await pool_.read(job);
    if (!counts) co_return http::problem(request, counts.error());
    JsonObject out;
    out.raw("items", page_json(*base, page, *filter, reader, *counts));
    out.number("total", static_cast<std::int64_t>(all.size()));
    const std::size_t next = first + page.size();
    if (next < all.size()) out.text("next_cursor", std::to_string(next));
    co_return http::json(out.str());
}

asio::awaitable<Response> KnowledgeApi::suggest(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::knowledge_read);
    if (!actor) co_return http::problem(request, actor.error());
    const auto question = read_question(request);
    if (!question) co_return http::problem(request, question.error());
    const CityPtr city = city_.current();
    const KnowledgePtr base = knowledge_.current();
    const auto today = sla::local_day(clock_());
    // Q2: 其他 is no topic.
    std::string topic = question->topic;
    if (topic.empty()) topic = city->cues.read({}, question->text).topic;
    if (topic == "其他") topic.clear();
    const auto matches = base->index.find(
        question->text,
        {.topic = topic,
         .least = ticketing::knowledge::least_suggested,
         .most = 5,
         .fits = [&](std::size_t at
                 ) { return is_answer(base->articles[at], question->division, today); }}
    );
    JsonObject out;
    out.raw("items", ticketing::json_array(matches, [&](const Match& match) {
                return article_suggestion_json(
                    base->articles[match.article], match, city->directory, today
                );
            }));
    co_return http::json(out.str());
}

asio::awaitable<Response> KnowledgeApi::answers(Request request) {
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    const std::string words = ticketing::tidied(query.text("q", 400).value_or(""));
    const std::string division = query.text("division", 12).value_or("");
    const std::size_t limit = query.limit(5, 20);
    if (auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    const CityPtr city = city_.current();
    const KnowledgePtr base = knowledge_.current();
    const auto today = sla::local_day(clock_());
    const auto fits = [&](std::size_t at) {
        const StoredArticle& stored = base->articles[at];
        return stored.text.open && is_answer(stored, division, today);
    };
    std::vector<const StoredArticle*> shown;
    if (words.empty()) {
        for (std::size_t at = 0; at < base->articles.size(); ++at) {
            if (fits(at)) shown.push_back(&base->articles[at]);
        }
        std::ranges::stable_sort(shown, std::ranges::greater{}, [](const auto* stored) {
            return stored->counts.hits;
        });
        if (shown.size() > limit) shown.resize(limit);
    } else {
        for (const Match& match : base->index.find(
                 words,
                 {.least = ticketing::knowledge::least_suggested, .most = limit, .fits = fits}
             )) {
            shown.push_back(&base->articles[match.article]);
        }
    }
    JsonObject out;
    out.raw("items", ticketing::json_array(shown, [&](const StoredArticle* stored) {
                return public_answer_json(*stored, city->directory);
            }));
    co_return http::json(out.str());
}

void KnowledgeApi::add_routes(std::vector<http::Route>& routes) {
    using enum http::Method;
    routes.push_back({get, "/api/v1/knowledge", [this](Request r) { return list(std::move(r)); }});
    routes.push_back({post, "/api/v1/knowledge/suggest", [this](Request r) {
                          return suggest(std::move(r));
                      }});
    routes.push_back({get, "/api/v1/public/knowledge", [this](Request r) {
                          return answers(std::move(r));
                      }});
}

}  // namespace hotline::api
