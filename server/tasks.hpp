#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <exception>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace hotline {

// Told of a task that ended with an exception other than its own cancellation. `name` is the name
// it was spawned with.
using TaskFailure = std::function<void(std::string_view name, std::exception_ptr)>;

// Owns every coroutine spawned through it, so that none outlives what it refers to: whoever
// destroys the group has awaited wait() or stops running the executor first. All calls on the
// executor's thread.
class TaskGroup {
public:
    TaskGroup(boost::asio::any_io_executor executor, TaskFailure on_failure = {});
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;
    ~TaskGroup();

    // Starts `task` on the group's executor, not before the caller yields. `name` must outlive it
    // (a literal). After stop() the task is dropped unstarted.
    void spawn(std::string_view name, boost::asio::awaitable<void> task);

    // Cancels what each task waits for, now and for every later wait; refuses new ones.
    void stop();

    // Returns when no task is left.
    boost::asio::awaitable<void> wait();
    // The same with a limit; false when tasks were left at its end.
    boost::asio::awaitable<bool> wait_for(std::chrono::steady_clock::duration limit);

    std::size_t size() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

// Sleeps; returns early and normally never: cancellation throws operation_aborted.
boost::asio::awaitable<void> sleep_for(std::chrono::steady_clock::duration duration);

namespace tasks_detail {

template <class T>
boost::asio::awaitable<std::expected<T, std::exception_ptr>> captured(boost::asio::awaitable<T> work
) {
    try {
        if constexpr (std::is_void_v<T>) {
            co_await std::move(work);
            co_return std::expected<void, std::exception_ptr>();
        } else {
            co_return co_await std::move(work);
        }
    } catch (...) {
        co_return std::unexpected(std::current_exception());
    }
}

}  // namespace tasks_detail

// The result of `work`, or nothing when `limit` passed first; then what `work` waits for is
// cancelled and its end is awaited, so `work` must honour cancellation. Exceptions of `work` come
// through. awaitable<void> gives true or, at the limit, nothing.
template <class T>
boost::asio::awaitable<std::optional<std::conditional_t<std::is_void_v<T>, bool, T>>> with_deadline(
    boost::asio::awaitable<T> work, std::chrono::steady_clock::duration limit
) {
    using namespace boost::asio::experimental::awaitable_operators;
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, limit);
    // `||` takes an exception for "not finished yet" and would sit out the timer: hence captured().
    auto first = co_await (
        tasks_detail::captured(std::move(work)) || timer.async_wait(boost::asio::use_awaitable)
    );
    if (first.index() == 1) co_return std::nullopt;
    auto& result = std::get<0>(first);
    if (!result) std::rethrow_exception(result.error());
    if constexpr (std::is_void_v<T>) {
        co_return true;
    } else {
        co_return std::move(*result);
    }
}

}  // namespace hotline
