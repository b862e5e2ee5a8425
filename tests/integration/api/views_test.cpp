#include "server/api/views.hpp"

#include "server/http/router.hpp"
#include "tests/integration/api/tickets_world.hpp"

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

namespace {

const std::string first_id = "11111111-2222-4333-8444-555555555555";
const std::string another_id = "21111111-2222-4333-8444-555555555555";

struct ViewsWorld : TicketsWorld {
    api::ViewsApi views{auth.guard, auth.pool, source, blind, auth.clock};
    http::Router router{routes()};
    Browser dispatcher = person(Role::dispatcher);
    Browser colleague = person(Role::dispatcher);
    Browser supervisor = person(Role::supervisor);

    ViewsWorld() { run("DELETE FROM saved_view"); }

    std::vector<http::Route> routes() {
        std::vector<http::Route> made;
        views.add_routes(made);
        return made;
    }
    http::Response ask(http::Request request, const std::string& id, const std::string& version) {
        request.path = "/api/v1/me/views" + (id.empty() ? "" : "/" + id);
        if (version == "*") request.headers.push_back({"if-none-match", "*"});
        if (version.starts_with('"')) request.headers.push_back({"if-match", version});
        return auth.run(router.dispatch(std::move(request)));
    }
    http::Response put(
        const Browser& who,
        const std::string& body,
        const std::string& version = "*",
        const std::string& id = first_id
    ) {
        return ask(who.request(http::Method::put, body), id, version);
    }
    int remove(const Browser& who, const std::string& version) {
        return ask(who.request(http::Method::del), first_id, version).status;
    }
    boost::json::array items(const Browser& who) {
        const auto answer = ask(who.get(), "", "");
        REQUIRE(answer.status == 200);
        return body_of(answer).at("items").as_array();
    }
    std::string faults(const std::string& body) {
        const auto answer = put(dispatcher, body);
        CHECK(answer.status == 422);
        std::string all;
        const auto told = body_of(answer);
        for (const auto& error : told.at("errors").as_array()) all += text(error.at("field")) + " ";
        return all;
    }
    std::uint64_t audited(std::string_view action) {
        const auto rows = auth.pool.read_now([&](mysql::Connection& db) {
            return db.query("SELECT COUNT(*) FROM audit WHERE action=?", {action});
        });
        REQUIRE(rows);
        return rows->front().unsigned_integer(0);
    }
};

const std::string late =
    R"({"name":" 蒲城超期 ","filter":{"division":"610526","overdue":true},"sort":"due","columns":["due","no","title"]})";

}  // namespace

TEST_CASE("A15: a view is kept as its owner left it, changed under its version, and removed") {
    ViewsWorld world;
    const auto made = world.put(world.dispatcher, late);
    REQUIRE(made.status == 201);
    CHECK(TicketsWorld::etag_of(made) == "\"1\"");
    const auto kept = world.items(world.dispatcher);
    REQUIRE(kept.size() == 1);
    CHECK(text(kept[0].at("name")) == "蒲城超期");
    CHECK(kept[0].at("filter").as_object().size() == 2);
    CHECK(kept[0].at("filter").at("overdue") == true);
    CHECK(kept[0].at("columns").as_array().size() == 3);
    CHECK(kept[0].at("mine") == true);
    CHECK(world.items(world.colleague).empty());

    const std::string other = R"({"name":"全部在办","filter":{"state":"open"}})";
    CHECK(world.put(world.dispatcher, other, "\"7\"").status == 412);
    CHECK(world.put(world.dispatcher, other, "").status == 428);
    const auto changed = world.put(world.dispatcher, other, "\"1\"");
    CHECK(changed.status == 200);
    CHECK(text(body_of(changed).at("sort")) == "newest");
    CHECK(world.remove(world.dispatcher, "\"1\"") == 412);
    CHECK(world.remove(world.colleague, "\"2\"") == 404);
    CHECK(world.remove(world.dispatcher, "\"2\"") == 204);
    CHECK(world.items(world.dispatcher).empty());
}

TEST_CASE("a view that is sent again is kept once, and an id that is taken is refused") {
    ViewsWorld world;
    REQUIRE(world.put(world.dispatcher, late).status == 201);
    CHECK(world.put(world.dispatcher, late).status == 201);
    CHECK(world.put(world.colleague, late).status == 412);
    const std::string other = R"({"name":"全部在办","filter":{"state":"open"}})";
    CHECK(world.put(world.dispatcher, other).status == 412);
    REQUIRE(world.put(world.dispatcher, other, "\"1\"").status == 200);
    CHECK(text(body_of(world.put(world.dispatcher, other, "\"1\"")).at("name")) == "全部在办");
    CHECK(world.items(world.dispatcher).size() == 1);
}

TEST_CASE("A15: a supervisor gives a view to a role, whose people use it and leave it as it is") {
    ViewsWorld world;
    const std::string given =
        R"({"name":"分办晨会","filter":{"state":"accepted"},"role":"dispatcher"})";
    CHECK(world.put(world.dispatcher, given).status == 422);
    REQUIRE(world.put(world.supervisor, given).status == 201);
    CHECK(world.audited("view.give") == 1);
    const auto seen = world.items(world.colleague);
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].at("mine") == false);
    CHECK(seen[0].at("may_change") == false);
    CHECK(text(seen[0].at("owner_name")) == "测试员");
    CHECK(world.put(world.colleague, late, "\"1\"").status == 403);
    CHECK(world.remove(world.colleague, "\"1\"") == 403);
    const auto clerk = world.person(Role::unit_clerk, world.small.unit("610526.housing"));
    CHECK(world.items(clerk).empty());
    CHECK(world.remove(clerk, "\"1\"") == 404);
    // Another supervisor ends it: it must not outlive who can.
    const auto second = world.person(Role::supervisor);
    REQUIRE(world.items(second).size() == 1);
    CHECK(world.remove(second, "\"1\"") == 204);
    CHECK(world.audited("view.take") == 1);
}

TEST_CASE("A15: what the list would refuse, and whoever's number, is kept by no view") {
    ViewsWorld world;
    CHECK(world.faults("{}") == "name filter ");
    CHECK(world.faults(R"({"name":"a","filter":{"state":"asleep"}})") == "filter.state ");
    CHECK(world.faults(R"({"name":"a","filter":{"from":"tomorrow"}})") == "filter.from ");
    CHECK(world.faults(R"({"name":"a","filter":{"limit":3}})") == "filter.limit ");
    CHECK(world.faults(R"({"name":"a","filter":{"q":"13800001111"}})") == "filter.q ");
    CHECK(world.faults(R"({"name":"a","filter":{"q":"停电 91610500MA6Y2A0K30"}})") == "filter.q ");
    CHECK(world.faults(R"({"name":"a","filter":{},"sort":"best"})") == "sort ");
    CHECK(world.faults(R"({"name":"a","filter":{},"columns":["no","no"]})") == "columns ");
    CHECK(world.faults(R"({"name":"a","filter":{},"columns":["password"]})") == "columns ");
    CHECK(world.faults(R"({"name":"a","filter":{},"role":"admin"})") == "role role ");
    CHECK(world.put(world.dispatcher, late, "*", "short").status == 404);
    const auto auditor = world.person(Role::auditor);
    CHECK(world.put(auditor, late).status == 403);
}

TEST_CASE("one keeps fifty views and no more") {
    ViewsWorld world;
    REQUIRE(world.put(world.dispatcher, late).status == 201);
    world.run(
        "INSERT INTO saved_view (id, account_id, name, question, sort, created_at, changed_at) "
        "SELECT CONCAT('00000000-0000-4000-8000-', LPAD(t.n, 12, '0')), v.account_id, 'x', '{}', "
        "'due', v.created_at, v.changed_at FROM saved_view v JOIN (SELECT a.i*10+b.i AS n FROM "
        "(SELECT 0 i UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4) a JOIN (SELECT 0 "
        "i UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT "
        "6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) b) t WHERE t.n<49"
    );
    CHECK(world.put(world.dispatcher, late, "*", another_id).status == 422);
    CHECK(world.put(world.colleague, late, "*", another_id).status == 201);
}
