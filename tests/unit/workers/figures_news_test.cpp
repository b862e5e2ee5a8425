#include "server/workers/figures_news.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <doctest/doctest.h>

#include <thread>

using namespace hotline;
using namespace std::chrono_literals;

namespace {

struct Board {
    boost::asio::io_context io;
    workers::FiguresNews news;
    int told = 0;

    explicit Board(std::chrono::milliseconds every) : news(every) {
        news.tell_by([this]() -> boost::asio::awaitable<void> {
            ++told;
            co_return;
        });
    }
    void derived(bool something) {
        boost::asio::co_spawn(io, news.derived(something), boost::asio::detached);
        io.restart();
        io.run();
    }
};

}  // namespace

TEST_CASE("that figures moved is told when they did, at most every so often") {
    Board board(1h);
    board.derived(false);
    CHECK(board.told == 0);
    board.derived(true);
    CHECK(board.told == 1);
    board.derived(true);
    CHECK(board.told == 1);
}

TEST_CASE("what moved too soon after the last news is told by a later look, also an empty one") {
    Board board(5ms);
    board.derived(true);
    board.derived(true);
    std::this_thread::sleep_for(6ms);
    board.derived(false);
    CHECK(board.told == 2);
    std::this_thread::sleep_for(6ms);
    board.derived(false);
    CHECK(board.told == 2);
}
