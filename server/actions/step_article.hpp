#pragma once

#include "integrations/mysql/knowledge_feedback_store.hpp"
#include "integrations/mysql/knowledge_store.hpp"
#include "ticketing/knowledge/steps.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace hotline::actions {

// Something done to an article of the knowledge base (K2 to K7).
struct ArticleCommand {
    ticketing::ArticleId id;  // none: propose
    ticketing::knowledge::StepRequest request;
    std::optional<ticketing::knowledge::ArticleText> text;  // propose, change
    std::optional<std::uint32_t> if_match;                  // the revision its actor has seen
};

// Inside the caller's transaction. Errors: not_found (also for who may not know of it),
// stale_version, the checks' (K1) and decide()'s.
Result<ticketing::ArticleId> step_article(
    mysql::Connection& db,
    const ArticleCommand& command,
    const ticketing::Directory& directory,
    ticketing::Instant now
);

// K8. Errors: not_found; guard_failed (`remark_given`, `feedback_waits`), forbidden.
Result<std::uint64_t> give_feedback(
    mysql::Connection& db,
    const mysql::ArticleFeedback& feedback,
    const ticketing::Actor& actor,
    const ticketing::Directory& directory
);
struct FeedbackAnswer {
    ticketing::ArticleId article;
    std::uint64_t feedback = 0;
    std::string text;
};
Result<void> answer_feedback(
    mysql::Connection& db,
    const FeedbackAnswer& answer,
    const ticketing::Actor& actor,
    const ticketing::Directory& directory,
    ticketing::Instant now
);

}  // namespace hotline::actions
