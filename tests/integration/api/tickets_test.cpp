#include "tests/integration/api/tickets_world.hpp"

#include <boost/json.hpp>

#include <algorithm>

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

namespace {

std::string dispatch_body(const TicketsWorld& world) {
    const auto unit = world.small.unit("610526.housing").value;
    return R"({"unit_id":)" + std::to_string(unit) + R"(,"official_id":)" +
           std::to_string(world.small.worker.value) + "}";
}

std::string appellant(const boost::json::object& ticket, std::string_view field) {
    const auto& person = ticket.at("appellant").as_object();
    const auto* value = person.if_contains(field);
    return value ? text(*value) : "";
}

std::vector<std::string> actions_of(const boost::json::object& ticket) {
    std::vector<std::string> words;
    for (const auto& word : ticket.at("allowed_actions").as_array()) words.push_back(text(word));
    return words;
}

}  // namespace

TEST_CASE("one ticket, as each may see it") {
    TicketsWorld world;
    const auto number = world.accepted();
    const auto dispatcher = world.person(Role::dispatcher);
    const auto done = world.act(dispatcher, number, "dispatch", dispatch_body(world));
    REQUIRE(done.status == 200);
    CHECK(TicketsWorld::etag_of(done) == "\"2\"");
    const auto housing = world.small.unit("610526.housing");

    const auto masked = body_of(world.show(dispatcher, number));
    CHECK(appellant(masked, "phone") == "138****1111");
    CHECK(appellant(masked, "name") == "陈**");
    CHECK(text(masked.at("uscc")) == "9161**********0K30");
    CHECK(text(masked.at("content")) == "施工许可迟迟未办，请联系138****1111");
    CHECK(text(masked.at("official_name")) == "张工");
    CHECK(masked.at("clocks").as_array().size() >= 4);
    CHECK(text(masked.at("next_clock")) == "first_contact");

    const auto official = world.person(Role::official, housing, world.small.worker);
    const auto clear = body_of(world.show(official, number));
    CHECK(appellant(clear, "phone") == "13800001111");
    CHECK(text(clear.at("content")) == "施工许可迟迟未办，请联系13800001111");
    const auto acts = actions_of(clear);
    CHECK(std::ranges::find(acts, "sign_for") != acts.end());
    CHECK(std::ranges::find(acts, "review_pass") == acts.end());

    const auto other = world.person(Role::unit_clerk, world.small.unit("city.market"));
    CHECK(world.show(other, number).status == 404);
    CHECK(world.show(other, "WN123").status == 404);
    CHECK(world.act(other, number, "note", R"({"reason":"试试"})", "\"2\"").status == 404);
    CHECK(world.show(world.person(Role::admin), number).status == 403);
    CHECK(world.show(Browser{world.auth}, number).status == 401);
}

TEST_CASE("A7 the unit sees the matter of a confidential appellant, never who he is") {
    TicketsWorld world;
    const auto number =
        world.accepted([](ticketing::Ticket& t) { t.appellant.confidential = true; });
    const auto dispatcher = world.person(Role::dispatcher);
    REQUIRE(world.act(dispatcher, number, "dispatch", dispatch_body(world)).status == 200);
    const auto housing = world.small.unit("610526.housing");
    const auto official = world.person(Role::official, housing, world.small.worker);
    const auto shown = world.show(official, number);
    REQUIRE(shown.status == 200);
    for (const auto* secret : {"13800001111", "陈大文", "某某建设", "91610500"}) {
        CHECK(shown.body.find(secret) == std::string::npos);
        const auto listed = world.list(official, {});
        CHECK(listed.body.find(secret) == std::string::npos);
        CHECK(listed.body.find(number) != std::string::npos);
    }
    CHECK(world.list(official, {{"phone", "13800001111"}}).status == 403);
}

TEST_CASE("an act needs the version seen and a key, and says what else is possible") {
    TicketsWorld world;
    const auto number = world.accepted();
    const auto dispatcher = world.person(Role::dispatcher);
    CHECK(
        code_of(world.act(dispatcher, number, "dispatch", dispatch_body(world), "none")) ==
        "precondition_required"
    );
    const auto stale = world.act(dispatcher, number, "dispatch", dispatch_body(world), "\"9\"");
    CHECK(stale.status == 412);
    CHECK(code_of(stale) == "stale_version");
    const auto first =
        world.act(dispatcher, number, "dispatch", dispatch_body(world), "\"1\"", "same-key-1");
    const auto again =
        world.act(dispatcher, number, "dispatch", dispatch_body(world), "\"1\"", "same-key-1");
    CHECK(again.status == 200);
    CHECK(TicketsWorld::etag_of(again) == TicketsWorld::etag_of(first));
    CHECK(
        code_of(world.act(dispatcher, number, "note", R"({"reason":"备注"})", "\"2\"", "same-key-1")
        ) == "idempotency_key_reused"
    );
    const auto wrong = world.act(
        dispatcher, number, "decline", R"({"reason_code":"outside_city","reason":"理由"})"
    );
    CHECK(wrong.status == 409);
    CHECK(code_of(wrong) == "not_allowed_in_state");
    CHECK(wrong.body.find("\"note\"") != std::string::npos);
    CHECK(world.act(dispatcher, number, "fly").status == 404);
    CHECK(world.act(dispatcher, number, "red_card").status == 404);
}

TEST_CASE("a form is told each wrong field, a guard its sentence") {
    TicketsWorld world;
    const auto number = world.accepted();
    const auto dispatcher = world.person(Role::dispatcher);
    const auto fields =
        world.act(dispatcher, number, "dispatch", R"({"unit_id":99999,"level":2,"reason":5})");
    CHECK(fields.status == 422);
    std::vector<std::string> named;
    const auto problem = body_of(fields);
    for (const auto& entry : problem.at("errors").as_array()) {
        named.push_back(text(entry.as_object().at("field")));
    }
    std::ranges::sort(named);
    CHECK(named == std::vector<std::string>{"level", "reason", "unit_id"});
    const auto refused =
        world.act(dispatcher, number, "merge", R"({"parent_ticket_no":")" + number + "\"}");
    CHECK(code_of(refused) == "guard_failed");
    CHECK(text(body_of(refused).at("detail")).find("主工单") != std::string::npos);
    CHECK(code_of(world.act(dispatcher, number, "dispatch", "{")) == "malformed_json");
    const auto outsider =
        world.act(dispatcher, number, "close_on_call", R"({"result_text":"已经答复"})");
    CHECK(text(body_of(outsider).at("detail")).find("咨询") != std::string::npos);
}

TEST_CASE("a masked field is shown in clear with a reason, on the record") {
    TicketsWorld world;
    const auto number = world.accepted();
    const auto reviewer = world.person(Role::reviewer);
    const auto reveal = [&](const Browser& browser, std::string body) {
        auto request = browser.post(std::move(body));
        request.params = {{"ticket_no", number}};
        return world.auth.run(world.tickets.reveal(std::move(request)));
    };
    const std::string wish = R"({"field":"appellant_phone","reason":"回访 13912345678"})";
    const auto shown = reveal(reviewer, wish);
    REQUIRE(shown.status == 200);
    CHECK(text(body_of(shown).at("value")) == "13800001111");
    const auto audit = world.auth.pool.read_now([](mysql::Connection& db) {
        return mysql::list_audit(db, "ticket.reveal", {}, 10);
    });
    REQUIRE(audit);
    REQUIRE(audit->size() == 1);
    CHECK(audit->front().entry.object == "ticket:" + number);
    CHECK(audit->front().entry.detail.find("13912345678") == std::string::npos);
    CHECK(reveal(reviewer, R"({"field":"id_card","reason":"想看看"})").status == 422);
    CHECK(reveal(reviewer, R"({"field":"uscc"})").status == 422);
    CHECK(reveal(world.person(Role::manager), wish).status == 403);
    int allowed = 0;
    for (int i = 0; i < 40; ++i) allowed += reveal(reviewer, wish).status == 200 ? 1 : 0;
    CHECK(allowed < 30);
}

TEST_CASE("A9 a manager's look at one ticket is on the record, his list is not") {
    TicketsWorld world;
    const auto number = world.accepted([](ticketing::Ticket& t) { t.division = "610526"; });
    const auto manager = world.person(Role::manager, {}, {}, "610526");
    const auto elsewhere = world.person(Role::manager, {}, {}, "610527");
    CHECK(world.list(manager, {}).status == 200);
    CHECK(world.show(manager, number).status == 200);
    CHECK(world.show(elsewhere, number).status == 404);
    const auto audit = world.auth.pool.read_now([](mysql::Connection& db) {
        return mysql::list_audit(db, "ticket.read", {}, 10);
    });
    REQUIRE(audit);
    CHECK(audit->size() == 1);
}

TEST_CASE("the log names units and people, masks texts and keeps its hashes") {
    TicketsWorld world;
    const auto number = world.accepted();
    const auto dispatcher = world.person(Role::dispatcher);
    REQUIRE(world.act(dispatcher, number, "dispatch", dispatch_body(world)).status == 200);
    REQUIRE(world.act(dispatcher, number, "note", R"({"reason":"致电13912345678"})").status == 200);
    const auto answer = world.auth.run(world.tickets.events(world.to(dispatcher, number)));
    REQUIRE(answer.status == 200);
    const auto body = body_of(answer);
    const auto& items = body.at("items").as_array();
    REQUIRE(items.size() == 3);
    const auto& dispatched = items[1].as_object();
    CHECK(text(dispatched.at("act")) == "dispatch");
    const auto& changes = dispatched.at("changes").as_object();
    CHECK(text(changes.at("unit").as_array()[1]) == "蒲城县住建局");
    CHECK(text(changes.at("official").as_array()[1]) == "张工");
    CHECK(text(changes.at("due_handle").as_array()[1]).starts_with("2026-03-"));
    CHECK(text(items[2].as_object().at("reason")) == "致电139****5678");
    CHECK(text(items[0].as_object().at("hash")).size() == 64);
}

TEST_CASE("lists page, count and refuse what they cannot read") {
    TicketsWorld world;
    const auto dispatcher = world.person(Role::dispatcher);
    std::vector<std::string> numbers;
    for (int i = 0; i < 7; ++i) numbers.push_back(world.accepted());
    const auto first = body_of(world.list(dispatcher, {{"limit", "3"}}));
    CHECK(first.at("items").as_array().size() == 3);
    CHECK(text(first.at("items").as_array()[0].as_object().at("ticket_no")) == numbers.back());
    CHECK(first.at("total").as_int64() == 7);
    const auto cursor = text(first.at("next_cursor"));
    const auto second = body_of(world.list(dispatcher, {{"limit", "3"}, {"cursor", cursor}}));
    CHECK(text(second.at("items").as_array()[0].as_object().at("ticket_no")) == numbers[3]);
    CHECK(!second.contains("total"));
    const auto last =
        body_of(world.list(dispatcher, {{"limit", "3"}, {"cursor", text(second.at("next_cursor"))}})
        );
    CHECK(last.at("items").as_array().size() == 1);
    CHECK(!last.contains("next_cursor"));
    CHECK(body_of(world.list(dispatcher, {{"q", numbers[2]}})).at("total").as_int64() == 1);
    CHECK(body_of(world.list(dispatcher, {{"q", "，。"}})).at("items").as_array().empty());
    CHECK(body_of(world.list(dispatcher, {{"state", "open"}})).at("total").as_int64() == 7);
    for (const auto& [parameter, value] : std::map<std::string, std::string>{
             {"state", "lost"},
             {"limit", "0"},
             {"limit", "201"},
             {"cursor", "zz"},
             {"sort", "oldest"},
             {"overdue", "maybe"},
             {"unit_id", "-1"},
             {"phone", "abc"},
             {"urgency", "very"}
         }) {
        CAPTURE(parameter);
        CHECK(world.list(dispatcher, {{parameter, value}}).status == 422);
    }
    const auto counts = body_of(world.auth.run(world.lists.counts(dispatcher.get())));
    CHECK(counts.at("open").as_int64() == 7);
    CHECK(counts.at("by_state").as_object().at("accepted").as_int64() == 7);
    CHECK(body_of(world.list(world.person(Role::agent), {})).at("items").as_array().empty());
}

TEST_CASE("the directory answers people at work, the reference everybody") {
    TicketsWorld world;
    const auto clerk = world.person(Role::unit_clerk, world.small.unit("610526.housing"));
    auto request = clerk.get();
    request.query = {{"q", "住建"}, {"division", "610526"}};
    const auto units = body_of(world.auth.run(world.directory.units(request)));
    REQUIRE(units.at("items").as_array().size() == 1);
    request.query = {{"unit_id", std::to_string(world.small.unit("610526.housing").value)}};
    const auto officials = body_of(world.auth.run(world.directory.officials(request)));
    CHECK(officials.at("items").as_array().size() == 2);
    request.query = {};
    CHECK(world.auth.run(world.directory.officials(request)).status == 422);
    CHECK(world.auth.run(world.directory.units(Browser{world.auth}.get())).status == 401);
    const auto reference = world.auth.run(world.reference.show(Browser{world.auth}.get()));
    REQUIRE(reference.status == 200);
    const auto body = boost::json::parse(*reference.shared_body).as_object();
    CHECK(body.at("types").as_array().size() == 6);
    CHECK(body.at("topics").as_array().size() == 6);
    CHECK(body.at("work_calendar").as_object().at("hours").as_array().size() == 2);
    CHECK(
        body.at("work_calendar").as_object().at("exceptions").as_object().at("2026-02-14").as_bool()
    );
    auto conditional = Browser{world.auth}.get();
    conditional.headers.push_back({"if-none-match", TicketsWorld::etag_of(reference)});
    CHECK(world.auth.run(world.reference.show(conditional)).status == 304);
}
