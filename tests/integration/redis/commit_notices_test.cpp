#include "integrations/redis/commit_notices.hpp"

#include "tests/integration/redis/loop.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::test;
using redis::CommitNotice;
using redis::CommitOutcome;

namespace {

struct Office {
    Office(Loop& loop, const PrivateRedis& server, const std::string& id)
        : commands(loop, settings_for(server)),
          subscriber(loop.io.get_executor(), beating(server)),
          notices(
              commands.connection,
              subscriber,
              id,
              [this](std::vector<CommitNotice> more) {
                  heard.insert(heard.end(), more.begin(), more.end());
              }
          ),
          loop_(loop) {
        boost::asio::co_spawn(loop.io, subscriber.run(), [this](std::exception_ptr) {
            ended_ = true;
        });
        loop.until([this] { return subscriber.available(); });
        loop.turn_for(20ms);
    }
    ~Office() {
        subscriber.close();
        loop_.until([this] { return ended_; });
    }
    static redis::ConnectionSettings beating(const PrivateRedis& server) {
        auto settings = settings_for(server);
        settings.ping_every = 100ms;
        return settings;
    }

    std::vector<CommitNotice> heard;
    Linked commands;
    redis::Connection subscriber;
    redis::CommitNotices notices;

private:
    Loop& loop_;
    bool ended_ = false;
};

}  // namespace

TEST_CASE("the server that accepted an appeal is told, nobody else, also after a restart") {
    PrivateRedis server;
    Loop loop;
    Office a(loop, server, "a");
    Office b(loop, server, "b");
    const std::vector<CommitNotice> sent = {
        {"T1", CommitOutcome::created},
        {"T2", CommitOutcome::dead_lettered},
    };
    CHECK(loop.wait(a.notices.tell("b", sent)));
    loop.until([&] { return b.heard.size() == 2; });
    CHECK(b.heard == sent);
    CHECK(a.heard.empty());
    CHECK(loop.wait(a.notices.tell("nobody", sent)));

    loop.turn_for(500ms);  // several heartbeats
    CHECK(b.subscriber.available());
    CHECK(b.subscriber.counts().connects == 1);

    server.crash();
    loop.until([&] { return !b.subscriber.available() && !a.commands.connection.available(); });
    CHECK_FALSE(loop.wait(a.notices.tell("b", sent)));
    server.start();
    loop.until([&] { return b.subscriber.available() && a.commands.connection.available(); });
    loop.turn_for(20ms);
    CHECK(loop.wait(a.notices.tell("b", sent)));
    loop.until([&] { return b.heard.size() == 4; });

    // A subscriber hears nothing by nature; only the heartbeat tells a frozen Redis from a quiet
    // one.
    server.freeze();
    loop.until([&] { return !b.subscriber.available(); }, 3s);
    server.thaw();
    loop.until([&] { return b.subscriber.available() && a.commands.connection.available(); });
}
