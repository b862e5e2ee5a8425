#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>

namespace hotline::notices {

// Wakes the one who waits, or lets him not begin to. Event loop's thread only.
class Bell {
public:
    explicit Bell(const boost::asio::any_io_executor& executor) : timer_(executor) {}

    void ring() {
        rung_ = true;
        timer_.cancel();
    }

    // Until it is rung, at most so long. Cancellation of the task itself throws.
    boost::asio::awaitable<void> wait(std::chrono::steady_clock::duration most) {
        if (!rung_) {
            timer_.expires_after(most);
            boost::system::error_code error;
            co_await timer_.async_wait(
                boost::asio::redirect_error(boost::asio::use_awaitable, error)
            );
            const auto state = co_await boost::asio::this_coro::cancellation_state;
            if (state.cancelled() != boost::asio::cancellation_type::none) {
                throw boost::system::system_error(boost::asio::error::operation_aborted);
            }
        }
        rung_ = false;
    }

private:
    boost::asio::steady_timer timer_;
    bool rung_ = false;
};

}  // namespace hotline::notices
