#include "server/tasks.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/system/system_error.hpp>

#include <list>
#include <utility>

namespace hotline {

namespace asio = boost::asio;

struct TaskGroup::State {
    asio::any_io_executor executor;
    TaskFailure on_failure;
    std::list<asio::cancellation_signal> signals;
    asio::steady_timer empty;
    bool stopped = false;

    State(asio::any_io_executor e, TaskFailure f)
        : executor(std::move(e)), on_failure(std::move(f)), empty(executor) {}
};

namespace {

bool is_cancellation(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const boost::system::system_error& e) {
        return e.code() == asio::error::operation_aborted;
    } catch (...) {
        return false;
    }
}

}  // namespace

TaskGroup::TaskGroup(asio::any_io_executor executor, TaskFailure on_failure)
    : state_(std::make_shared<State>(std::move(executor), std::move(on_failure))) {}

// The state lives on with the tasks' completion handlers; the signals must not be emitted any more.
TaskGroup::~TaskGroup() {
    state_->stopped = true;
}

void TaskGroup::spawn(std::string_view name, asio::awaitable<void> task) {
    if (state_->stopped) return;
    auto state = state_;
    auto signal = state->signals.emplace(state->signals.end());
    auto finished = [state, signal, name](std::exception_ptr failure) {
        if (failure && state->on_failure && !is_cancellation(failure)) {
            state->on_failure(name, failure);
        }
        state->signals.erase(signal);
        if (state->signals.empty()) state->empty.cancel();
    };
    asio::co_spawn(
        state->executor,
        std::move(task),
        asio::bind_cancellation_slot(signal->slot(), std::move(finished))
    );
}

void TaskGroup::stop() {
    state_->stopped = true;
    // A cancelled operation completes through the executor, never inside emit(): the list stays as
    // it is.
    for (auto& signal : state_->signals) signal.emit(asio::cancellation_type::terminal);
}

asio::awaitable<bool> TaskGroup::wait_for(std::chrono::steady_clock::duration limit) {
    auto state = state_;
    if (state->signals.empty()) co_return true;
    // expires_after() would end another waiter's sleep; each re-checks, so that costs only a turn.
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!state->signals.empty() && std::chrono::steady_clock::now() < end) {
        state->empty.expires_at(end);
        co_await state->empty.async_wait(asio::as_tuple(asio::use_awaitable));
        // as_tuple keeps the timer's own cancellation quiet; the waiter's is thrown by the next
        // await.
    }
    co_return state->signals.empty();
}

asio::awaitable<void> TaskGroup::wait() {
    // Not in the loop's condition: g++ 12 loses the frame there.
    for (bool empty = false; !empty;) {
        empty = co_await wait_for(std::chrono::hours(24));
    }
}

std::size_t TaskGroup::size() const {
    return state_->signals.size();
}

asio::awaitable<void> sleep_for(std::chrono::steady_clock::duration duration) {
    asio::steady_timer timer(co_await asio::this_coro::executor, duration);
    co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace hotline
