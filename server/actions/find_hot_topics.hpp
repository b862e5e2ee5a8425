#pragma once

#include "server/similar_appeals.hpp"

namespace hotline::actions {

// What many enterprises told within the last days (D9 to D11), out of the texts in the database. Of
// more than fifty thousand appeals the newest are looked at.
Result<HotTopics> find_hot_topics(
    mysql::Connection& db, const SimilarAppeals& appeals, ticketing::Instant now
);

}  // namespace hotline::actions
