#include "server/workers/knowledge_watch.hpp"

#include "server/log.hpp"
#include "server/tasks.hpp"

namespace hotline::workers {

using namespace std::chrono_literals;

boost::asio::awaitable<void> watch_knowledge(mysql::Pool& pool, KnowledgeSource& source) {
    for (;;) {
        const auto read = co_await refresh_knowledge(pool, source);
        if (read && *read) {
            const auto base = source.current();
            log::write(
                log::Level::info,
                "knowledge base in force",
                {{"revision", static_cast<std::int64_t>(base->revision)},
                 {"articles", static_cast<std::int64_t>(base->articles.size())}}
            );
        }
        // A database that is away is said elsewhere; the snapshot in force stays.
        co_await sleep_for(1s);
    }
}

}  // namespace hotline::workers
