#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/actions/appeal_desk.hpp"
#include "server/metrics.hpp"
#include "server/similar_appeals.hpp"
#include "server/workers/intake_pressure.hpp"

#include <boost/asio/awaitable.hpp>

#include <set>

namespace hotline::workers {

// Database → this server's index of similar appeals: reads what there is, from the oldest kept to
// the newest, then follows the changes noted by whichever server derives them
// (actions/derive_tickets), twice a second; a tenth of the time while appeals pour in.
class SimilarAppealsFollower {
public:
    SimilarAppealsFollower(
        mysql::Pool& pool, SimilarAppeals& appeals, const actions::Backlog& intake, Metrics& metrics
    )
        : pool_(pool), appeals_(appeals), metrics_(metrics), pressure_(intake, metrics) {}

    // Until cancelled.
    boost::asio::awaitable<void> run();

    // One step each, for run() and tests: reads everything; takes what changed since.
    boost::asio::awaitable<Result<void>> fill();
    boost::asio::awaitable<Result<void>> follow();

private:
    boost::asio::awaitable<Result<void>> tidy();
    void measure();

    mysql::Pool& pool_;
    SimilarAppeals& appeals_;
    Metrics& metrics_;
    IntakePressure pressure_;
    ticketing::Instant seen_upto_;      // by the store's clock
    std::set<mysql::TextChange> seen_;  // lately: they are read once more than once
    ticketing::Instant next_look_for_late_{};
    ticketing::Instant next_tidying_{};
};

// The appeals of the last days → what is hot. Looks again when something came in; stands back while
// appeals pour in, for some minutes at most.
boost::asio::awaitable<void> watch_hot_topics(
    mysql::Pool& pool, SimilarAppeals& appeals, const actions::Backlog& intake, Metrics& metrics
);

}  // namespace hotline::workers
