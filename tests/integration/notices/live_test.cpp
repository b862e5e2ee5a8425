#include "server/live_notice.hpp"
#include "server/notices/parts.hpp"
#include "tests/integration/calls/live_world.hpp"

#include <boost/asio/post.hpp>

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;
using UserId = ticketing::UserId;

namespace {

const std::string telephone = "11111111-2222-4333-8444-555555555555";
const std::string tablet = "22222222-2222-4333-8444-555555555555";

// A server with its feed and everything of being told, and pages open to it by WebSocket.
struct OpenPages : LiveWorld {
    actions::Backlog backlog;
    config::Settings configured;
    TaskGroup told_tasks{loop.io.get_executor(), [this](std::string_view task, std::exception_ptr) {
                             failed.emplace_back(task);
                         }};
    notices::Parts told{
        {.executor = loop.io.get_executor(),
         .settings = configured,
         .pool = store.pool,
         .city = city,
         .intake = backlog,
         .metrics = metrics,
         .guard = guard,
         .sessions = sessions,
         .feed = feed,
         .plain_http = false,
         .senders = {},
         .push_key = ""}
    };
    std::unique_ptr<http::Router> api;
    std::map<std::uint64_t, std::string> tokens;

    OpenPages() {
        for (const char* table : {"notice", "notice_delivery", "bulletin", "device", "audit"}) {
            store.now([&](mysql::Connection& db) {
                return db.execute("DELETE FROM " + std::string(table));
            });
        }
        std::vector<http::Route> routes;
        told.add_routes(routes);
        api = std::make_unique<http::Router>(std::move(routes));
        told.start(told_tasks);
    }
    ~OpenPages() {
        boost::asio::post(loop.io, [this] { told_tasks.stop(); });
        loop.until([&] { return told_tasks.size() == 0; });
    }

    // A session on a device; the page that opens next is its.
    void log_in_on(UserId account, const std::string& device = "") {
        const auto token = crypto::random_token();
        mysql::Session session;
        session.token = crypto::token_digest(token);
        session.account = account;
        session.generation = 1;
        session.csrf_token = "x";
        session.created_at = session.seen_at = now();
        session.expires_at = now() + 1h;
        session.device = device;
        REQUIRE(store.pool.transact_now([&](mysql::Connection& db) {
            return mysql::insert_session(db, session);
        }));
        tokens[account.value] = token;
        logged_in[account.value] = session.token;
    }
    Listener* page(UserId account, const std::string& device = "") {
        log_in_on(account, device);
        return listen(account, "[]");
    }
    http::Response ask(UserId by, http::Method method, std::string path, std::string body = "") {
        http::Request request;
        request.method = method;
        request.path = "/api/v1" + path;
        request.secure = true;
        request.body = std::move(body);
        request.headers = {
            {"host", "test"},
            {"origin", "http://test"},
            {"content-type", "application/json"},
            {"cookie", "__Host-hotline=" + tokens[by.value]},
            {"x-csrf-token", "x"}
        };
        return loop.wait(api->dispatch(std::move(request)));
    }
    void add_device(UserId account, const std::string& id) {
        mysql::Device device;
        device.id = id;
        device.account = account;
        device.name = "华为";
        device.created_at = device.seen_at = now();
        store.now([&](mysql::Connection& db) { return mysql::keep_device(db, device); });
    }
};

}  // namespace

TEST_CASE(
    "G10: a bulletin is on the open pages of its audience at once, on nobody else's, and counted"
) {
    OpenPages world;
    const auto official = world.store.account("official", Role::official);
    const auto agent = world.store.account("agent", Role::agent);
    const auto admin = world.store.account("admin", Role::admin);
    const auto screen = world.page(official);
    const auto other = world.page(agent);
    world.log_in_on(admin);
    const auto sent = world.ask(
        admin,
        http::Method::post,
        "/bulletins",
        R"({"title":"系统维护","body":"今晚十点维护","title_en":"Maintenance","body_en":"At ten tonight"})"
    );
    REQUIRE(sent.status == 202);
    world.loop.until([&] { return screen->count("notice") == 1; });
    const auto& notice = screen->last("notice").as_object();
    CHECK(notice.at("title") == "系统维护");
    CHECK(notice.at("occasion") == "bulletin");
    CHECK(other->count("notice") == 0);
    const auto id = boost::json::parse(sent.body).at("id").as_int64();
    const auto told = [&] {
        const auto progress =
            world.ask(admin, http::Method::get, "/bulletins/" + std::to_string(id));
        return boost::json::parse(progress.body).at("told").as_int64();
    };
    world.loop.until([&] { return told() == 1; });
}

TEST_CASE("L10: a wiped device's page is told to delete what it keeps and closed, the other stays"
) {
    OpenPages world;
    const auto official = world.store.account("official", Role::official);
    const auto admin = world.store.account("admin", Role::admin);
    world.add_device(official, telephone);
    world.add_device(official, tablet);
    const auto lost = world.page(official, telephone);
    const auto kept = world.page(official, tablet);
    world.log_in_on(admin);
    const auto path = "/admin/accounts/" + std::to_string(official.value) + "/devices";
    SUBCASE("one of them") {
        REQUIRE(world.ask(admin, http::Method::del, path + "/" + telephone).status == 204);
        world.loop.until([&] { return lost->over; });
        CHECK(lost->count("wipe") == 1);
        CHECK(kept->count("wipe") == 0);
        CHECK_FALSE(kept->over);
    }
    SUBCASE("at another server") {
        world.loop.spawn(world.feed.publish({device_wiped(telephone, "another")}));
        world.loop.until([&] { return lost->count("wipe") == 1; });
        CHECK(kept->count("wipe") == 0);
    }
    SUBCASE("all at once") {
        const auto wiped = world.ask(admin, http::Method::del, path);
        REQUIRE(wiped.status == 200);
        CHECK(boost::json::parse(wiped.body).at("wiped").as_int64() == 2);
        world.loop.until([&] { return lost->over && kept->over; });
        CHECK(kept->count("wipe") == 1);
        const auto left = boost::json::parse(world.ask(admin, http::Method::get, path).body);
        CHECK(left.at("items").as_array().empty());
        CHECK(left.at("wiped").as_array().size() == 2);
    }
}
