#include "server/bell.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <doctest/doctest.h>

using namespace hotline;
using namespace std::chrono_literals;

TEST_CASE("a bell wakes all who wait for it, and nobody waits longer than he said") {
    boost::asio::io_context io;
    Bell bell(io.get_executor());
    int woken = 0;
    const auto wait = [&](std::chrono::milliseconds most) -> boost::asio::awaitable<void> {
        co_await bell.wait(most);
        ++woken;
    };
    for (int one = 0; one < 2; ++one) {
        boost::asio::co_spawn(io, wait(1h), boost::asio::detached);
    }
    io.poll();
    CHECK(woken == 0);
    bell.ring();
    io.run();
    CHECK(woken == 2);
    bell.ring();
    boost::asio::co_spawn(io, wait(1ms), boost::asio::detached);
    io.restart();
    io.run();
    CHECK(woken == 3);
}
