#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotline::mysql {

// What a reader said of an article (K8).
struct ArticleFeedback {
    std::uint64_t id = 0;
    ticketing::ArticleId article;
    std::uint32_t version = 0;
    bool helpful = true;
    std::string remark;
    ticketing::UserId user;
    std::string by_name;
    ticketing::Instant at;
    std::string reply;
    std::string replied_by;
    std::optional<ticketing::Instant> replied_at;
};

// Inside the caller's transaction, with the article's counts; its id.
Result<std::uint64_t> add_feedback(Connection& db, const ArticleFeedback& feedback);
// K16. False: there is no such article.
Result<bool> count_helped(Connection& db, ticketing::ArticleId article);
// Newest first.
Result<std::vector<ArticleFeedback>> feedback_of(
    Connection& db, ticketing::ArticleId article, std::size_t limit
);
// False: there is none that waits for a reply.
struct FeedbackReply {
    std::string text;
    std::string by_name;
    ticketing::Instant at;
};
Result<bool> reply_to_feedback(
    Connection& db, ticketing::ArticleId article, std::uint64_t id, const FeedbackReply& reply
);

}  // namespace hotline::mysql
