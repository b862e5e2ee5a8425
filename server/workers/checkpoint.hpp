#pragma once

#include "integrations/crypto/signature.hpp"
#include "integrations/mysql/pool.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>

namespace hotline::workers {

// Signs a checkpoint over the event chains every `interval`, whichever server's turn it is. Its
// digest goes to the log too: a copy elsewhere proves what this database said at the time.
boost::asio::awaitable<void> sign_checkpoints(
    mysql::Pool& pool, const crypto::Signer& signer, std::chrono::seconds interval
);

}  // namespace hotline::workers
