#include "server/knowledge.hpp"

#include <algorithm>

namespace hotline {

const mysql::StoredArticle* KnowledgeBase::article(ticketing::ArticleId id) const {
    const auto at = std::ranges::lower_bound(articles, id, {}, [](const auto& stored) {
        return stored.article.id;
    });
    return at == articles.end() || at->article.id != id ? nullptr : &*at;
}

Result<KnowledgePtr> read_knowledge(mysql::Connection& db) {
    auto base = std::make_shared<KnowledgeBase>();
    // First: what changes while the rows are read is read again.
    const auto revision = mysql::knowledge_revision(db);
    if (!revision) return std::unexpected(revision.error());
    base->revision = *revision;
    const auto read = mysql::for_each_article(db, [&base](mysql::StoredArticle stored) {
        base->index.add(stored.text);
        base->articles.push_back(std::move(stored));
    });
    if (!read) return std::unexpected(read.error());
    base->index.build();
    return base;
}

void KnowledgeSource::replace(KnowledgePtr next) {
    KnowledgePtr present = current_.load();
    while (present->revision <= next->revision) {
        if (current_.compare_exchange_weak(present, next)) return;
    }
}

boost::asio::awaitable<Result<bool>> refresh_knowledge(mysql::Pool& pool, KnowledgeSource& source) {
    const std::uint64_t known = source.current()->revision;
    const auto job = [known](mysql::Connection& db) -> Result<KnowledgePtr> {
        const auto revision = mysql::knowledge_revision(db);
        if (!revision) return std::unexpected(revision.error());
        if (*revision == known) return KnowledgePtr{};
        return read_knowledge(db);
    };
    auto read = co_await pool.read(job, mysql::Lane::background);
    if (!read) co_return std::unexpected(read.error());
    if (*read == nullptr) co_return false;
    source.replace(std::move(*read));
    co_return true;
}

}  // namespace hotline
