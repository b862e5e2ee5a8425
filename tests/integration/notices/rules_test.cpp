#include "tests/integration/notices/notices_world.hpp"

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

namespace {

const std::string usual =
    R"("minutes_critical":3,"minutes_urgent":15,"minutes_normal":60,"shift_start":"08:30",)"
    R"("summary_from":3,"quiet_from":"22:00","quiet_to":"07:00")";

std::string rule_set(const std::string& lines) {
    return "{" + usual + R"(,"lines":[)" + lines + "]}";
}

struct Ruled : NoticesWorld {
    Browser admin = person(Role::admin);
    Browser supervisor = person(Role::supervisor);
    Browser clerk = person(Role::unit_clerk, small.unit("610526.housing"));

    http::Response put(const std::string& lines, int based_on, const std::string& note = "试行") {
        return ask(
            admin,
            http::Method::post,
            "/notice-rules",
            R"({"rules":)" + rule_set(lines) + R"(,"note":")" + note + R"(","based_on":)" +
                std::to_string(based_on) + "}"
        );
    }
    std::string send(const std::string& rest) {
        const auto made =
            ask(supervisor,
                http::Method::post,
                "/bulletins",
                R"({"title":"通知","body":"内容")" + rest + "}");
        REQUIRE(made.status == 202);
        return "/bulletins/" + std::to_string(body_of(made).at("id").as_int64());
    }
};

const std::string no_chat =
    R"({"occasion":"assigned","urgency":"normal","without":["wecom","sms"]})";

}  // namespace

TEST_CASE("G18: rules are looked at, tried, put in force as a version, and told of") {
    Ruled world;
    CHECK(world.ask(world.clerk, http::Method::get, "/notice-rules").status == 403);
    const auto before = body_of(world.ask(world.supervisor, http::Method::get, "/notice-rules"));
    CHECK(before.at("version").as_int64() == 0);
    const auto tried = world.ask(
        world.supervisor,
        http::Method::post,
        "/notice-rules/preview",
        R"({"rules":)" + rule_set(no_chat) +
            R"(,"occasion":"assigned","standing":"handler","urgency":"normal",)"
            R"("at":"2026-11-23T01:00:00Z"})"
    );
    REQUIRE(tried.status == 200);
    const auto effect = body_of(tried);
    CHECK(effect.at("now").at("steps").as_array().size() == 3);
    CHECK(effect.at("then").at("steps").as_array().size() == 1);
    CHECK(effect.at("then").at("ending") == "handed_on");
    CHECK_FALSE(effect.at("changed").as_array().empty());

    CHECK(world.ask(world.supervisor, http::Method::post, "/notice-rules", "{}").status == 403);
    const auto made = world.put(no_chat, 0);
    REQUIRE(made.status == 201);
    CHECK(body_of(made).at("version").as_int64() == 1);
    CHECK(world.put(no_chat, 0).status == 412);  // somebody was first
    CHECK(world.put(no_chat, 1).status == 422);  // nothing new
    CHECK(world.number("SELECT COUNT(*) FROM audit WHERE action='notice_rules.add'") == 1);
    const auto history =
        body_of(world.ask(world.supervisor, http::Method::get, "/notice-rules/history"));
    const auto& version = history.at("items").as_array().at(0);
    CHECK(version.at("note") == "试行");
    CHECK(version.at("rules").at("lines").at(0).at("without").as_array().size() == 2);
    world.run("UPDATE notice_rules SET body=REPLACE(body,'22:00','21:00')");
    const auto hours = world.ask(world.clerk, http::Method::get, "/me/notice-preferences");
    CHECK(text(body_of(hours).at("quiet_from")) == "21:00");
}

TEST_CASE("G18: a duty nobody would be told of is refused at the lines, in the asker's language") {
    Ruled world;
    const auto refused =
        world.put(R"({"occasion":"redo","without":["web_push","wecom","sms"]})", 0);
    CHECK(refused.status == 422);
    const auto error = body_of(refused).at("errors").as_array().at(0).as_object();
    CHECK(text(error.at("field")) == "rules.lines");
    CHECK(text(error.at("message")).find("需要重办") != std::string::npos);
    CHECK(world.put(R"({"without":["live"]})", 0).status == 422);
    CHECK(world.put(R"({"without":[]})", 0).status == 422);
    CHECK(world.put(R"({"occasion":"tea","without":["sms"]})", 0).status == 422);
}

TEST_CASE("G18: a bulletin keeps to the rules, and to the quiet hours of whoever set none") {
    Ruled world;
    const auto housing = world.small.unit("610526.housing");
    const auto official = world.person(Role::official, housing, world.small.worker);
    SUBCASE("channels") {
        world.ways.rules.lines = {
            {ticketing::notices::Occasion::bulletin,
             {},
             {},
             NoticesWorld::Channels::of({NoticesWorld::Channel::wecom})}
        };
        world.send("");
        world.step();
        CHECK(world.number("SELECT COUNT(*) FROM notice_delivery WHERE channel=3") == 0);
        CHECK(world.number("SELECT COUNT(*) FROM notice_delivery WHERE channel=1") == 1);
    }
    SUBCASE("quiet hours") {
        world.ways.rules.quiet_from = 0h;  // the test's clock says nine
        world.ways.rules.quiet_to = 20h;
        world.send("");
        world.step();
        CHECK(world.number("SELECT COUNT(*) FROM notice_delivery WHERE channel=3") == 0);
        CHECK(world.number("SELECT COUNT(*) FROM notice WHERE held=1") == 1);
    }
}

TEST_CASE("a bulletin is listed with its audience, and its receipts one by one") {
    Ruled world;
    const auto housing = world.small.unit("610526.housing");
    const auto official = world.person(Role::official, housing, world.small.worker);
    const std::string audience =
        R"({"roles":["official","unit_clerk"],"units":[)" + std::to_string(housing.value) + "]}";
    const auto counted =
        body_of(world.ask(world.supervisor, http::Method::post, "/bulletins/audience", audience));
    CHECK(counted.at("receivers").as_int64() == 2);
    CHECK(counted.at("channels").as_array().size() == 3);
    const auto path = world.send(R"(,"title_en":"Note","body_en":"Words","audience":)" + audience);
    world.step();
    world.ask(
        official,
        http::Method::post,
        "/notices/" + std::to_string(world.list(official).at(0).at("id").as_int64()) + "/read"
    );
    const auto listed =
        body_of(world.ask(world.supervisor, http::Method::get, "/bulletins")).at("items");
    const auto& one = listed.as_array().at(0);
    CHECK(one.at("read").as_int64() == 1);
    CHECK(one.at("title_en") == "Note");
    CHECK(one.at("audience").at("units").as_array().size() == 1);
    CHECK(one.at("receipts_kept") == true);
    const auto receipts = [&](const std::string& query) {
        return body_of(world.ask(world.supervisor, http::Method::get, path + "/receipts" + query))
            .at("items")
            .as_array();
    };
    CHECK(receipts("").size() == 2);
    REQUIRE(receipts("?receipt=read").size() == 1);
    CHECK(receipts("?receipt=read").at(0).at("role") == "official");
    const auto waiting = receipts("?receipt=waiting");
    REQUIRE(waiting.size() == 1);
    CHECK(waiting.at(0).at("channels").at(0).at("state") == "queued");
    CHECK(receipts("?receipt=not_reached").empty());
    // All its channels have failed and none is left.
    world.run("UPDATE notice_delivery SET state=3, next_at=NULL");
    world.run("UPDATE notice SET next_at=NULL, ending=6 WHERE read_at IS NULL");
    CHECK(receipts("?receipt=not_reached").size() == 1);
    CHECK(
        body_of(world.ask(world.supervisor, http::Method::get, path))
            .at("not_reached")
            .as_int64() == 1
    );
    CHECK(
        world.ask(world.supervisor, http::Method::get, "/bulletins/999999/receipts").status == 404
    );
}

TEST_CASE("G16: a bulletin with a person's number, or half an English text, is refused at its field"
) {
    Ruled world;
    const auto field = [&](const std::string& body) {
        const auto answer = world.ask(world.supervisor, http::Method::post, "/bulletins", body);
        CHECK(answer.status == 422);
        return text(body_of(answer).at("errors").as_array().at(0).at("field"));
    };
    CHECK(field(R"({"title":"通知","body":"请联系 13800138000"})") == "body");
    CHECK(field(R"({"title":"通知","body":"内容","title_en":"Note"})") == "body_en");
}
