#pragma once

#include "integrations/mysql/knowledge_store.hpp"
#include "integrations/mysql/pool.hpp"
#include "ticketing/knowledge/index.hpp"

#include <boost/asio/awaitable.hpp>

#include <atomic>
#include <memory>
#include <vector>

namespace hotline {

// The knowledge base as lists and suggestions need it: an immutable snapshot, so that what is
// suggested while somebody types asks no database.
struct KnowledgeBase {
    std::uint64_t revision = 0;
    std::vector<mysql::StoredArticle> articles;  // by id; the counts are of when it was read
    ticketing::knowledge::ArticleIndex index;    // in the same order

    const mysql::StoredArticle* article(ticketing::ArticleId id) const;
};

using KnowledgePtr = std::shared_ptr<const KnowledgeBase>;

Result<KnowledgePtr> read_knowledge(mysql::Connection& db);

// The snapshot in force. Any thread.
class KnowledgeSource {
public:
    explicit KnowledgeSource(KnowledgePtr first = std::make_shared<const KnowledgeBase>())
        : current_(std::move(first)) {}

    KnowledgePtr current() const { return current_.load(); }
    // Unless a newer one is there already: two may have read at the same time.
    void replace(KnowledgePtr next);

private:
    std::atomic<KnowledgePtr> current_;
};

// Reads the articles anew when the database has another revision; whether it did.
boost::asio::awaitable<Result<bool>> refresh_knowledge(mysql::Pool& pool, KnowledgeSource& source);

}  // namespace hotline
