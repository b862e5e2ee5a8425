#include "tests/integration/calls/live_world.hpp"

using namespace hotline;
using namespace hotline::test;

namespace {

boost::json::object body_of(const http::Response& response) {
    return boost::json::parse(response.body).as_object();
}

std::string code_of(const http::Response& response) {
    return std::string(body_of(response).at("code").as_string());
}

std::string good(const std::string& id) {
    return R"({"event_id":")" + id +
           R"(","occurred_at":"2026-11-24T01:00:00.250Z","type":"call.offered","call_id":"c1"})";
}

}  // namespace

TEST_CASE("events are taken, counted again as duplicates, and what is wrong is said one by one") {
    LiveWorld world;
    const std::string body =
        "[" + good("a") + R"(, 7, {"event_id":"b","type":"call.offered","call_id":"c1"},)" +
        R"({"event_id":"c","occurred_at":"2026-11-24T01:00:00Z","type":"call.sung","call_id":"c1"},)" +
        R"({"event_id":"d","occurred_at":"1026-11-24T01:00:00Z","type":"call.ended","call_id":"c1"},)" +
        good("a") + "]";
    auto answer = world.post_events(body);
    REQUIRE(answer.status == 202);
    CHECK(
        answer.body ==
        R"({"accepted":1,"duplicates":1,"rejected":[{"index":1,"code":"wrong_type"},)"
        R"({"index":2,"code":"missing_field","field":"occurred_at"},)"
        R"({"index":3,"code":"not_in_list","field":"type"},)"
        R"({"index":4,"code":"invalid_format","field":"occurred_at"}]})"
    );
    answer = world.post_events("[" + good("a") + "]");
    CHECK(answer.status == 202);
    CHECK(answer.body == R"({"accepted":0,"duplicates":1,"rejected":[]})");
    // Another platform's events are other events.
    answer = world.post_events("[" + good("a") + "]", "other-pbx");
    CHECK(answer.body == R"({"accepted":1,"duplicates":0,"rejected":[]})");
    CHECK(world.post_events("[]").body == R"({"accepted":0,"duplicates":0,"rejected":[]})");
}

TEST_CASE("T35: a score is one of five, and an event that brings one has it") {
    LiveWorld world;
    const auto scored = [](const std::string& id, const std::string& score) {
        return R"({"event_id":")" + id + R"(","occurred_at":"2026-11-24T01:00:00Z",)" +
               R"("type":"survey.scored","call_id":"c1")" + score + "}";
    };
    const auto answer = world.post_events(
        "[" + scored("a", R"(,"score":5)") + "," + scored("b", "") + "," +
        scored("c", R"(,"score":6)") + "," + scored("d", R"(,"score":0)") + "]"
    );
    const auto rejected = body_of(answer).at("rejected").as_array();
    CHECK(body_of(answer).at("accepted").as_int64() == 1);
    REQUIRE(rejected.size() == 3);
    for (const auto& one : rejected) CHECK(one.at("field").as_string() == "score");
    CHECK(rejected[0].at("code").as_string() == "missing_field");
}

TEST_CASE("a request without token, source, or within bounds is refused as a whole") {
    LiveWorld world;
    CHECK(world.post_events("{}").status == 422);
    CHECK(code_of(world.post_events("{}")) == "wrong_type");
    CHECK(code_of(world.post_events("[]", "")) == "validation_failed");
    CHECK(code_of(world.post_events("[]", "a b")) == "validation_failed");
    std::string many = "[" + good("0");
    for (int n = 1; n <= 100; ++n) many += "," + good(std::to_string(n));
    CHECK(code_of(world.post_events(many + "]")) == "validation_failed");
    world.machine_token = crypto::random_token();
    CHECK(world.post_events("[]").status == 401);
}

TEST_CASE("an agent is shown his own calls, a supervisor all, others none") {
    LiveWorld world;
    const auto li = world.store.account("li", ticketing::Role::agent, "8001");
    const auto zhao = world.store.account("zhao", ticketing::Role::supervisor);
    const auto clerk =
        world.store.account("sun", ticketing::Role::unit_clerk, "", "610526.housing");
    world.store.enterprise(7, "蒲城果业", "13800138000");
    world.ring("c1", "8001", "13800138000");
    world.ring("c2", "8002", "13700137000");
    world.post_events(
        R"([{"event_id":"end","occurred_at":"2026-11-24T01:05:00Z","type":"call.ended","call_id":"c2"}])"
    );
    const auto get = [&](ticketing::UserId who, std::map<std::string, std::string> query) {
        const auto token = crypto::random_token();
        mysql::Session session;
        session.token = crypto::token_digest(token);
        session.account = who;
        session.generation = 1;
        session.csrf_token = "x";
        session.created_at = session.seen_at = now();
        session.expires_at = now() + 1h;
        REQUIRE(world.store.pool.transact_now([&](mysql::Connection& db) {
            return mysql::insert_session(db, session);
        }));
        http::Request request;
        request.path = "/api/v1/calls";
        request.query = std::move(query);
        request.secure = true;
        request.headers = {{"cookie", "__Host-hotline=" + token}};
        return world.loop.wait(world.router->dispatch(std::move(request)));
    };
    const auto names = [&](const http::Response& response) {
        REQUIRE(response.status == 200);
        std::string found;
        const auto body = body_of(response);
        for (const auto& item : body.at("items").as_array()) {
            found += std::string(item.at("call_id").as_string()) + " ";
        }
        return found;
    };
    CHECK(names(get(li, {})) == "c1 ");
    CHECK(names(get(zhao, {})) == "c2 c1 ");
    CHECK(names(get(zhao, {{"limit", "1"}})) == "c2 ");
    CHECK(get(clerk, {}).status == 403);
    CHECK(get(zhao, {{"limit", "1000"}}).status == 422);
    const auto first = body_of(get(li, {})).at("items").at(0);
    CHECK(first.at("state") == "ringing");
    CHECK(first.at("agent_name") == "li");
    CHECK(first.at("enterprise").at("name") == "蒲城果业");
    CHECK(first.at("enterprise").at("phone") == "138****8000");
}
