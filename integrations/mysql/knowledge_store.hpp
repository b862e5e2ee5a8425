#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/knowledge/steps.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hotline::mysql {

struct ArticleCounts {
    std::uint32_t hits = 0;  // K9
    std::uint32_t helpful = 0;
    std::uint32_t wrong = 0;
    std::uint32_t open_feedback = 0;  // K8: waits for a reply

    bool operator==(const ArticleCounts&) const = default;
};

// An article with its text in force; the newest, when none is.
struct StoredArticle {
    ticketing::knowledge::Article article;
    ticketing::knowledge::ArticleText text;
    std::uint32_t text_version = 0;
    ArticleCounts counts;
    ticketing::Instant changed_at;
    bool demonstration = false;
};

// Raised by every change that lists and suggestions show. Cheap enough to ask every second.
Result<std::uint64_t> knowledge_revision(Connection& db);
// Inside the transaction of such a change; holds the number until its end.
Result<void> raise_knowledge_revision(Connection& db);

// All of them, by id.
using ArticleSink = std::function<void(StoredArticle)>;
Result<void> for_each_article(Connection& db, const ArticleSink& sink);

enum class Hold { no, yes };  // yes: until the end of the transaction
Result<std::optional<StoredArticle>> read_article(
    Connection& db, ticketing::ArticleId id, Hold hold = Hold::no
);
// By id, those that are there.
Result<std::vector<std::pair<ticketing::ArticleId, ArticleCounts>>> counts_of(
    Connection& db, std::span<const ticketing::ArticleId> ids
);

// Who did something to an article, and when.
struct ArticleStep {
    std::uint32_t seq = 0;
    ticketing::knowledge::Step step = ticketing::knowledge::Step::propose;
    std::uint32_t version = 0;
    ticketing::Role role = ticketing::Role::system;
    ticketing::UserId user;
    std::string by_name;
    ticketing::Instant at;
    std::string reason;
    std::optional<sla::LocalDay> review_on;
};
Result<std::vector<ArticleStep>> steps_of(Connection& db, ticketing::ArticleId id);

struct ArticleVersion {
    std::uint32_t version = 0;
    ticketing::knowledge::ArticleText text;
};
// Newest first.
Result<std::vector<ArticleVersion>> versions_of(Connection& db, ticketing::ArticleId id);
Result<std::optional<ticketing::knowledge::ArticleText>> read_version(
    Connection& db, ticketing::ArticleId id, std::uint32_t version
);

// Writes what a step came to, inside the caller's transaction: the article's row (a new one when
// its id is none; the id is given back), the version when the step wrote one, the step itself, and
// raises the revision. Error whose duplicate_key() is knowledge_title: another article asks this
// (K1).
struct ArticleChange {
    ticketing::knowledge::Article after;
    const ticketing::knowledge::ArticleText* text = nullptr;  // of the version it wrote
    ArticleStep step;
    bool demonstration = false;
};
Result<ticketing::ArticleId> store_article(Connection& db, const ArticleChange& change);

// K9. A ticket counts once for an article.
Result<void> note_article_use(
    Connection& db,
    ticketing::ArticleId id,
    std::uint32_t version,
    ticketing::TicketId ticket,
    ticketing::Instant at
);

}  // namespace hotline::mysql
