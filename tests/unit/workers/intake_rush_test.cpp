#include "server/workers/intake_rush.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <doctest/doctest.h>

using namespace hotline;

TEST_CASE("a batch of many begins a rush, and whoever stands by is woken") {
    boost::asio::io_context io;
    workers::IntakeRush rush(io.get_executor());
    int woken = 0;
    const auto stand_by = [&]() -> boost::asio::awaitable<void> {
        co_await rush.wait();
        ++woken;
    };
    boost::asio::co_spawn(io, stand_by(), boost::asio::detached);
    io.poll();
    rush.saw(47);
    io.poll();
    CHECK_FALSE(rush.on());
    CHECK(woken == 0);
    rush.saw(48);
    io.poll();
    CHECK(rush.on());
    CHECK(woken == 1);
    rush.saw(1);
    CHECK(rush.on());  // the end of a batch is not the end of the rush
}

TEST_CASE("whoever stands by looks by himself after a moment: the others may be held up") {
    boost::asio::io_context io;
    workers::IntakeRush rush(io.get_executor());
    bool looked = false;
    const auto stand_by = [&]() -> boost::asio::awaitable<void> {
        co_await rush.wait();
        looked = true;
    };
    boost::asio::co_spawn(io, stand_by(), boost::asio::detached);
    io.run();
    CHECK(looked);
    CHECK_FALSE(rush.on());
}
