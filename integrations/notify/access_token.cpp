#include "integrations/notify/access_token.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace hotline::notify {

namespace asio = boost::asio;

namespace {

// A token is renewed so long before its end that no call arrives with one that has just run out.
constexpr std::chrono::seconds margin{300};

}  // namespace

AccessToken::AccessToken(asio::any_io_executor executor, Fetch fetch)
    : executor_(std::move(executor)), fetch_(std::move(fetch)) {}

bool AccessToken::good() const {
    return !token_.empty() && std::chrono::steady_clock::now() < until_;
}

void AccessToken::wake() {
    for (auto* timer : waiting_) timer->cancel();
}

asio::awaitable<std::expected<std::string, Sent>> AccessToken::get() {
    while (!good() && fetching_) {
        asio::steady_timer timer(executor_, asio::steady_timer::time_point::max());
        struct Queued {
            std::list<asio::steady_timer*>& queue;
            std::list<asio::steady_timer*>::iterator at;
            ~Queued() { queue.erase(at); }
        };
        const auto at = waiting_.insert(waiting_.end(), &timer);
        const Queued queued{waiting_, at};
        co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
        if (!fetching_ && !good() && failure_) co_return std::unexpected(*failure_);
    }
    if (good()) co_return token_;

    // Even one that is called off lets the next in line fetch.
    struct Fetching {
        AccessToken& token;
        explicit Fetching(AccessToken& t) : token(t) {
            token.fetching_ = true;
            token.failure_.reset();
        }
        ~Fetching() {
            token.fetching_ = false;
            token.wake();
        }
    };
    const Fetching fetching(*this);
    auto fresh = co_await fetch_();
    if (!fresh) {
        failure_ = fresh.error();
        co_return std::unexpected(fresh.error());
    }
    token_ = std::move(fresh->token);
    const auto kept = fresh->lifetime > 2 * margin ? fresh->lifetime - margin : fresh->lifetime / 2;
    until_ = std::chrono::steady_clock::now() + kept;
    co_return token_;
}

void AccessToken::refused(const std::string& token) {
    if (token_ == token) token_.clear();
}

}  // namespace hotline::notify
