#include "server/actions/index_search_texts.hpp"

#include "integrations/mysql/search_work.hpp"

namespace hotline::actions {

Result<std::size_t> index_search_texts(mysql::Connection& db, std::size_t limit) {
    const auto work = mysql::take_search_work(db, limit);
    if (!work) return std::unexpected(work.error());
    if (work->rows.empty()) return 0;
    const auto texts = mysql::read_search_texts(db, work->texts);
    if (!texts) return std::unexpected(texts.error());
    if (auto done = mysql::index_texts(db, *texts); !done) return std::unexpected(done.error());
    if (auto done = mysql::finish_search_work(db, work->rows); !done) {
        return std::unexpected(done.error());
    }
    return work->rows.size();
}

}  // namespace hotline::actions
