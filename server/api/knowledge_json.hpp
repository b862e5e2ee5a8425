#pragma once

#include "integrations/mysql/knowledge_feedback_store.hpp"
#include "integrations/mysql/knowledge_store.hpp"
#include "ticketing/knowledge/index.hpp"

#include <optional>
#include <string>
#include <vector>

namespace hotline::api {

// An article with all a page shows of it.
struct WholeArticle {
    mysql::StoredArticle stored;
    std::optional<ticketing::knowledge::ArticleText> waiting;  // the newest, when it waits
    std::vector<mysql::ArticleStep> steps;
    std::vector<mysql::ArticleFeedback> feedback;
};

// Who looks at articles, and when.
struct Reader {
    const ticketing::Actor& actor;
    const ticketing::Directory& directory;
    sla::LocalDay today;
};

// Schemas of the contract. `match` may be null.
std::string article_summary_json(
    const mysql::StoredArticle& stored,
    const Reader& reader,
    const ticketing::knowledge::Match* match = nullptr
);
std::string article_json(const WholeArticle& article, const Reader& reader);
std::string article_versions_json(
    const std::vector<mysql::ArticleVersion>& versions, const ticketing::Directory& directory
);
std::string article_suggestion_json(
    const mysql::StoredArticle& stored,
    const ticketing::knowledge::Match& match,
    const ticketing::Directory& directory,
    sla::LocalDay today
);
// K10.
std::string public_answer_json(
    const mysql::StoredArticle& stored, const ticketing::Directory& directory
);

}  // namespace hotline::api
