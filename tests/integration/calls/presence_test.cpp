// Who else is at a ticket, over real sockets, a real bus and real rights (server/live, J1 to J6).
#include "tests/integration/calls/live_world.hpp"

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

namespace {

std::string at(const std::string& ticket, const std::string& doing) {
    return R"({"op":"at","ticket":")" + ticket + R"(","doing":")" + doing + R"("})";
}

// "qian editing, wu viewing": what a screen was told last; "?" before it is told anything.
std::string told(const Listener& screen) {
    if (screen.count("presence") == 0) return "?";
    std::string text;
    for (const auto& one : screen.last("presence").at("people").as_array()) {
        if (!text.empty()) text += ", ";
        text += std::string(one.at("name").as_string()) + " " +
                std::string(one.at("doing").as_string());
    }
    return text;
}

// Two dispatchers, and a ticket both may see.
struct Desk {
    LiveWorld world;
    std::string ticket = world.store.file(CallsStore::appeal("13800138000"));
    Listener* qian = world.listen(world.store.account("qian", Role::dispatcher));
    Listener* wu = world.listen(world.store.account("wu", Role::dispatcher));

    void hears(const Listener* screen, const std::string& people) {
        world.loop.until([&] { return told(*screen) == people; });
        CHECK(screen->last("presence").at("ticket_no").as_string() == ticket);
    }
    void tell(const std::string& json) {
        std::vector<redis::LiveMessage> news;
        news.push_back({.id = {}, .topic = "_presence", .json = json});
        REQUIRE(world.loop.wait(world.bus.publish(std::move(news))));
    }
};

}  // namespace

TEST_CASE("J1, J5: two at one ticket see each other, what the other does, and that he has gone") {
    Desk desk;
    desk.qian->say(at(desk.ticket, "viewing"));
    const auto start = std::chrono::steady_clock::now();
    desk.wu->say(at(desk.ticket, "viewing"));
    desk.hears(desk.qian, "wu viewing");
    const auto took = std::chrono::steady_clock::now() - start;
    MESSAGE(
        "seen after ", std::chrono::duration_cast<std::chrono::milliseconds>(took).count(), " ms"
    );
    desk.hears(desk.wu, "qian viewing");
    desk.wu->say(at(desk.ticket, "editing"));
    desk.hears(desk.qian, "wu editing");
    desk.wu->say(R"({"op":"at"})");
    desk.hears(desk.qian, "");
    desk.wu->say(at(desk.ticket, "editing"));
    desk.hears(desk.qian, "wu editing");
    desk.wu->leave();
    desk.hears(desk.qian, "");
    CHECK_FALSE(desk.qian->over);
}

TEST_CASE("J2: who may not see a ticket is not at it and hears of nobody") {
    Desk desk;
    auto& world = desk.world;
    const auto clerk = world.store.account("sun", Role::unit_clerk, "", "610526.housing");
    const auto elsewhere = world.store.account("zhou", Role::unit_clerk, "", "610526.market");
    const auto auditor = world.store.account("shi", Role::auditor);
    const auto inside = world.listen(clerk);
    const auto outside = world.listen(elsewhere);
    const auto audit = world.listen(auditor);
    desk.qian->say(at(desk.ticket, "viewing"));
    outside->say(at(desk.ticket, "editing"));
    audit->say(at(desk.ticket, "editing"));
    desk.wu->say(at("WN209901010000017", "viewing"));
    inside->say(at(desk.ticket, "editing"));
    desk.hears(desk.qian, "sun editing");
    desk.hears(inside, "qian viewing");
    for (const auto* screen : {outside, audit, desk.wu}) {
        CHECK(screen->count("presence") == 0);
        CHECK_FALSE(screen->over);
    }

    // A5: the ticket turns out to be a complaint about his own unit.
    REQUIRE(world.store.pool.transact_now([&](mysql::Connection& db) -> Result<void> {
        const auto about = small_city::id_of(world.store.city->directory, "610526.housing").value;
        auto done = db.execute("UPDATE ticket SET complained_unit_id=?", {about});
        if (!done) return std::unexpected(done.error());
        done = db.execute(
            "INSERT INTO outbox (ticket_id, seq, next_at) SELECT id, 2, UTC_TIMESTAMP(3) FROM "
            "ticket"
        );
        if (!done) return std::unexpected(done.error());
        return {};
    }));
    desk.hears(desk.qian, "");
}

TEST_CASE("J4: that a manager reads is not told, that he writes is") {
    Desk desk;
    const auto manager = desk.world.listen(desk.world.store.account("ma", Role::manager));
    desk.qian->say(at(desk.ticket, "viewing"));
    desk.hears(desk.qian, "");
    manager->say(at(desk.ticket, "viewing"));
    desk.hears(manager, "qian viewing");
    desk.hears(desk.qian, "");
    manager->say(at(desk.ticket, "editing"));
    desk.hears(desk.qian, "ma editing");
}

TEST_CASE("J6: people of another server are seen, and told of to a server that is new") {
    Desk desk;
    desk.qian->say(at(desk.ticket, "editing"));
    desk.wu->say(at(desk.ticket, "viewing"));
    desk.hears(desk.wu, "qian editing");
    const std::string there = R"({"s":1,"u":99,"n":"zhao","r":"reviewer","t":")" + desk.ticket;
    desk.tell(R"({"server":"b","whole":1,"at":[)" + there + R"(","e":1}]})");
    desk.hears(desk.wu, "qian editing, zhao editing");
    desk.tell(R"({"server":"b","at":[{"s":1}]})");
    desk.hears(desk.wu, "qian editing");
    desk.tell("rubbish");
    desk.tell(R"({"server":"b","at":[7,{"s":"x"}]})");

    // A server that asks is answered with everybody.
    const auto place = desk.world.loop.wait(desk.world.bus.replay("0-0", 1000));
    REQUIRE(place);
    const std::string since = place->messages.back().id;
    desk.tell(R"({"server":"c","whole":1,"ask":1,"at":[]})");
    desk.world.loop.until([&] {
        const auto later = desk.world.loop.wait(desk.world.bus.replay(since, 1000));
        REQUIRE(later);
        for (const auto& message : later->messages) {
            const auto news = presence_in(message);
            if (news && news->server == "a" && news->whole) return news->told.size() == 2;
        }
        return false;
    });
}

TEST_CASE("J6: while Redis is away one server's people see each other") {
    PrivateRedis own;
    LiveWorld world(own);
    const auto qian = world.listen(world.store.account("qian", Role::dispatcher));
    const auto wu = world.listen(world.store.account("wu", Role::dispatcher));
    const auto ticket = world.store.file(CallsStore::appeal("13800138000"));
    own.crash();
    world.loop.until([&] { return !world.commands.connection.available(); });
    qian->say(at(ticket, "viewing"));
    wu->say(at(ticket, "editing"));
    world.loop.until([&] { return told(*qian) == "wu editing"; });
    CHECK_FALSE(qian->over);
}
