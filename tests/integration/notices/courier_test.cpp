#include "server/notices/courier.hpp"

#include "integrations/mysql/bulletin_store.hpp"
#include "integrations/mysql/device_store.hpp"
#include "server/actions/step_notices.hpp"
#include "tests/integration/calls/calls_world.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <deque>

using namespace hotline;
using namespace hotline::test;
using notify::Sent;
using ticketing::Role;
using Way = ticketing::notices::Channel;

namespace {

// Answers what it was told to, the last one for ever; keeps what it was given.
class FakeSender : public notify::Sender {
public:
    explicit FakeSender(std::deque<Sent> answers) : answers_(std::move(answers)) {}

    boost::asio::awaitable<Sent> send(notify::Message message) override {
        seen.push_back(std::move(message));
        Sent answer = answers_.front();
        if (answers_.size() > 1) answers_.pop_front();
        co_return answer;
    }

    std::vector<notify::Message> seen;

private:
    std::deque<Sent> answers_;
};

// Never answers.
class HangingSender : public notify::Sender {
public:
    boost::asio::awaitable<Sent> send(notify::Message message) override {
        seen.push_back(std::move(message));
        boost::asio::steady_timer never(co_await boost::asio::this_coro::executor);
        never.expires_at(boost::asio::steady_timer::time_point::max());
        co_await never.async_wait(boost::asio::use_awaitable);
        co_return Sent{};
    }

    std::vector<notify::Message> seen;
};

// One official, and bulletins to him by one channel. Senders outlive it: its couriers end with it.
struct CourierWorld {
    CallsStore store;
    Loop loop;
    Metrics metrics;
    std::vector<std::string> failed;
    TaskGroup tasks{loop.io.get_executor(), [this](std::string_view task, std::exception_ptr) {
                        failed.emplace_back(task);
                    }};
    std::vector<std::unique_ptr<notices::Courier>> couriers;
    ticketing::UserId author = store.account("author", Role::supervisor);
    ticketing::UserId official = store.account("official", Role::official);
    notices::CourierSettings settings;

    CourierWorld() {
        for (const char* table : {"notice", "notice_delivery", "bulletin", "device"}) {
            store.now([&](mysql::Connection& db) {
                return db.execute("DELETE FROM " + std::string(table));
            });
        }
        settings.look_every = 5ms;
        settings.first_retry = 1ms;
        settings.longest_retry = 5ms;
    }
    ~CourierWorld() {
        // On the loop's own thread: a task that ends meanwhile would not be there any more to be
        // called off.
        boost::asio::post(loop.io, [this] { tasks.stop(); });
        loop.until([&] { return tasks.size() == 0; });
        CHECK(failed.empty());
    }

    // A delivery by this channel is due.
    void tell(Way channel) {
        mysql::Bulletin bulletin;
        bulletin.at = hotline::now();
        bulletin.author = author;
        bulletin.title = "通知";
        bulletin.body = "内容";
        store.now([&](mysql::Connection& db) { return mysql::add_bulletin(db, bulletin); });
        actions::NoticeWays ways;
        ways.channels.add(channel);
        ways.rules.quiet_from = ways.rules.quiet_to;  // whatever the clock says
        store.now([&](mysql::Connection& db) {
            return actions::step_notices(db, *store.city, ways, hotline::now(), 100);
        });
    }
    void start(Way channel, notify::Sender& sender) {
        couriers.push_back(std::make_unique<notices::Courier>(
            channel,
            sender,
            store.pool,
            metrics,
            loop.io.get_executor(),
            notices::GateSettings{.per_second = 1000},
            settings
        ));
        couriers.back()->start(tasks);
    }
    std::uint64_t number(const std::string& sql) {
        const auto rows = store.pool.read_now([&](mysql::Connection& db) { return db.query(sql); });
        REQUIRE(rows);
        return rows->empty() ? 0 : rows->front().unsigned_integer(0);
    }
    void until(const std::string& sql, std::uint64_t wanted) {
        loop.until([&] { return number(sql) == wanted; });
    }
    void add_device() {
        mysql::Device device;
        device.id = "11111111-2222-4333-8444-555555555555";
        device.account = official;
        device.name = "华为";
        device.endpoint = "https://push.example.org/x";
        device.p256dh = "key";
        device.auth = "auth";
        device.created_at = device.seen_at = hotline::now();
        store.now([&](mysql::Connection& db) { return mysql::keep_device(db, device); });
    }
};

const std::string state_sql = "SELECT state FROM notice_delivery";

}  // namespace

TEST_CASE("G17: a channel that fails is tried again until it takes it, always under the same id") {
    FakeSender sender(
        {{notify::Outcome::later}, {notify::Outcome::later}, {notify::Outcome::accepted}}
    );
    CourierWorld world;
    world.tell(Way::wecom);
    world.start(Way::wecom, sender);
    world.until(state_sql, 2);
    REQUIRE(sender.seen.size() == 3);
    CHECK(sender.seen[0].id == sender.seen[2].id);
    CHECK(sender.seen[0].address == "official");
    CHECK(sender.seen[0].text == "内容");
    CHECK(world.number("SELECT attempts FROM notice_delivery") == 3);
    CHECK(world.number("SELECT COUNT(*) FROM notice WHERE delivered_at IS NOT NULL") == 1);
}

TEST_CASE("a channel that asks to wait is left alone as long as it asked, by all that is due") {
    FakeSender sender({{notify::Outcome::later, 3600s, "", "busy"}});
    CourierWorld world;
    world.tell(Way::wecom);
    world.start(Way::wecom, sender);
    world.until("SELECT attempts FROM notice_delivery", 1);
    CHECK(world.number(state_sql) == 1);
    CHECK(
        world.number("SELECT COUNT(*) FROM notice_delivery WHERE next_at>UTC_TIMESTAMP()+INTERVAL "
                     "3500 SECOND") == 1
    );
    // Another message of the channel waits with it: the courier has looked and not taken it.
    world.tell(Way::wecom);
    world.couriers.front()->ring();
    world.loop.turn_for(30ms);
    CHECK(sender.seen.size() == 1);
}

TEST_CASE("what a server had in hand when its channel hung is sent by another, under the same id") {
    HangingSender hangs;
    FakeSender answers({{notify::Outcome::accepted}});
    CourierWorld world;
    world.settings.lease = 50ms;
    world.tell(Way::wecom);
    world.start(Way::wecom, hangs);
    world.loop.until([&] { return !hangs.seen.empty(); });
    world.start(Way::wecom, answers);
    world.until(state_sql, 2);
    REQUIRE(!answers.seen.empty());
    CHECK(answers.seen[0].id == hangs.seen[0].id);
}

TEST_CASE("what is refused for good is not tried again, and a dead address is forgotten") {
    FakeSender refuses({{notify::Outcome::refused}}), gone({{notify::Outcome::gone}});
    CourierWorld world;
    SUBCASE("refused") {
        FakeSender& sender = refuses;
        world.tell(Way::wecom);
        world.start(Way::wecom, sender);
        world.until(state_sql, 3);
        CHECK(sender.seen.size() == 1);
        CHECK(world.number("SELECT COUNT(*) FROM notice_delivery WHERE next_at IS NULL") == 1);
    }
    SUBCASE("gone") {
        world.add_device();
        FakeSender& sender = gone;
        world.tell(Way::web_push);
        world.start(Way::web_push, sender);
        world.until(state_sql, 3);
        CHECK(sender.seen.at(0).push.endpoint == "https://push.example.org/x");
        CHECK(world.number("SELECT COUNT(*) FROM device WHERE endpoint=''") == 1);
    }
    CHECK(world.number("SELECT COUNT(*) FROM notice WHERE delivered_at IS NOT NULL") == 0);
}
