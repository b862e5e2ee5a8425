#pragma once

#include "server/bell.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>

namespace hotline::workers {

// Whether appeals come so fast that one worker would keep them waiting. A transaction costs about
// as much for ten appeals as for one, so below that one worker takes them together and the others
// stand by; above it the next batch is read while the last is being committed. Of one server, on
// the executor's thread.
class IntakeRush {
public:
    explicit IntakeRush(boost::asio::any_io_executor executor) : began_(std::move(executor)) {}

    // A worker has read so many at once.
    void saw(std::size_t batch);
    bool on() const { return std::chrono::steady_clock::now() < until_; }
    // Until it begins, but not for long: whoever stands by looks then whether anything lies there,
    // since the worker before it may be held up by its store.
    boost::asio::awaitable<void> wait();

private:
    Bell began_;
    std::chrono::steady_clock::time_point until_{};
};

}  // namespace hotline::workers
