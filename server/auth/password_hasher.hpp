#pragma once

#include "integrations/crypto/password.hpp"
#include "ticketing/errors.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace hotline::auth {

// argon2id on threads of its own, so that log-ins never stall the I/O thread, and no more than
// `max_waiting` at a time: past it queue_full, since each waiting one is a person at a screen.
class PasswordHasher {
public:
    // The pool outlives the hasher. Makes one hash here, blocking, for verify_nothing().
    PasswordHasher(
        boost::asio::thread_pool& pool, crypto::PasswordCost cost, std::size_t max_waiting = 64
    );

    boost::asio::awaitable<Result<bool>> verify(std::string password, std::string hash);
    // The same work for a name that is no account; always false.
    boost::asio::awaitable<Result<bool>> verify_nothing(std::string password);
    boost::asio::awaitable<Result<std::string>> hash(std::string password);

    const crypto::PasswordCost& cost() const { return cost_; }
    // How many passwords were verified, strangers' included.
    std::uint64_t verifications() const { return *verifications_; }

private:
    boost::asio::thread_pool& pool_;
    crypto::PasswordCost cost_;
    std::size_t max_waiting_;
    std::string nobodys_hash_;
    // Shared with jobs under way, which outlive a cancelled caller.
    std::shared_ptr<std::atomic<std::size_t>> waiting_;
    std::shared_ptr<std::atomic<std::uint64_t>> verifications_;
};

}  // namespace hotline::auth
