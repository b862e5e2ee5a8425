#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/link_store.hpp"
#include "tests/integration/calls/live_world.hpp"

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

namespace {

std::string of_call(
    const std::string& type, const std::string& call, const std::string& agent = ""
) {
    return R"({"event_id":")" + call + type + R"(","occurred_at":"2026-11-24T01:00:00Z","type":")" +
           type + R"(","call_id":")" + call + R"(","agent":")" + agent + R"("})";
}

struct Signed {
    LiveWorld& world;
    std::int64_t seconds_off = 0;
    std::string secret = "the secret";
    std::string version = "v1=";

    int beat(const std::string& body = "") const {
        const auto at = std::chrono::floor<std::chrono::seconds>(now()).time_since_epoch();
        const auto time = std::to_string(at.count() + seconds_off);
        http::Request request;
        request.method = http::Method::post;
        request.path = "/api/v1/cti/heartbeat";
        request.body = body;
        const auto mac = crypto::hmac_sha256(secret, time + "." + body);
        request.headers = {
            {"x-cti-source", "pbx"},
            {"x-cti-timestamp", time},
            {"x-cti-signature", version + crypto::hex(mac)},
        };
        return static_cast<int>(world.loop.wait(world.router->dispatch(std::move(request))).status);
    }
};

std::vector<mysql::CtiLink> links_of(LiveWorld& world) {
    return world.store.now([](mysql::Connection& db) {
        return mysql::list_links(db, ticketing::Instant{});
    });
}

}  // namespace

TEST_CASE("T22: a signature that fits in time admits a platform, and nothing else without a token"
) {
    LiveWorld world;
    CHECK(Signed{world}.beat() == 204);
    CHECK(Signed{world, 290}.beat("{}") == 204);
    CHECK(Signed{world, -290}.beat() == 204);
    CHECK(Signed{world, 310}.beat() == 401);
    CHECK(Signed{world, -310}.beat() == 401);
    CHECK(Signed{world, 0, "another"}.beat() == 401);
    CHECK(Signed{world, 0, "the secret", "v0="}.beat() == 401);
    http::Request bare;
    bare.method = http::Method::post;
    bare.path = "/api/v1/cti/heartbeat";
    bare.headers = {{"x-cti-source", "pbx"}};
    CHECK(world.loop.wait(world.router->dispatch(std::move(bare))).status == 401);
    CHECK(world.post("heartbeat", "").status == 204);
    CHECK(world.post("heartbeat", "", "").status == 422);
}

TEST_CASE("T22: without a secret no signature admits anybody, not even one made with nothing") {
    LiveWorld world;
    api::CtiDoor closed(world.guard, "", now);
    http::Request request;
    const auto at = std::chrono::floor<std::chrono::seconds>(now()).time_since_epoch();
    const auto time = std::to_string(at.count());
    request.headers = {
        {"x-cti-source", "pbx"},
        {"x-cti-timestamp", time},
        {"x-cti-signature", "v1=" + crypto::hex(crypto::hmac_sha256("", time + "."))},
    };
    CHECK(world.loop.wait(closed.admit(request)).error().code == ErrorCode::not_authenticated);
}

TEST_CASE("T24: a heartbeat makes a link, and then everything it says is a sign of life") {
    LiveWorld world;
    world.post_events("[" + of_call("call.offered", "c1") + "]");
    CHECK(links_of(world).empty());
    CHECK(world.post("heartbeat", "").status == 204);
    REQUIRE(links_of(world).size() == 1);
    CHECK(links_of(world)[0].source == "pbx");
    const auto first = links_of(world)[0].heard_at;
    world.loop.turn_for(5ms);
    world.post_events("[" + of_call("call.queued", "c1") + "]");
    CHECK(links_of(world)[0].heard_at > first);
}

TEST_CASE("T23: a snapshot takes up what is new and closes what is gone, until its end is told") {
    LiveWorld world;
    const auto li = world.store.account("li", Role::agent, "8001");
    const auto screen = world.listen(li);
    world.store.now([&](mysql::Connection& db) {
        const actions::ChooseCommand ready{
            .agent = li,
            .wanted = {telephony::AgentState::ready, {}},
            .actor = {.user = li, .role = Role::agent}
        };
        return actions::choose_state(db, ready, ticketing::Instant{1'700'000'000'000ms});
    });
    world.post_events(
        "[" + of_call("call.answered", "gone", "8001") + "," + of_call("call.ringing", "here") + "]"
    );
    world.post_events("[" + of_call("call.queued", "other") + "]", "other-pbx");
    CHECK(world.state_of_call("gone") == "talking");
    const std::string told = R"({"taken_at":"2026-11-24T01:05:00Z","agents":[],"calls":[)" +
                             of_call("call.ringing", "here") + "," + of_call("call.queued", "new") +
                             "]}";
    auto answer = world.post("snapshot", told);
    CHECK(answer.body == R"({"calls":2,"lost":1,"agents":0})");
    CHECK(world.state_of_call("gone") == "lost");
    CHECK(world.state_of_call("here") == "ringing");
    CHECK(world.state_of_call("new") == "queued");
    CHECK(world.state_of_call("other") == "queued");
    world.loop.until([&] { return screen->count("call_changed") >= 2; });
    CHECK(screen->last("call_changed").at("data").at("state") == "lost");
    CHECK(screen->last("agent_moved").at("data").at("state") == "wrap_up");
    // The same again finds nothing more.
    CHECK(world.post("snapshot", told).body == R"({"calls":2,"lost":0,"agents":0})");
    // What had not begun by then is not in it, and is not lost.
    const std::string early = R"({"taken_at":"2026-11-24T00:59:00Z","agents":[],"calls":[]})";
    CHECK(world.post("snapshot", early).body == R"({"calls":0,"lost":0,"agents":0})");
    world.post_events("[" + of_call("call.ended", "gone") + "]");
    CHECK(world.state_of_call("gone") == "ended");
    answer = world.post("snapshot", R"({"taken_at":"2026-11-24T01:05:00Z","calls":[7]})");
    CHECK(answer.status == 422);
    CHECK(answer.body.find("calls[0]") != std::string::npos);
}
