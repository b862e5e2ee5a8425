// A partner that is late, sick or gone, and a hotline that dies in between.
#include "tests/integration/neighbours/partners_world.hpp"

using namespace hotline;
using namespace hotline::test;
using namespace std::chrono_literals;

namespace {

// A server that dies with this in its hands.
actions::PartnerTask taken_in_hand(PartnersWorld& world) {
    const auto task = world.auth.pool.transact_now([&](mysql::Connection& db) {
        return actions::take_partner_task(
            db, *world.source.current(), world.id, PartnersWorld::own_key, hotline::now(), 60s
        );
    });
    REQUIRE(task);
    REQUIRE(task->has_value());
    return **task;
}

// The POST arrives; nobody is left to hear the answer.
void post(PartnersWorld& world, const actions::PartnerTask& task) {
    http_client::Client client(world.auth.io.get_executor(), PartnersWorld::lenient());
    const auto answer = world.auth.run(client.send(
        {"POST",
         open311::requests_url(task.endpoint),
         {{"Content-Type", "application/x-www-form-urlencoded"}},
         task.body}
    ));
    REQUIRE(answer);
}

// A partner that has been seen to give descriptions back.
void make_known(PartnersWorld& world) {
    world.dispatched();
    world.work();
    world.let_time_pass();
    world.work();
    CHECK(world.number("SELECT COUNT(*) FROM partner WHERE echoes=1") == 1);
}

}  // namespace

TEST_CASE("E14: killed between a POST and its answer: the request is found and not sent twice") {
    for (const char* format : {"xml", "json"}) {
        CAPTURE(format);
        PartnersWorld world(std::string(R"(,"format":")") + format + "\"");
        const auto number = world.dispatched();
        const auto task = taken_in_hand(world);
        CHECK(task.kind == actions::PartnerTask::Kind::post);
        post(world, task);
        CHECK(world.state(number) == "sending");
        // Its lease holds: nobody else touches it.
        CHECK(world.work() == 0);
        world.let_time_pass();
        CHECK(world.work() == 1);
        CHECK(world.state(number) == "accepted");
        CHECK(text(world.handover(number).at("service_request_id")) == "293944");
        CHECK(world.partner.taken().size() == 1);
        CHECK(world.number("SELECT COUNT(*) FROM partner WHERE echoes=1") == 1);
    }
}

TEST_CASE("E14: killed before the POST left: sent again, but only by a partner known to show it") {
    PartnersWorld world;
    make_known(world);
    const auto number = world.dispatched();
    taken_in_hand(world);
    world.let_time_pass();
    world.work();
    // It may take a while to show: nothing is sent yet.
    CHECK(world.state(number) == "sending");
    CHECK(world.partner.taken().size() == 1);
    world.age("11");
    world.work();
    CHECK(world.state(number) == "accepted");
    CHECK(world.partner.taken().size() == 2);
}

TEST_CASE("E14, E18: a partner that shows nothing is not asked twice: a person finds out") {
    PartnersWorld world;
    world.partner.hide_descriptions(true);
    const auto number = world.dispatched();
    post(world, taken_in_hand(world));
    world.let_time_pass();
    world.work();
    world.age("11");
    world.work();
    CHECK(world.state(number) == "uncertain");
    CHECK(world.last_word(number).find("没有收到回执") != std::string::npos);
    CHECK(world.told(world.clerk).contains("partner_failed"));
    CHECK(world.listed(world.dispatcher) == 1);
    CHECK(world.partner.taken().size() == 1);
    CHECK(world.untold() == 0);
    const auto adopted =
        world.deed(world.clerk, number, R"({"deed":"adopt","service_request_id":"293944"})");
    CHECK(adopted.status == 200);
    world.partner.say("293944", "closed", "done");
    world.let_time_pass();
    world.work();
    CHECK(world.state(number) == "closed");
}

TEST_CASE("E14: an answer that is cut, late, broken or 500 is looked for, never sent again blindly"
) {
    const Reply manners[] = {
        Reply{.manner = Reply::Manner::cut},
        Reply{.manner = Reply::Manner::hang},
        Reply{.body = "<service_requests><req", .manner = Reply::Manner::cut_within},
        Reply{.status = 200, .body = "thank you"},
        Reply{.status = 500},
    };
    for (const Reply& reply : manners) {
        PartnersWorld world;
        make_known(world);
        const auto number = world.dispatched();
        world.partner.http().reply_with(reply);
        world.work();
        CHECK(world.state(number) == "sending");
        world.partner.http().reply_with(std::nullopt);
        world.let_time_pass();
        world.work();
        CHECK(world.partner.taken().size() == 1);
        world.age("11");
        world.work();
        CHECK(world.state(number) == "accepted");
        CHECK(world.partner.taken().size() == 2);
    }
}

TEST_CASE("E13, E17: 429 and 503 are waited for as long as asked, and the partner rests") {
    for (const unsigned status : {429U, 503U}) {
        PartnersWorld world;
        const auto first = world.dispatched();
        const auto second = world.dispatched();
        world.partner.http().reply_with(Reply{.status = status, .fields = {{"Retry-After", "90"}}});
        const auto before = hotline::now();
        CHECK(world.work() == 1);
        CHECK(world.state(first) == "waiting");
        CHECK(world.state(second) == "waiting");
        const auto rests = world.auth.pool.read_now([&](mysql::Connection& db) {
            return mysql::find_partner(db, world.id);
        });
        REQUIRE(rests);
        REQUIRE((*rests)->paused_until);
        CHECK(*(*rests)->paused_until >= before + 89s);
        world.partner.http().reply_with(std::nullopt);
        world.let_time_pass();
        CHECK(world.work() == 2);
        CHECK(world.state(first) == "accepted");
        CHECK(world.state(second) == "accepted");
        CHECK(world.partner.taken().size() == 2);
    }
}

TEST_CASE("E18: a partner nobody reaches for four hours is told of once, and the proof knows") {
    PartnersWorld world;
    REQUIRE(world.change(R"({"base_url":"http://127.0.0.1:1/v2"})").status == 200);
    const auto number = world.dispatched();
    world.work();
    CHECK(world.state(number) == "waiting");
    CHECK(world.tell_silent() == 0);
    world.age("300");
    CHECK(world.untold() == 1);
    CHECK(world.tell_silent() == 1);
    CHECK(world.tell_silent() == 0);
    CHECK(world.untold() == 0);
    CHECK(world.told(world.dispatcher).contains("partner_failed"));
    CHECK(world.listed(world.dispatcher) == 1);
    // Back again it is taken up as if nothing had been.
    REQUIRE(world.change(R"({"base_url":")" + world.partner.base_url() + "\"}").status == 200);
    world.let_time_pass();
    world.work();
    CHECK(world.state(number) == "accepted");
    CHECK(world.listed(world.dispatcher) == 0);
}

TEST_CASE("E15, E18: a request the partner does not know for a day, or says nothing of, is told") {
    PartnersWorld world;
    const auto lost = world.dispatched();
    world.work();
    world.partner.forget("293944");
    world.let_time_pass();
    world.work();
    CHECK(world.state(lost) == "accepted");
    world.age("1500");
    world.work();
    CHECK(world.state(lost) == "unknown_there");
    const auto silent = world.dispatched();
    world.work();
    world.partner.http().reply_with(Reply{.status = 500});
    world.age("1500");
    world.work();
    CHECK(world.state(silent) == "accepted");
    CHECK(world.untold() == 1);
    CHECK(world.tell_silent() == 1);
    CHECK(world.untold() == 0);
    CHECK(world.listed(world.clerk) == 2);
}

TEST_CASE("through sickness and deaths each ticket is at the partner once, or somebody was told") {
    PartnersWorld world;
    make_known(world);
    std::set<std::string> numbers;
    for (int i = 0; i < 12; ++i) numbers.insert(world.dispatched());
    world.partner.http().fall_sick(40, 311);
    for (int round = 0; round < 12; ++round) {
        world.let_time_pass();
        world.work();
        if (round % 4 == 3) {
            world.let_time_pass();
            const auto died = world.auth.pool.transact_now([&](mysql::Connection& db) {
                return actions::take_partner_task(
                    db,
                    *world.source.current(),
                    world.id,
                    PartnersWorld::own_key,
                    hotline::now(),
                    1ms
                );
            });
            REQUIRE(died);
        }
        world.age("11");
    }
    world.partner.http().fall_sick(0, 1);
    for (int round = 0; round < 3; ++round) {
        world.age("11");
        world.work();
    }
    world.tell_silent();
    CHECK(world.untold() == 0);
    std::map<std::string, int> there;
    for (const auto& taken : world.partner.taken()) {
        for (const auto& number : numbers) {
            if (taken.form.at("description").find(number) != std::string::npos) ++there[number];
        }
    }
    for (const auto& number : numbers) {
        CAPTURE(number);
        const auto state = world.state(number);
        CHECK((state == "accepted" || state == "uncertain" || state == "refused"));
        CHECK(there[number] <= 1);
        if (state == "accepted") CHECK(there[number] == 1);
    }
}
