#include "tests/faults/log_in.hpp"
#include "tests/faults/told_world.hpp"
#include "tests/faults/wire.hpp"

#include <doctest/doctest.h>

#include <iostream>
#include <random>
#include <thread>

namespace hotline::test {

namespace {

using namespace std::chrono_literals;

constexpr int appeals_each_round = 12;

void send_appeals(ToldWorld& told, int round) {
    static const char* const matters[] = {
        "供电上午断了三次，电炉里的铁水都凝了，请安排抢修。",
        "施工许可证两个月批不下来，图纸早就审查过了，请协调。",
        "自来水压力太小，锅炉不敢开，订单要耽误了。",
        "门前的村道坑洼积水，货车过不来，请修一修。",
    };
    Wire wire(told.world.port());
    for (int i = 0; i < appeals_each_round; ++i) {
        const std::string key = "told-" + std::to_string(round) + "-" + std::to_string(i);
        const std::string text = std::string(matters[i % 4]) + "第" + key + "次";
        CHECK(eventually([&] {
            const int status = wire.ask(
                                       request_text(
                                           "POST",
                                           "/api/v1/appeals",
                                           "Idempotency-Key: " + key + "\r\n",
                                           R"({"content":")" + text + R"(","division":"610526",)" +
                                               R"("appellant":{"phone":"13909130000"}})"
                                       ),
                                       5s
            )
                                   .status;
            return status == 201 || status == 202;
        }));
    }
}

void send_bulletin(ToldWorld& told) {
    Wire wire(told.world.port());
    const LoggedIn supervisor = log_in(told.world, wire, "supervisor");
    const WireAnswer answer = wire.ask(
        request_text(
            "POST",
            "/api/v1/bulletins",
            supervisor.headers,
            R"({"title":"停机通知","body":"今晚维护一小时。","audience":{"units":[2,3,4]}})"
        ),
        10s
    );
    CHECK(answer.status == 202);
}

}  // namespace

TEST_CASE("G9, G13, G17: nothing is lost while channels fail and the server is killed") {
    ToldWorld told;
    told.fall_sick(30);
    told.world.start_server();
    send_bulletin(told);
    std::mt19937 moments(20260302);
    std::uniform_int_distribution<int> pause(50, 400);
    for (int round = 0; round < fault_rounds(); ++round) {
        send_appeals(told, round);
        std::this_thread::sleep_for(std::chrono::milliseconds(pause(moments)));
        told.world.kill_server();
        told.time_passes(30s);  // the leases of the dead are over
        told.nobody_answers();
        told.world.start_server();
    }
    REQUIRE(eventually([&] { return told.settled(); }, 30s));

    // Each dispatch reached its official as a notice, once.
    CHECK(
        told.count(
            "SELECT COUNT(*) FROM ticket_event e JOIN ticket t ON t.id=e.ticket_id JOIN account a "
            "ON a.official_id=t.official_id WHERE e.act=6 AND NOT EXISTS (SELECT 1 FROM notice n "
            "WHERE n.ticket_id=e.ticket_id AND n.seq=e.seq AND n.receiver=a.id)"
        ) == 0
    );
    CHECK(told.count("SELECT COUNT(*) FROM notice WHERE ticket_id>0 AND occasion IN (1,17)") > 20);
    // Nobody answers to the end: every channel, then the stand-in.
    const bool ended = eventually(
        [&] {
            told.nobody_answers();
            // Little by little: what a server has in hand is not taken from it again and again.
            told.time_passes(3s);
            std::this_thread::sleep_for(300ms);
            return told.count("SELECT COUNT(*) FROM notice_delivery WHERE state=1") == 0 &&
                   told.count("SELECT COUNT(*) FROM notice WHERE ending=0") == 0;
        },
        60s
    );
    if (!ended) {
        for (const auto& left : told.world.column(
                 "SELECT CONCAT('channel ',channel,', attempts ',attempts,', ',detail,', due ',"
                 "TIMESTAMPDIFF(SECOND,UTC_TIMESTAMP(3),next_at)) FROM notice_delivery "
                 "WHERE state=1 UNION ALL SELECT CONCAT('notice ',id,' rung ',rung,' occasion ',"
                 "occasion,' held ',held,' due ',COALESCE(TIMESTAMPDIFF(SECOND,UTC_TIMESTAMP(3),"
                 "next_at),'-')) FROM notice WHERE ending=0"
             )) {
            MESSAGE(left);
        }
    }
    CHECK(ended);
    CHECK(
        told.count("SELECT COUNT(*) FROM notice WHERE delivered_at IS NULL AND ending IN (2,7)") ==
        0
    );
    CHECK(told.count("SELECT COUNT(*) FROM notice WHERE ending=7") > 0);
    CHECK(
        told.count(
            "SELECT COUNT(*) FROM notice n JOIN account a ON a.id=n.receiver JOIN official o ON "
            "o.id=a.official_id WHERE o.phone<>'' AND n.ending=7 AND NOT EXISTS (SELECT 1 FROM "
            "notice_delivery d WHERE d.notice_id=n.id AND d.channel=5 AND d.state=2)"
        ) == 0
    );
    CHECK(told.count("SELECT COUNT(*) FROM notice_delivery WHERE state>2 AND channel<>1") == 0);

    // What was sent twice has the same topic and id: a device shows it once.
    std::size_t pushed = 0;
    for (const auto& [device, endpoint] : told.endpoints) {
        pushed += told.push.pushed_to(endpoint).size();
    }
    const std::size_t sent =
        told.count("SELECT COUNT(*) FROM notice_delivery WHERE channel=2 AND state=2");
    CHECK(pushed >= sent);
    std::cout << "killed " << fault_rounds()
              << " times: " << told.count("SELECT COUNT(*) FROM notice") << " notices, " << sent
              << " pushes taken, " << pushed << " seen by the push service, "
              << told.count("SELECT COUNT(*) FROM notice_delivery WHERE attempts>1")
              << " deliveries tried again, none lost\n";
    told.world.stop_server();
    CHECK(told.world.run({"check"}) == 0);
}

}  // namespace hotline::test
