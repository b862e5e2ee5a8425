#include "tests/integration/neighbours/partners_world.hpp"

using namespace hotline;
using namespace hotline::test;
using namespace std::chrono_literals;
using ticketing::Role;

namespace {

void hidden_person(ticketing::Ticket& ticket) {
    ticket.appellant.confidential = true;
}
void about_power(ticketing::Ticket& ticket) {
    ticket.topic = "用电";
}

bool says(const std::string& words, std::string_view part) {
    return words.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("E10, E12, E13: a ticket of the partner's unit goes out by itself, once, without names") {
    PartnersWorld world;
    const auto number = world.dispatched();
    CHECK(world.state(number) == "waiting");
    CHECK(world.work() == 1);
    CHECK(world.state(number) == "accepted");
    const auto taken = world.partner.taken();
    REQUIRE(taken.size() == 1);
    const auto& form = taken.front().form;
    CHECK(form.at("jurisdiction_id") == "pucheng");
    CHECK(says(form.at("description"), number));
    for (const auto& [name, value] : form) {
        CHECK_FALSE(says(value, "陈大文"));
        CHECK_FALSE(says(value, "13800001111"));
    }
    CHECK(
        says(world.last_word(number), "已转交“蒲城城管”，对方编号 293944：Inspected within 3 days")
    );
    CHECK(text(world.handover(number).at("service_request_id")) == "293944");
    // Told again, as after a crash of whoever told it, and looked at again: nothing more goes out.
    world.run(
        "INSERT INTO outbox (ticket_id, seq, next_at) SELECT ticket_id, seq, '2026-01-01' FROM "
        "ticket_event"
    );
    REQUIRE(world.auth.run(world.outbox.sweep()));
    world.let_time_pass();
    world.work();
    CHECK(world.partner.taken().size() == 1);
    CHECK(world.untold() == 0);
}

TEST_CASE("E10: a ticket of another unit, or of before the partner was switched on, stays") {
    PartnersWorld world;
    REQUIRE(world.change(R"({"active":false})").status == 200);
    const auto number = world.dispatched();
    REQUIRE(world.change(R"({"active":true})").status == 200);
    world.work();
    CHECK(world.auth.run(world.handovers.show(world.of(number, world.clerk.get()))).status == 404);
    CHECK(world.partner.taken().empty());
}

TEST_CASE("E11: what must not go out by itself stays with the unit, which is told why") {
    PartnersWorld world;
    const auto hidden = world.dispatched(hidden_person);
    const auto other = world.dispatched(about_power);
    world.work();
    CHECK(world.state(hidden) == "kept_back");
    CHECK(world.state(other) == "kept_back");
    CHECK(says(world.last_word(hidden), "不得自动转交"));
    CHECK(says(world.last_word(other), "没有对应的服务"));
    CHECK(world.partner.http().seen().empty());
    // Nobody sends by hand what the rule keeps back.
    CHECK(world.deed(world.clerk, hidden, R"({"deed":"again"})").status == 200);
    world.work();
    CHECK(world.state(hidden) == "kept_back");
    // With a service for all other topics the second one goes.
    REQUIRE(world.change(R"({"services":[{"service_code":"001"}]})").status == 200);
    CHECK(world.deed(world.clerk, other, R"({"deed":"again"})").status == 200);
    world.work();
    CHECK(world.state(other) == "accepted");
    CHECK(world.untold() == 0);
}

TEST_CASE("E15, E16: what the partner says is noted, and when it closes the unit has to finish") {
    PartnersWorld world(R"(,"format":"json")");
    const auto number = world.dispatched();
    REQUIRE(world.act(world.worker_of_unit, number, "sign_for").status == 200);
    world.work();
    world.partner.say("293944", "open", "已派养护队，13900002222");
    world.let_time_pass();
    CHECK(world.work() == 1);
    CHECK(says(world.last_word(number), "“蒲城城管”反馈：已派养护队，139****2222。"));
    CHECK(world.partner.http().seen().back().parameter("service_request_id") == "293944");
    // The same words again are no news.
    const auto before = body_of(world.show(world.dispatcher, number)).at("version");
    world.let_time_pass();
    world.work();
    CHECK(body_of(world.show(world.dispatcher, number)).at("version") == before);
    world.partner.say("293944", "closed", "已修复");
    world.let_time_pass();
    world.work();
    CHECK(world.state(number) == "closed");
    CHECK(says(world.last_word(number), "请核实后提交办理结果"));
    CHECK(text(body_of(world.show(world.dispatcher, number)).at("state")) == "handling");
    CHECK(world.told(world.worker_of_unit).contains("partner_done"));
    CHECK(world.told(world.clerk).contains("partner_done"));
    CHECK_FALSE(world.told(world.dispatcher).contains("partner_done"));
    CHECK(world.untold() == 0);
}

TEST_CASE("E13: a token is asked for its number until it has one") {
    for (const char* format : {"xml", "json"}) {
        CAPTURE(format);
        PartnersWorld world(std::string(R"(,"format":")") + format + "\"");
        world.partner.answer_with_tokens(true);
        const auto number = world.dispatched();
        world.work();
        CHECK(world.state(number) == "token");
        world.let_time_pass();
        world.work();
        CHECK(world.state(number) == "token");
        world.partner.give_numbers();
        world.let_time_pass();
        world.work();
        CHECK(world.state(number) == "accepted");
        CHECK(world.partner.taken().size() == 1);
    }
}

TEST_CASE("E13, E18: a refusal is told in the partner's words and stands in the list until settled"
) {
    PartnersWorld world;
    REQUIRE(world.change(R"({"api_key":"wrong"})").status == 200);
    const auto number = world.dispatched();
    world.work();
    CHECK(world.state(number) == "refused");
    CHECK(says(world.last_word(number), "未受理：api_key is not valid。"));
    CHECK(world.told(world.dispatcher).contains("partner_failed"));
    CHECK(world.told(world.clerk).contains("partner_failed"));
    CHECK(world.listed(world.dispatcher) == 1);
    CHECK(world.listed(world.clerk) == 1);
    CHECK(world.untold() == 0);
    REQUIRE(
        world.change(std::string(R"({"api_key":")") + PartnerStandIn::key + "\"}").status == 200
    );
    CHECK(world.deed(world.clerk, number, R"({"deed":"again"})").status == 200);
    CHECK(says(world.last_word(number), "重新转交"));
    world.work();
    CHECK(world.state(number) == "accepted");
    CHECK(world.listed(world.clerk) == 0);
    CHECK(world.deed(world.clerk, number, R"({"deed":"again"})").status == 409);
    CHECK(
        world.deed(world.clerk, number, R"({"deed":"settle","reason":"已自行办妥"})").status == 200
    );
    CHECK(world.state(number) == "ended");
}

TEST_CASE("E19: what has left the unit is neither sent nor followed") {
    PartnersWorld world;
    const auto early = world.dispatched();
    REQUIRE(
        world.act(world.dispatcher, early, "withdraw", R"({"reason":"诉求人撤诉"})").status == 200
    );
    world.work();
    CHECK(world.partner.taken().empty());
    const auto late = world.dispatched();
    world.work();
    REQUIRE(
        world.act(world.dispatcher, late, "withdraw", R"({"reason":"诉求人撤诉"})").status == 200
    );
    world.let_time_pass();
    world.work();
    for (const auto& number : {early, late}) {
        const auto shown =
            world.auth.run(world.handovers.show(world.of(number, world.dispatcher.get())));
        CHECK(text(body_of(shown).at("state")) == "ended");
    }
    CHECK(world.untold() == 0);
}

TEST_CASE("who keeps partners: their key is encrypted and never shown, a unit has one of them") {
    PartnersWorld world;
    const auto list = world.auth.run(world.partners.list(world.admin.get()));
    CHECK(list.status == 200);
    CHECK_FALSE(says(list.body, PartnerStandIn::key));
    CHECK(says(list.body, R"("has_api_key":true)"));
    CHECK(
        world.number(
            "SELECT COUNT(*) FROM partner WHERE LENGTH(api_key)>40 AND api_key NOT LIKE '%partner%'"
        ) == 1
    );
    const auto twice = world.auth.run(world.partners.create(world.admin.post(world.input())));
    CHECK(twice.status == 422);
    CHECK(says(twice.body, "unit_id"));
    CHECK(world.auth.run(world.partners.list(world.dispatcher.get())).status == 403);
    for (const char* wrong :
         {R"({"base_url":"ftp://x"})",
          R"({"unit_id":99999})",
          R"({"services":[]})",
          R"({"services":[{"topic":"没有","service_code":"1"}]})",
          R"({"services":[{"service_code":"1","attributes":"no pair"}]})",
          R"({"services":[{"service_code":"1"},{"service_code":"2"}]})",
          R"({"format":"yaml"})"}) {
        CAPTURE(wrong);
        CHECK(world.change(wrong).status == 422);
    }
}

TEST_CASE("a partner is deleted while no ticket ever went to it, and kept from then on") {
    PartnersWorld world;
    const auto remove = [&](const Browser& by) {
        return world.auth.run(world.partners.remove(world.about(by.post(""))));
    };
    CHECK(remove(world.dispatcher).status == 403);
    SUBCASE("none") {
        CHECK(remove(world.admin).status == 204);
        CHECK(world.number("SELECT COUNT(*) FROM partner") == 0);
        CHECK(world.number("SELECT COUNT(*) FROM partner_service") == 0);
        CHECK(world.number("SELECT COUNT(*) FROM audit WHERE action='partner.delete'") == 1);
        CHECK(remove(world.admin).status == 404);
        // Who looked it up just before hands nothing over to nobody.
        const auto id =
            world.number("SELECT id FROM ticket WHERE number='" + world.accepted() + "'");
        const auto late = world.auth.pool.transact_now([&](mysql::Connection& db) {
            const mysql::NewHandover one{{id}, world.id, hotline::now()};
            return mysql::insert_handovers(db, std::span(&one, 1));
        });
        CHECK(late);
        CHECK(world.number("SELECT COUNT(*) FROM handover") == 0);
    }
    SUBCASE("one") {
        const auto number = world.dispatched();
        const auto refused = remove(world.admin);
        CHECK(refused.status == 422);
        CHECK(says(refused.body, "停用"));
        CHECK(text(world.handover(number).at("partner")) == "蒲城城管");
        const auto list = world.auth.run(world.partners.list(world.admin.get()));
        CHECK(says(list.body, R"("tickets":1)"));
    }
}

TEST_CASE("the test call shows the partner's services, or what is wrong") {
    PartnersWorld world;
    const auto call = [&] {
        const auto answer =
            world.auth.run(world.partners.services(world.about(world.admin.post("{}"))));
        REQUIRE(answer.status == 200);
        return body_of(answer);
    };
    const auto good = call();
    CHECK(good.at("ok").as_bool());
    REQUIRE(good.at("items").as_array().size() == 1);
    CHECK(text(good.at("items").as_array()[0].at("service_name")) == "Cans left out 24x7");
    world.partner.http().reply_with(Reply{.status = 200, .body = "<html/>"});
    CHECK(text(call().at("fault")) == "unreadable");
    world.partner.http().reply_with(Reply{
        .status = 403,
        .body = "<errors><error><code>403</code><description>no</description></error></errors>"
    });
    const auto refused = call();
    CHECK(text(refused.at("fault")) == "refused");
    CHECK(text(refused.at("words")) == "no");
    world.partner.http().reply_with(Reply{.manner = Reply::Manner::hang});
    CHECK(text(call().at("fault")) == "timeout");
}
