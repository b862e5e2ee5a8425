#include "server/auth/password_hasher.hpp"

#include "integrations/crypto/token.hpp"
#include "server/cpu_pool.hpp"

#include <stdexcept>

namespace hotline::auth {

namespace asio = boost::asio;

PasswordHasher::PasswordHasher(
    asio::thread_pool& pool, crypto::PasswordCost cost, std::size_t max_waiting
)
    : pool_(pool),
      cost_(cost),
      max_waiting_(max_waiting),
      waiting_(std::make_shared<std::atomic<std::size_t>>(0)),
      verifications_(std::make_shared<std::atomic<std::uint64_t>>(0)) {
    auto made = crypto::hash_password(crypto::random_token(), cost_);
    if (!made) throw std::runtime_error(made.error().detail);
    nobodys_hash_ = std::move(*made);
}

asio::awaitable<Result<bool>> PasswordHasher::verify(std::string password, std::string hash) {
    if (waiting_->fetch_add(1) >= max_waiting_) {
        waiting_->fetch_sub(1);
        co_return fail(ErrorCode::queue_full);
    }
    auto job = [password = std::move(password),
                hash = std::move(hash),
                waiting = waiting_,
                verifications = verifications_] {
        const bool good = crypto::verify_password(password, hash);
        verifications->fetch_add(1);
        waiting->fetch_sub(1);
        return good;
    };
    co_return co_await on_pool(pool_, std::move(job));
}

asio::awaitable<Result<bool>> PasswordHasher::verify_nothing(std::string password) {
    auto verified = co_await verify(std::move(password), nobodys_hash_);
    if (!verified) co_return std::unexpected(verified.error());
    co_return false;
}

asio::awaitable<Result<std::string>> PasswordHasher::hash(std::string password) {
    if (waiting_->fetch_add(1) >= max_waiting_) {
        waiting_->fetch_sub(1);
        co_return fail(ErrorCode::queue_full);
    }
    auto job = [password = std::move(password), cost = cost_, waiting = waiting_] {
        auto made = crypto::hash_password(password, cost);
        waiting->fetch_sub(1);
        return made;
    };
    co_return co_await on_pool(pool_, std::move(job));
}

}  // namespace hotline::auth
