#pragma once

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <functional>
#include <utility>

namespace hotline::workers {

// That figures moved, for the boards: told when the sums have them and not before, since a board
// asks but once; at most every so often, but never forgotten.
class FiguresNews {
public:
    using Tell = std::function<boost::asio::awaitable<void>()>;

    explicit FiguresNews(std::chrono::milliseconds every = std::chrono::seconds(2))
        : every_(every) {}

    // Before the first news.
    void tell_by(Tell tell) { tell_ = std::move(tell); }

    // After each look for work, committed: whether there was any.
    boost::asio::awaitable<void> derived(bool something);

private:
    using Clock = std::chrono::steady_clock;

    Tell tell_;
    std::chrono::milliseconds every_;
    bool moved_ = false;
    Clock::time_point next_{};
};

}  // namespace hotline::workers
