#pragma once

#include "integrations/crypto/blind_index.hpp"
#include "integrations/mysql/pool.hpp"
#include "server/actions/appeal_desk.hpp"
#include "server/metrics.hpp"
#include "server/workers/figures_news.hpp"

#include <boost/asio/awaitable.hpp>

namespace hotline::workers {

// Logs → roll-ups and facts. Stands back while appeals pour in until many wait, then keeps pace:
// figures may be late by seconds in a rush, not by its length.
boost::asio::awaitable<void> derive(
    mysql::Pool& pool, const actions::Backlog& intake, Metrics& metrics, FiguresNews& news
);

// Texts and numbers → search. While appeals pour in it takes a tenth of the time.
boost::asio::awaitable<void> index_search(
    mysql::Pool& pool,
    const actions::Backlog& intake,
    Metrics& metrics,
    const crypto::BlindIndex& blind
);

// What was there before an index of search, piece by piece until it is whole; stands back as
// index_search does.
boost::asio::awaitable<void> catch_up_search(
    mysql::Pool& pool,
    const actions::Backlog& intake,
    Metrics& metrics,
    const crypto::BlindIndex& blind
);

}  // namespace hotline::workers
