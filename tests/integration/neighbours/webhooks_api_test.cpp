#include "tests/integration/neighbours/webhooks_world.hpp"

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

TEST_CASE("only administrators keep endpoints, and what is wrong with one is told by field") {
    WebhooksWorld world;
    const auto supervisor = world.tickets.person(Role::supervisor);
    CHECK(world.auth.run(world.api.list(supervisor.get())).status == 403);
    CHECK(world.auth.run(world.api.create(supervisor.post())).status == 403);
    const auto wrong = world.auth.run(
        world.api.create(world.admin.post(R"({"name":"","url":"ftp://a","events":["x"],"y":1})"))
    );
    CHECK(wrong.status == 422);
    CHECK(body_of(wrong).at("errors").as_array().size() == 4);
    CHECK(world.auth.run(world.api.change(world.about(999, world.admin.post()))).status == 404);
}

TEST_CASE("outside of demonstrations an endpoint is https and at an admitted host") {
    WebhooksWorld world;
    api::WebhooksApi strict{
        world.auth.guard, world.auth.pool, {.key = "k", .hosts = {".example.gov.cn"}}, hotline::now
    };
    const auto ask = [&](const std::string& url) {
        return world.auth
            .run(strict.create(world.admin.post(R"({"name":"a","url":")" + url + R"("})")))
            .status;
    };
    CHECK(ask("http://a.example.gov.cn/") == 422);
    CHECK(ask("https://a.example.com/") == 422);
    CHECK(ask("https://user@a.example.gov.cn/") == 422);
    CHECK(ask("https://a.example.gov.cn/") == 201);
}

TEST_CASE("a secret is shown when it is made and never again; for a day both old and new sign") {
    WebhooksWorld world;
    HttpStandIn receiver([](const Seen&) { return Reply{.status = 200}; });
    const auto office = world.endpoint(receiver.url());
    CHECK(office.secret.starts_with("whsec_"));
    const auto list = world.auth.run(world.api.list(world.admin.get()));
    CHECK(list.body.find("whsec_") == std::string::npos);
    const auto changed =
        body_of(world.auth.run(world.api.new_secret(world.about(office.id, world.admin.post()))));
    const std::string next = text(changed.at("secret"));
    CHECK(next != office.secret);
    auto worker = world.worker();
    const auto ping = [&] {
        const auto asked = world.about(office.id, world.admin.post());
        REQUIRE(world.auth.run(world.api.ping(asked)).status == 202);
        REQUIRE(world.send(worker, office.id) == 1);
    };
    ping();
    CHECK(came(receiver, office.secret).size() == 1);
    CHECK(came(receiver, next).size() == 1);
    // A day later the old one is worth nothing any more.
    world.tickets.run("UPDATE webhook SET rotated_at=rotated_at-INTERVAL 25 HOUR");
    world.tickets.run("DELETE FROM webhook_delivery");
    ping();
    const Seen last = receiver.seen().back();
    const std::string id = last.field("webhook-id");
    const std::string time = last.field("webhook-timestamp");
    const std::string signature = last.field("webhook-signature");
    CHECK(crypto::verify_webhook(next, {id, time, last.body}, signature, hotline::now()));
    CHECK_FALSE(
        crypto::verify_webhook(office.secret, {id, time, last.body}, signature, hotline::now())
    );
    for (const std::string_view table : {"webhook", "webhook_delivery", "audit"}) {
        const auto rows = world.auth.pool.read_now([&](mysql::Connection& db) {
            return db.query("SELECT * FROM " + std::string(table));
        });
        REQUIRE(rows);
        for (const mysql::Row row : *rows) {
            for (std::size_t i = 0; i < rows->columns(); ++i) {
                CHECK(row.text(i).find(next) == std::string_view::npos);
            }
        }
    }
}

TEST_CASE("deliveries are listed by pages and states, and one is shown with its body") {
    WebhooksWorld world;
    const auto office = world.endpoint("http://127.0.0.1:1/");
    for (int i = 0; i < 3; ++i) world.tickets.accepted();
    world.tell();
    auto request = world.about(office.id, world.admin.get());
    request.query = {{"limit", "2"}, {"state", "waiting"}};
    const auto page = body_of(world.auth.run(world.api.deliveries(request)));
    CHECK(page.at("items").as_array().size() == 2);
    request.query["cursor"] = text(page.at("next_cursor"));
    const auto rest = body_of(world.auth.run(world.api.deliveries(request)));
    REQUIRE(rest.at("items").as_array().size() == 1);
    CHECK_FALSE(rest.contains("next_cursor"));
    const auto id = static_cast<std::uint64_t>(
        rest.at("items").as_array().front().as_object().at("id").as_int64()
    );
    const auto one =
        world.auth.run(world.api.delivery(world.about(office.id, world.admin.get(), id)));
    CHECK(text(body_of(one).at("body")).starts_with(R"({"type":"ticket.created")"));
    request.query = {{"state", "lost"}};
    CHECK(world.auth.run(world.api.deliveries(request)).status == 422);
    CHECK(
        world.auth.run(world.api.remove(world.about(office.id, world.admin.post()))).status == 204
    );
    CHECK(
        world.auth.run(world.api.deliveries(world.about(office.id, world.admin.get()))).status ==
        404
    );
}
