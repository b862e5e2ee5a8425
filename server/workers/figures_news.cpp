#include "server/workers/figures_news.hpp"

namespace hotline::workers {

boost::asio::awaitable<void> FiguresNews::derived(bool something) {
    moved_ = moved_ || something;
    if (!moved_ || !tell_ || Clock::now() < next_) co_return;
    moved_ = false;
    next_ = Clock::now() + every_;
    co_await tell_();
}

}  // namespace hotline::workers
