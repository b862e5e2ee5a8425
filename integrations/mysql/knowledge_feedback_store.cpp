#include "integrations/mysql/knowledge_feedback_store.hpp"

#include "integrations/mysql/knowledge_store.hpp"

namespace hotline::mysql {

Result<std::uint64_t> add_feedback(Connection& db, const ArticleFeedback& feedback) {
    const auto added = db.execute(
        "INSERT INTO knowledge_feedback (article_id, version, helpful, remark, user_id, by_name, "
        "at) VALUES (?,?,?,?,?,?,?)",
        {feedback.article.value,
         feedback.version,
         feedback.helpful,
         feedback.remark,
         feedback.user.value,
         feedback.by_name,
         feedback.at}
    );
    if (!added) return std::unexpected(added.error());
    const std::uint64_t id = db.last_id();
    const auto counted = db.execute(
        feedback.helpful ? "UPDATE knowledge_article SET helpful=helpful+1 WHERE id=?"
                         : "UPDATE knowledge_article SET wrong=wrong+1, "
                           "open_feedback=open_feedback+1 WHERE id=?",
        {feedback.article.value}
    );
    if (!counted) return std::unexpected(counted.error());
    if (!feedback.helpful) {
        if (auto raised = raise_knowledge_revision(db); !raised) {
            return std::unexpected(raised.error());
        }
    }
    return id;
}

Result<bool> count_helped(Connection& db, ticketing::ArticleId article) {
    const auto counted =
        db.execute("UPDATE knowledge_article SET helpful=helpful+1 WHERE id=?", {article.value});
    if (!counted) return std::unexpected(counted.error());
    return *counted == 1;
}

Result<std::vector<ArticleFeedback>> feedback_of(
    Connection& db, ticketing::ArticleId article, std::size_t limit
) {
    const auto rows = db.query(
        "SELECT id, version, helpful, remark, user_id, by_name, at, reply, replied_by, replied_at "
        "FROM knowledge_feedback WHERE article_id=? ORDER BY id DESC LIMIT ?",
        {article.value, limit}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<ArticleFeedback> found;
    for (const Row row : *rows) {
        found.push_back(
            {row.unsigned_integer(0),
             article,
             static_cast<std::uint32_t>(row.unsigned_integer(1)),
             row.flag(2),
             row.string(3),
             {row.unsigned_integer(4)},
             row.string(5),
             row.time(6),
             row.string(7),
             row.string(8),
             row.optional_time(9)}
        );
    }
    return found;
}

Result<bool> reply_to_feedback(
    Connection& db, ticketing::ArticleId article, std::uint64_t id, const FeedbackReply& reply
) {
    const auto replied = db.execute(
        "UPDATE knowledge_feedback SET reply=?, replied_by=?, replied_at=? "
        "WHERE id=? AND article_id=? AND helpful=0 AND replied_at IS NULL",
        {reply.text, reply.by_name, reply.at, id, article.value}
    );
    if (!replied) return std::unexpected(replied.error());
    if (*replied == 0) return false;
    const auto counted = db.execute(
        "UPDATE knowledge_article SET open_feedback=open_feedback-1 WHERE id=?", {article.value}
    );
    if (!counted) return std::unexpected(counted.error());
    if (auto raised = raise_knowledge_revision(db); !raised) {
        return std::unexpected(raised.error());
    }
    return true;
}

}  // namespace hotline::mysql
