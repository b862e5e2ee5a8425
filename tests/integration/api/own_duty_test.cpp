#include "tests/integration/api/directory_world.hpp"

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

TEST_CASE("A13 an official notes and withdraws his own leave, and reads why he noted it") {
    DirectoryWorld world;
    const auto& city = world.tickets.small;
    const auto me = world.tickets.person(Role::official, {}, city.worker);
    const std::string mine = std::to_string(city.worker.value);
    const auto noted = world.post(
        me, "/me/leaves", R"({"from":"2026-03-02","to":"2026-03-06","reason":"年休假"})"
    );
    REQUIRE(noted.status == 201);
    CHECK(std::to_string(body_of(noted).at("official_id").as_int64()) == mine);
    CHECK(text(body_of(noted).at("reason")) == "年休假");
    // O14 holds for him, too.
    CHECK(DirectoryWorld::broken(world.post(me, "/me/leaves", R"({"from":"2026-03-05"})"))
              .starts_with("from: 与2026-03-02"));
    CHECK(world.post(me, "/me/leaves", R"({"from":"2026-03-09","official_id":2})").status == 422);

    const auto seen = body_of(world.get(me, "/leaves?official_id=" + mine));
    CHECK(text(seen.at("items").at(0).at("reason")) == "年休假");
    const std::string path = "/me/leaves/" + world.id_of(noted) + "/withdraw";
    CHECK(world.ask(me.post("{}"), path, "\"9\"").status == 412);
    REQUIRE(world.ask(me.post("{}"), path, TicketsWorld::etag_of(noted)).status == 200);
    CHECK(body_of(world.get(me, "/leaves?active=true&official_id=" + mine)).at("total") == 0);
    CHECK(world.count("directory_change") == 2);
}

TEST_CASE("A13 nobody withdraws the leave of another by this way, and only officials have it") {
    DirectoryWorld world;
    const auto& city = world.tickets.small;
    const auto clerk = world.tickets.person(Role::unit_clerk, city.unit("610526.housing"));
    const auto foreign = world.post(
        clerk,
        "/leaves",
        R"({"official_id":)" + std::to_string(city.worker.value) + R"(,"from":"2026-03-02"})"
    );
    REQUIRE(foreign.status == 201);
    const auto other = world.tickets.person(Role::official, {}, city.stranger);
    const std::string path = "/me/leaves/" + world.id_of(foreign) + "/withdraw";
    CHECK(world.ask(other.post("{}"), path, TicketsWorld::etag_of(foreign)).status == 403);
    CHECK(world.post(clerk, "/me/leaves", R"({"from":"2026-03-02"})").status == 403);
}

TEST_CASE("A13, O10: an official names a deputy of his own unit and nothing else of himself") {
    DirectoryWorld world;
    const auto& city = world.tickets.small;
    const auto me = world.tickets.person(Role::official, {}, city.worker);
    const std::string self = "/officials/" + std::to_string(city.worker.value);
    const auto before = world.get(me, self);
    const auto name = [&](const std::string& body, const std::string& tag) {
        return world.ask(me.request(http::Method::put, body), "/me/deputy", tag);
    };
    const std::string stranger = R"({"deputy_id":)" + std::to_string(city.stranger.value) + "}";
    CHECK(DirectoryWorld::broken(name(stranger, TicketsWorld::etag_of(before)))
              .starts_with("deputy_id: "));
    const std::uint64_t colleague = city.worker.value == 1 ? 2 : 1;
    const std::string body = R"({"deputy_id":)" + std::to_string(colleague) + "}";
    const auto named = name(body, TicketsWorld::etag_of(before));
    REQUIRE(named.status == 200);
    CHECK(body_of(named).at("deputy_id") == colleague);
    CHECK(body_of(named).at("name") == body_of(before).at("name"));
    CHECK(name("{}", TicketsWorld::etag_of(before)).status == 412);
    REQUIRE(name("{}", TicketsWorld::etag_of(named)).status == 200);
    CHECK_FALSE(body_of(world.get(me, self)).contains("deputy_id"));
}
