#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <list>

namespace hotline {

// Something is new: whoever waits for it looks again. All on the executor's thread.
class Bell {
public:
    explicit Bell(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}

    void ring();
    // Until it rings, at most so long. Cancellation throws operation_aborted.
    boost::asio::awaitable<void> wait(std::chrono::steady_clock::duration most);

private:
    boost::asio::any_io_executor executor_;
    std::list<boost::asio::steady_timer*> waiting_;
};

}  // namespace hotline
