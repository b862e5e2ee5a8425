#include "tests/integration/redis/loop.hpp"

#include <boost/asio/detached.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

using namespace hotline;
using namespace hotline::test;
using boost::asio::awaitable;
using redis::command_of;

namespace {

awaitable<void> echo_many(redis::Connection& connection, int first, std::atomic<int>& right) {
    for (int i = first; i < first + 200; ++i) {
        const std::string word = std::to_string(i);
        const auto reply = co_await connection.command(command_of("ECHO", word));
        if (reply && reply->text == word) ++right;
    }
}

}  // namespace

TEST_CASE("coroutines of several threads share one connection") {
    PrivateRedis server;
    Loop loop;
    Linked link(loop, settings_for(server, 20s));
    std::atomic<int> right = 0;
    std::atomic<int> ended = 0;
    // They outlive the connection's thread of control, which posts the replies into them.
    boost::asio::io_context contexts[] = {boost::asio::io_context(1), boost::asio::io_context(1)};
    const auto work = [&](int number) {
        auto& io = contexts[number];
        for (int i = 0; i < 20; ++i) {
            const int first = (number * 20 + i) * 1000;
            boost::asio::co_spawn(
                io, echo_many(link.connection, first, right), boost::asio::detached
            );
        }
        io.run();
        ++ended;
    };
    std::thread one(work, 0);
    std::thread two(work, 1);
    loop.until([&] { return ended == 2; });
    one.join();
    two.join();
    CHECK(right == 2 * 20 * 200);
}

TEST_CASE("closing from another thread fails what is outstanding there") {
    PrivateRedis server;
    Loop loop;
    Linked link(loop, settings_for(server));
    std::atomic<bool> failed = false;
    const auto block = [](redis::Connection& c, std::atomic<bool>& flag) -> awaitable<void> {
        flag = !co_await c.command(command_of("BLPOP", "nothing", "0"), 60s);
    };
    boost::asio::io_context io{1};
    std::thread other([&] {
        boost::asio::co_spawn(io, block(link.connection, failed), boost::asio::detached);
        io.run_for(100ms);
        link.connection.close();
        io.run();
    });
    loop.until([&] { return failed.load(); });
    other.join();
    CHECK_FALSE(link.connection.available());
}
