#include "tests/integration/notices/notices_world.hpp"

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

namespace {

// A ticket of the worker's, dispatched by a dispatcher; everybody it concerns has an account.
struct Assigned : NoticesWorld {
    ticketing::UnitId housing = small.unit("610526.housing");
    Browser dispatcher = person(Role::dispatcher);
    Browser supervisor = person(Role::supervisor);
    Browser worker = person(Role::official, housing, small.worker);
    Browser clerk = person(Role::unit_clerk, housing);
    std::string ticket_no = accepted();

    void dispatch() {
        const std::string body = R"({"unit_id":)" + std::to_string(housing.value) +
                                 R"(,"official_id":)" + std::to_string(small.worker.value) + "}";
        REQUIRE(act(dispatcher, ticket_no, "dispatch", body).status == 200);
    }
    std::uint64_t open() { return number("SELECT COUNT(*) FROM notice WHERE ending=0"); }
};

const std::string phone = "11111111-2222-4333-8444-555555555555";
const std::string subscription = R"("endpoint":"https://push.example.org/x","p256dh":")" +
                                 std::string(87, 'A') + R"(","auth":")" + std::string(22, 'B') +
                                 "\"";

}  // namespace

TEST_CASE("G1, G2: a dispatch is told to its official, once, whoever derives it how often") {
    Assigned world;
    world.dispatch();
    world.hand_on();
    CHECK(world.number("SELECT COUNT(*) FROM outbox") == 0);
    CHECK(world.derive().notices == 1);
    CHECK(world.derive().events == 0);
    // The same event handed on again, as after a crash between two servers.
    world.run(
        "INSERT INTO notice_todo (ticket_id, seq, rank_no) SELECT ticket_id, seq, 3 FROM "
        "ticket_event"
    );
    world.derive();
    CHECK(world.number("SELECT COUNT(*) FROM notice") == 1);
    const auto items = world.list(world.worker);
    REQUIRE(items.size() == 1);
    CHECK(text(items[0].at("occasion")) == "assigned");
    CHECK(text(items[0].at("ticket_no")) == world.ticket_no);
    CHECK(text(items[0].at("url")) == "/mobile#/tickets/" + world.ticket_no);
    CHECK(text(items[0].at("body")).find("某某建设") == std::string::npos);
    CHECK(world.list(world.clerk).empty());
}

TEST_CASE("a row that is gone is not handed on again, and the duty it told of stays due") {
    Assigned world;
    world.dispatch();
    const auto ids = world.waiting_outbox();
    REQUIRE_FALSE(ids.empty());
    world.hand_on(ids);
    world.derive();
    CHECK(world.open() == 1);
    world.hand_on(ids);  // by a server that did not hear that it had been done
    CHECK(world.derive().events == 0);
    CHECK(world.open() == 1);
}

TEST_CASE("G10, G13: nobody answers: an hour later the work chat, then the clerk is asked") {
    Assigned world;
    const auto clerk = std::to_string(world.user_of(world.clerk));
    world.dispatch();
    world.tell();
    CHECK(world.number("SELECT COUNT(*) FROM notice_delivery WHERE channel=1") == 1);
    CHECK(world.step().taken == 0);
    world.auth.now += 1h;  // of office time: Monday, 10:00
    CHECK(world.step().sent.has(NoticesWorld::Channel::wecom));
    world.auth.now += 1h;
    world.step();
    CHECK(world.number("SELECT ending FROM notice WHERE occasion=1") == 7);
    world.step();
    CHECK(world.number("SELECT COUNT(*) FROM notice WHERE occasion=18 AND receiver=" + clerk) == 1);
}

TEST_CASE("G1: who acts on a ticket or reads of it has acknowledged") {
    Assigned world;
    world.dispatch();
    world.tell();
    CHECK(world.open() == 1);
    SUBCASE("by an act") {
        REQUIRE(world.act(world.worker, world.ticket_no, "sign_for").status == 200);
        world.tell();
    }
    SUBCASE("by reading it") {
        const auto id = std::to_string(world.number("SELECT id FROM notice"));
        CHECK(world.ask(world.clerk, http::Method::post, "/notices/" + id + "/read").status == 404);
        CHECK(
            world.ask(world.worker, http::Method::post, "/notices/" + id + "/read").status == 204
        );
        CHECK(world.list(world.worker, "?unread=true").empty());
    }
    SUBCASE("by reading all") {
        CHECK(
            world.ask(world.worker, http::Method::post, "/notices/read", R"({"upto":999999999})")
                .status == 204
        );
    }
    CHECK(world.open() == 0);
    CHECK(world.number("SELECT ending FROM notice") == 1);
}

TEST_CASE("G11: what is taken away is not reminded of") {
    Assigned world;
    world.dispatch();
    world.tell();
    const std::string body =
        R"({"official_id":)" + std::to_string(world.small.colleague.value) + "}";
    REQUIRE(world.act(world.clerk, world.ticket_no, "reassign", body).status == 200);
    world.tell();
    world.auth.now += 2h;
    world.step();
    CHECK(world.number("SELECT ending FROM notice WHERE occasion=1") == 3);
    CHECK(world.number("SELECT COUNT(*) FROM notice WHERE occasion=3") == 1);
}

TEST_CASE("G12, G15: what came by night is one summary in the morning, and duties stay duties") {
    Assigned world;
    for (int i = 0; i < 3; ++i) {
        world.dispatch();
        world.ticket_no = world.accepted();
    }
    world.hand_on();
    world.auth.now += 14h;  // 23:00
    world.derive();
    world.step();
    CHECK(world.number("SELECT COUNT(*) FROM notice WHERE held=1") == 3);
    CHECK(world.number("SELECT COUNT(*) FROM notice_delivery WHERE channel<>1") == 0);
    world.auth.now += 9h + 30min;
    world.step();
    CHECK(world.number("SELECT matters FROM notice WHERE occasion=19") == 3);
    world.auth.now += 1min;
    world.step();
    world.auth.now += 1min;
    world.step();
    CHECK(
        world.number(
            "SELECT COUNT(*) FROM notice_delivery d JOIN notice n ON n.id=d.notice_id WHERE "
            "d.channel=3"
        ) == 1
    );
    CHECK(
        world.number("SELECT COUNT(*) FROM notice WHERE occasion=1 AND next_at IS NOT NULL") == 3
    );
}

TEST_CASE("a bulletin reaches its audience and tells how far it got") {
    Assigned world;
    CHECK(
        world
            .ask(world.clerk, http::Method::post, "/bulletins", R"({"title":"通知","body":"内容"})")
            .status == 403
    );
    const auto made = world.ask(
        world.supervisor,
        http::Method::post,
        "/bulletins",
        R"({"title":"通知","body":"今晚维护","audience":{"roles":["official","unit_clerk"]}})"
    );
    REQUIRE(made.status == 202);
    CHECK(body_of(made).at("receivers").as_int64() == 2);
    CHECK(world.rung == 1);
    world.step();
    const auto path = "/bulletins/" + std::to_string(body_of(made).at("id").as_int64());
    const auto progress = body_of(world.ask(world.supervisor, http::Method::get, path));
    CHECK(progress.at("told").as_int64() == 0);
    CHECK(progress.at("channels").as_array().at(0).at("queued").as_int64() == 2);
    const auto items = world.list(world.worker);
    REQUIRE(items.size() == 1);
    CHECK(text(items[0].at("body")) == "今晚维护");
    CHECK(
        world
            .ask(
                world.supervisor,
                http::Method::post,
                "/bulletins",
                R"({"title":"通知","body":"内容","audience":{"units":[99999]}})"
            )
            .status == 422
    );
}

TEST_CASE("preferences are kept, and what is no time of day is refused") {
    Assigned world;
    const auto path = "/me/notice-preferences";
    const auto usual = body_of(world.ask(world.worker, http::Method::get, path));
    CHECK(text(usual.at("quiet_from")) == "22:00");
    const std::string channels =
        R"("channels":{"web_push":true,"wecom":false,"dingtalk":false,"sms":false,"email":false})";
    const auto put = [&](const std::string& from) {
        return world.ask(
            world.worker,
            http::Method::put,
            path,
            R"({"quiet_from":")" + from + R"(","quiet_to":"06:30","language":"en",)" + channels +
                "}"
        );
    };
    CHECK(put("21:15").status == 200);
    CHECK(put("24:00").status == 422);
    const auto kept = body_of(world.ask(world.worker, http::Method::get, path));
    CHECK(text(kept.at("quiet_from")) == "21:15");
    CHECK(text(kept.at("language")) == "en");
    CHECK(kept.at("channels").at("sms") == false);
    world.dispatch();
    world.tell();
    CHECK(text(world.list(world.worker).at(0).at("title")) == "New ticket");
}

TEST_CASE("L10: a wiped device loses its sessions at once and never comes back") {
    Assigned world;
    const std::string body =
        R"({"id":")" + phone + R"(","name":"华为","kind":"web_push",)" + subscription + "}";
    const auto made = world.ask(world.worker, http::Method::post, "/me/devices", body, phone);
    REQUIRE(made.status == 200);
    CHECK(body_of(made).at("current") == true);
    CHECK(body_of(made).at("subscribed") == true);
    const auto user = std::to_string(world.user_of(world.worker));
    const auto admin = world.person(Role::admin);
    const auto path = "/admin/accounts/" + user + "/devices";
    CHECK(world.ask(world.clerk, http::Method::get, path).status == 403);
    CHECK(body_of(world.ask(admin, http::Method::get, path)).at("items").as_array().size() == 1);
    SUBCASE("by its owner") {
        CHECK(world.ask(world.worker, http::Method::del, "/me/devices/" + phone).status == 204);
    }
    SUBCASE("by an administrator, audited") {
        CHECK(world.ask(admin, http::Method::del, path + "/" + phone).status == 204);
        CHECK(world.number("SELECT COUNT(*) FROM audit WHERE action='device.wipe'") == 1);
    }
    CHECK(world.told_wiped == std::vector<std::string>{phone});
    const auto refused = world.ask(world.worker, http::Method::get, "/notices", "", phone);
    CHECK(refused.status == 401);
    CHECK(text(body_of(refused).at("type")) == "/problems/device-wiped");
    CHECK(world.ask(world.worker, http::Method::get, "/notices").status == 401);
    CHECK(world.ask(world.clerk, http::Method::get, "/notices").status == 200);
    CHECK(world.number("SELECT COUNT(*) FROM device WHERE last_word_at IS NOT NULL") == 1);
    CHECK(world.ask(world.clerk, http::Method::post, "/me/devices", body).status == 409);
}

TEST_CASE("a device that is none, or pushes to no push service, is refused") {
    Assigned world;
    const auto post = [&](const std::string& id, const std::string& rest) {
        return world
            .ask(
                world.worker,
                http::Method::post,
                "/me/devices",
                R"({"id":")" + id + R"(","name":"x","kind":"web_push")" + rest + "}"
            )
            .status;
    };
    CHECK(post(phone, "") == 200);
    CHECK(post("x", "") == 422);
    CHECK(post(phone, R"(,"endpoint":"ftp://push.example.org/")") == 422);
    CHECK(post(phone, R"(,"endpoint":"https://push.example.org/")") == 422);
    CHECK(
        world.ask(world.worker, http::Method::del, "/me/devices/" + std::string(36, 'a')).status ==
        404
    );
}
