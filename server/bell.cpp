#include "server/bell.hpp"

#include "server/tasks.hpp"

#include <boost/asio/as_tuple.hpp>

namespace hotline {

void Bell::ring() {
    for (boost::asio::steady_timer* timer : waiting_) timer->cancel();
}

boost::asio::awaitable<void> Bell::wait(std::chrono::steady_clock::duration most) {
    namespace asio = boost::asio;
    asio::steady_timer timer(executor_, most);
    const auto place = waiting_.insert(waiting_.end(), &timer);
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    waiting_.erase(place);
    // A ring also ends a wait that was cancelled for good; this throws then.
    co_await sleep_for(std::chrono::milliseconds(0));
}

}  // namespace hotline
