#include "server/api/asked_once.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <vector>

using namespace hotline;
using namespace std::chrono_literals;

namespace {

const ticketing::Instant asked_at{1'000'000ms};

// Pages that ask; what they are told is ready when the test says so.
struct Pages {
    boost::asio::io_context io;
    api::AskedOnce<int> figures{2s, 4};
    boost::asio::steady_timer ready{io, boost::asio::steady_timer::time_point::max()};
    int worked_out = 0;
    bool fails = false;
    bool breaks = false;
    std::vector<Result<int>> told;

    boost::asio::awaitable<Result<int>> work_out() {
        const int mine = ++worked_out;
        co_await ready.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
        if (breaks) throw std::runtime_error("gone");
        if (fails) co_return fail(ErrorCode::store_unavailable);
        co_return mine;
    }
    boost::asio::awaitable<void> page(ticketing::Instant now) {
        auto working = [this] { return work_out(); };
        told.push_back(co_await figures.answer("rates", now, std::move(working)));
    }
    void ask(ticketing::Instant now) {
        boost::asio::co_spawn(io, page(now), boost::asio::detached);
        turn();
    }
    void turn() {
        io.restart();
        io.poll();
    }
    void be_ready() {
        ready.cancel();
        turn();
    }
};

}  // namespace

TEST_CASE("what many ask at once is worked out once, and told to all of them") {
    Pages pages;
    for (int i = 0; i < 10; ++i) pages.ask(asked_at);
    CHECK(pages.worked_out == 1);
    CHECK(pages.told.empty());
    pages.be_ready();
    REQUIRE(pages.told.size() == 10);
    for (const auto& told : pages.told) CHECK(told == 1);
    pages.ask(asked_at + 1s);
    CHECK(pages.told.back() == 1);
    CHECK(pages.worked_out == 1);
}

TEST_CASE("a failure is told to all who wait, and not kept") {
    Pages pages;
    pages.fails = true;
    pages.ask(asked_at);
    pages.ask(asked_at);
    pages.be_ready();
    REQUIRE(pages.told.size() == 2);
    CHECK_FALSE(pages.told[0]);
    CHECK_FALSE(pages.told[1]);
    CHECK(pages.worked_out == 1);
    pages.ask(asked_at);
    CHECK(pages.worked_out == 2);
}

TEST_CASE("who asks because figures moved does not wait for an answer of before") {
    Pages pages;
    pages.ask(asked_at);
    pages.figures.forget(asked_at + 1ms);
    pages.ask(asked_at + 2ms);
    pages.ask(asked_at + 2ms);
    CHECK(pages.worked_out == 2);
    pages.be_ready();
    REQUIRE(pages.told.size() == 3);
    pages.ask(asked_at + 3ms);
    CHECK(pages.told.back() == 2);
    CHECK(pages.worked_out == 2);
}

TEST_CASE("when the one who works it out goes away, another of those who wait does") {
    Pages pages;
    pages.breaks = true;
    pages.ask(asked_at);
    pages.ask(asked_at);
    pages.ask(asked_at);
    pages.ready.cancel();
    pages.io.restart();
    // What breaks off ends its own request only.
    CHECK_NOTHROW(pages.io.poll());
    CHECK(pages.worked_out == 2);
    pages.breaks = false;
    pages.be_ready();
    REQUIRE(pages.told.size() == 2);
    CHECK(pages.told[0] == 2);
    CHECK(pages.told[1] == 2);
}
