#include "server/misroute_source.hpp"

#include "integrations/mysql/misroute_store.hpp"

namespace hotline {

Result<MisroutesPtr> read_misroutes(mysql::Connection& db, ticketing::Instant now) {
    const auto lessons = mysql::read_lessons(db, now - ticketing::Misroutes::memory);
    if (!lessons) return std::unexpected(lessons.error());
    return std::make_shared<const ticketing::Misroutes>(lessons->misroutes, lessons->kept, now);
}

}  // namespace hotline
