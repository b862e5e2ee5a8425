#include "tests/integration/calls/live_world.hpp"

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

TEST_CASE("a ringing call is before its agent in no time, with the firm and its last tickets") {
    LiveWorld world;
    const auto li = world.store.account("li", Role::agent, "8001");
    const auto wu = world.store.account("wu", Role::agent, "8002");
    const auto zhao = world.store.account("zhao", Role::supervisor);
    world.store.enterprise(7, "蒲城果业", "13800138000");
    auto earlier = CallsStore::appeal("13800138000");
    earlier.enterprise = {7};
    const auto number = world.store.file(earlier);
    const auto screen = world.listen(li);
    const auto other = world.listen(wu);
    const auto board = world.listen(zhao);

    const auto start = std::chrono::steady_clock::now();
    REQUIRE(world.ring("c1", "8001", "+8613800138000").status == 202);
    world.loop.until([&] { return screen->count("call_changed") == 1; });
    const auto took = std::chrono::steady_clock::now() - start;
    MESSAGE(
        "POST to screen: ",
        std::chrono::duration_cast<std::chrono::milliseconds>(took).count(),
        " ms"
    );
    CHECK(took < 1500ms);  // 300 ms are the aim; a loaded machine is not the code's fault

    const auto& call = screen->last("call_changed").at("data");
    CHECK(call.at("call_id") == "c1");
    CHECK(call.at("state") == "ringing");
    CHECK(call.at("ani") == "13800138000");
    CHECK(call.at("enterprise").at("name") == "蒲城果业");
    CHECK(call.at("history").at(0).at("ticket_no").as_string() == number);

    world.loop.until([&] { return board->count("call_changed") == 1; });
    world.ring("c2", "no such extension", "13800138000");
    world.loop.until([&] { return board->count("call_changed") == 2; });
    CHECK(other->count("call_changed") == 0);
    CHECK(screen->count("call_changed") == 1);
}

TEST_CASE("a call that rings on at another agent leaves the first one's screen") {
    LiveWorld world;
    const auto first = world.listen(world.store.account("li", Role::agent, "8001"));
    const auto second = world.listen(world.store.account("wu", Role::agent, "8002"));
    world.ring("c1", "8001", "13800138000");
    world.loop.until([&] { return first->count("call_changed") == 1; });
    world.post_events(
        R"([{"event_id":"on","occurred_at":"2026-11-24T01:00:20Z","type":"call.ringing",)"
        R"("call_id":"c1","agent":"8002"}])"
    );
    world.loop.until([&] { return second->count("call_changed") == 1; });
    world.loop.until([&] { return first->count("call_changed") == 2; });
    CHECK(first->last("call_changed").at("data").at("state") == "transferred");
    CHECK(second->last("call_changed").at("data").at("state") == "ringing");
}

TEST_CASE("a ticket filed with a call shows on the call") {
    LiveWorld world;
    const auto li = world.store.account("li", Role::agent, "8001");
    const auto screen = world.listen(li);
    world.ring("c1", "8001", "13800138000");
    world.loop.until([&] { return screen->count("call_changed") == 1; });
    auto appeal = CallsStore::appeal("13800138000");
    appeal.call_id = "c1";
    const auto number = world.store.file(appeal);
    world.call_feed.filed("c1");
    world.loop.until([&] { return screen->count("call_changed") == 2; });
    CHECK(screen->last("call_changed").at("data").at("ticket_no").as_string() == number);
}

TEST_CASE("A2: a change reaches those who may see the ticket, as they may see it, and nobody else"
) {
    LiveWorld world;
    const auto agent = world.store.account("li", Role::agent, "8001");
    const auto other_agent = world.store.account("wu", Role::agent, "8002");
    const auto dispatcher = world.store.account("qian", Role::dispatcher);
    const auto clerk = world.store.account("sun", Role::unit_clerk, "", "610526.housing");
    const auto elsewhere = world.store.account("zhou", Role::unit_clerk, "", "610526.market");
    const auto auditor = world.store.account("shi", Role::auditor);
    const auto filed_by = world.listen(agent);
    const auto not_filed_by = world.listen(other_agent);
    const auto desk = world.listen(dispatcher);
    const auto unit = world.listen(clerk);
    const auto other_unit = world.listen(elsewhere);
    const auto audit = world.listen(auditor);
    CHECK(audit->frames.back().at("topics").as_array().empty());

    auto appeal = CallsStore::appeal("13800138000");
    appeal.created_by = agent;
    appeal.title = "厂房施工许可，电话13912345678";
    appeal.enterprise_name = "某厂";
    appeal.appellant.confidential = true;
    const auto number = world.store.file(appeal);
    world.loop.until([&] {
        return filed_by->count("ticket_changed") == 1 && desk->count("ticket_changed") == 1 &&
               unit->count("ticket_changed") == 1;
    });
    int forgotten = 0;  // what was answered before
    world.feed.on_figures([&] { ++forgotten; });
    world.loop.spawn(world.feed.tell_figures());
    world.loop.until([&] { return other_unit->count("kpi_changed") == 1; });
    CHECK(forgotten == 1);
    world.feed.on_figures({});
    CHECK(other_unit->count("ticket_changed") == 0);
    CHECK(not_filed_by->count("ticket_changed") == 0);
    CHECK(audit->count("ticket_changed") == 0);

    const auto& full = desk->last("ticket_changed").at("data");
    CHECK(full.at("ticket_no").as_string() == number);
    CHECK(full.at("enterprise_name") == "某厂");
    CHECK(full.at("unit_name") == "蒲城县住建局");
    CHECK(full.at("title").as_string().find("139****5678") != std::string::npos);
    const auto& hidden = unit->last("ticket_changed").at("data").as_object();
    CHECK_FALSE(hidden.contains("enterprise_name"));
}

TEST_CASE("A5: a complaint does not reach the unit it is about") {
    LiveWorld world;
    const auto housing = world.store.account("sun", Role::unit_clerk, "", "610526.housing");
    const auto dispatcher = world.store.account("qian", Role::dispatcher);
    const auto unit = world.listen(housing);
    const auto desk = world.listen(dispatcher);
    const auto id = world.store.file(CallsStore::appeal("13800138000"));
    world.loop.until([&] { return unit->count("ticket_changed") == 1; });
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
    world.loop.until([&] { return desk->count("ticket_changed") == 2; });
    CHECK(unit->count("ticket_changed") == 1);
}

TEST_CASE("who comes back hears what he missed, once; who was away too long has to fetch anew") {
    LiveWorld world;
    const auto dispatcher = world.store.account("qian", Role::dispatcher);
    auto desk = world.listen(dispatcher, R"(["tickets"])");
    world.store.file(CallsStore::appeal("13800138000"));
    world.loop.until([&] { return desk->count("ticket_changed") == 1; });
    const std::string since(desk->last("ticket_changed").at("id").as_string());
    desk->leave();
    world.loop.until([&] { return desk->over && world.feed.hub().stats().sessions == 0; });
    const auto missed = world.store.file(CallsStore::appeal("13800138000"));
    world.loop.turn_for(600ms);

    const auto back = world.listen(dispatcher, R"(["tickets"])", since);
    world.loop.until([&] { return back->count("ticket_changed") == 1; });
    CHECK(back->last("ticket_changed").at("data").at("ticket_no").as_string() == missed);
    CHECK(back->count("resync") == 0);

    const auto lost = world.listen(dispatcher, R"(["tickets"])", "999999999999999-0");
    world.loop.until([&] { return lost->count("resync") == 1; });
    const auto rubbish = world.listen(dispatcher, R"(["tickets"])", "rubbish");
    world.loop.until([&] { return rubbish->count("resync") == 1; });
}

TEST_CASE("a feed ends with its session: at once when the account is ended, else within two seconds"
) {
    LiveWorld world;
    const auto li = world.store.account("li", Role::agent, "8001");
    const auto wu = world.store.account("wu", Role::agent, "8002");
    const auto screen = world.listen(li);
    const auto stays = world.listen(wu);
    REQUIRE(world.store.pool.transact_now([&](mysql::Connection& db) {
        return mysql::set_disabled(db, li, true);
    }));
    world.sessions.account_ended(li);
    world.loop.until([&] { return screen->over; }, 2s);
    CHECK(screen->code == 4001);
    CHECK_FALSE(stays->over);

    // As by another server, which this one hears nothing of.
    REQUIRE(world.store.pool.transact_now([&](mysql::Connection& db) {
        return mysql::delete_session(db, world.logged_in[wu.value]);
    }));
    world.loop.until([&] { return stays->over; }, 2s);
    CHECK(stays->code == 4001);
}

TEST_CASE("an account ended on another server is heard of through the bus") {
    LiveWorld world;
    world.settings.trust = 1h;  // nothing else would tell
    const auto li = world.store.account("li", Role::agent, "8001");
    const auto screen = world.listen(li);
    world.loop.turn_for(500ms);
    REQUIRE(world.store.pool.transact_now([&](mysql::Connection& db) {
        return mysql::set_disabled(db, li, true);
    }));
    world.loop.turn_for(600ms);
    CHECK_FALSE(screen->over);
    std::vector<redis::LiveMessage> news;
    news.push_back(redis::LiveMessage{
        .id = {}, .topic = "_sessions", .json = R"({"account":)" + std::to_string(li.value) + "}"
    });
    REQUIRE(world.loop.wait(world.bus.publish(std::move(news))));
    world.loop.until([&] { return screen->over; }, 2s);
    CHECK(screen->code == 4001);
}

TEST_CASE("while Redis is away this server's people hear of changes all the same") {
    PrivateRedis own;
    LiveWorld world(own);
    const auto dispatcher = world.store.account("qian", Role::dispatcher);
    const auto desk = world.listen(dispatcher, R"(["tickets"])");
    own.crash();
    world.loop.until([&] { return !world.commands.connection.available(); });
    world.store.file(CallsStore::appeal("13800138000"));
    world.loop.until([&] { return desk->count("ticket_changed") == 1; });
    own.start();
    world.loop.until([&] { return world.commands.connection.available(); });
    world.store.file(CallsStore::appeal("13800138000"));
    world.loop.until([&] { return desk->count("ticket_changed") == 2; });
    CHECK_FALSE(desk->over);
}

TEST_CASE("what another server could not tell for a while sends this one's people to fetch anew") {
    LiveWorld world;
    const auto dispatcher = world.store.account("qian", Role::dispatcher);
    const auto desk = world.listen(dispatcher, R"(["tickets"])");
    std::vector<redis::LiveMessage> own;
    own.push_back(redis::LiveMessage{.id = {}, .topic = "_gap", .json = R"({"server":"a"})"});
    REQUIRE(world.loop.wait(world.bus.publish(std::move(own))));
    world.loop.turn_for(200ms);
    CHECK_FALSE(desk->over);
    std::vector<redis::LiveMessage> other;
    other.push_back(redis::LiveMessage{.id = {}, .topic = "_gap", .json = R"({"server":"b"})"});
    REQUIRE(world.loop.wait(world.bus.publish(std::move(other))));
    world.loop.until([&] { return desk->over; });
    CHECK(desk->code == 1012);
}

TEST_CASE("T21: a platform tells where agents stand; he and the shift lead see it, nobody else") {
    LiveWorld world;
    const auto screen = world.listen(world.store.account("li", Role::agent, "8001"));
    const auto other = world.listen(world.store.account("wu", Role::agent, "8002"));
    const auto board = world.listen(world.store.account("zhao", Role::supervisor));
    const auto told = [](const std::string& agent, const std::string& id) {
        return R"({"event_id":")" + id + R"(","occurred_at":"2026-11-24T01:00:00Z",)" +
               R"("type":"agent.state","agent":")" + agent + R"(","state":"not_ready",)" +
               R"("reason":"meal"})";
    };
    const auto answer = world.post_events("[" + told("8001", "a") + "," + told("9", "b") + "]");
    CHECK(
        answer.body ==
        R"({"accepted":1,"duplicates":0,"rejected":[{"index":1,"code":"unknown_reference",)"
        R"("field":"agent"}]})"
    );
    world.loop.until([&] { return board->count("agent_moved") == 1; });
    world.loop.until([&] { return screen->count("agent_moved") == 1; });
    CHECK(screen->last("agent_moved").at("data").at("reason") == "meal");
    CHECK(other->count("agent_moved") == 0);
    const auto again = world.post_events("[" + told("8001", "a") + "]");
    CHECK(again.body == R"({"accepted":0,"duplicates":1,"rejected":[]})");
}
