#include "server/tasks.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <vector>

using namespace hotline;
using namespace std::chrono_literals;
namespace asio = boost::asio;
using asio::awaitable;

namespace {

// Says in the log when it starts and how it ends.
awaitable<void> sleeper(std::vector<std::string>* log, std::chrono::milliseconds duration) {
    log->push_back("begin");
    try {
        co_await sleep_for(duration);
        log->push_back("slept");
    } catch (const boost::system::system_error&) {
        log->push_back("cancelled");
        throw;
    }
}

awaitable<void> thrower() {
    co_await sleep_for(1ms);
    throw std::runtime_error("broken");
}

awaitable<int> number_after(std::chrono::milliseconds duration) {
    co_await sleep_for(duration);
    co_return 7;
}

awaitable<int> throws_at_once() {
    throw std::logic_error("bad");
    co_return 0;
}

template <class T>
T result_of(awaitable<T> work) {
    asio::io_context io;
    std::optional<T> result;
    std::exception_ptr failure;
    asio::co_spawn(io, std::move(work), [&](std::exception_ptr why, T value) {
        failure = why;
        result = std::move(value);
    });
    io.run();
    if (failure) std::rethrow_exception(failure);
    return *result;
}

}  // namespace

TEST_CASE("a group runs its tasks and can be waited for") {
    asio::io_context io;
    std::vector<std::string> log;
    TaskGroup group(io.get_executor());
    group.spawn("a", sleeper(&log, 5ms));
    group.spawn("b", sleeper(&log, 10ms));
    CHECK(group.size() == 2);
    bool waited = false;
    asio::co_spawn(io, group.wait(), [&](std::exception_ptr why) { waited = !why; });
    io.run();
    CHECK(waited);
    CHECK(log == std::vector<std::string>{"begin", "begin", "slept", "slept"});
}

TEST_CASE("stop cancels what is awaited and refuses what comes later") {
    asio::io_context io;
    std::vector<std::string> log;
    std::vector<std::string> failures;
    TaskGroup group(io.get_executor(), [&](std::string_view name, std::exception_ptr) {
        failures.emplace_back(name);
    });
    group.spawn("a", sleeper(&log, 1h));
    asio::co_spawn(io, sleep_for(5ms), [&](std::exception_ptr) {
        group.stop();
        group.spawn("late", sleeper(&log, 0ms));
    });
    io.run_for(5s);
    CHECK(log == std::vector<std::string>{"begin", "cancelled"});
    CHECK(group.size() == 0);
    CHECK(failures.empty());
}

TEST_CASE("waiting with a limit says whether tasks are left, to several waiters") {
    asio::io_context io;
    std::vector<std::string> log;
    TaskGroup group(io.get_executor());
    group.spawn("a", sleeper(&log, 60ms));
    std::vector<bool> answers(2);
    const auto note = [&](std::size_t i) {
        return [&, i](std::exception_ptr, bool done) { answers[i] = done; };
    };
    asio::co_spawn(io, group.wait_for(10ms), note(0));
    asio::co_spawn(io, group.wait_for(5s), note(1));
    io.run_for(5s);
    CHECK_FALSE(answers[0]);
    CHECK(answers[1]);
}

TEST_CASE("a task that throws is reported by name and the others go on") {
    asio::io_context io;
    std::vector<std::string> log;
    std::string failed;
    TaskGroup group(io.get_executor(), [&](std::string_view name, std::exception_ptr) {
        failed = name;
    });
    group.spawn("good", sleeper(&log, 20ms));
    group.spawn("bad", thrower());
    io.run();
    CHECK(failed == "bad");
    CHECK(log.back() == "slept");
}

TEST_CASE("a group may die before its executor has let go of the tasks") {
    asio::io_context io;
    std::vector<std::string> log;
    {
        TaskGroup group(io.get_executor());
        group.spawn("a", sleeper(&log, 1h));
        io.run_for(5ms);
    }
    CHECK(log == std::vector<std::string>{"begin"});
}

TEST_CASE("a deadline gives the result, or nothing when time is up, or the exception") {
    CHECK(result_of(with_deadline(number_after(1ms), 5s)) == 7);
    const auto started = std::chrono::steady_clock::now();
    CHECK_FALSE(result_of(with_deadline(number_after(1h), 10ms)));
    CHECK_THROWS_AS(result_of(with_deadline(throws_at_once(), 1h)), std::logic_error);
    CHECK(result_of(with_deadline(sleep_for(1ms), 5s)));
    CHECK_FALSE(result_of(with_deadline(sleep_for(1h), 5ms)));
    CHECK(std::chrono::steady_clock::now() - started < 5s);
}
