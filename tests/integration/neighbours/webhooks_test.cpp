#include "tests/integration/neighbours/webhooks_world.hpp"

using namespace hotline;
using namespace hotline::test;
using ticketing::Role;

namespace {

Reply taken(const Seen&) {
    return {.status = 204};
}

void confidential_one(ticketing::Ticket& ticket) {
    ticket.appellant.confidential = true;
}
void complaint(ticketing::Ticket& ticket) {
    ticket.type = ticketing::AppealType::complaint;
}

}  // namespace

TEST_CASE("another system is told of a ticket in a signed message without a word of the appellant"
) {
    WebhooksWorld world;
    HttpStandIn receiver(taken);
    const auto office = world.endpoint(receiver.url("/hook"));
    const auto number = world.tickets.accepted();
    world.tell();
    auto worker = world.worker();
    CHECK(world.send(worker, office.id) == 1);
    const auto ids = came(receiver, office.secret);
    REQUIRE(ids.size() == 1);
    CHECK(ids.contains(number + "_1"));
    const auto seen = receiver.seen().front();
    CHECK(seen.method == "POST");
    CHECK(seen.path == "/hook");
    CHECK(seen.field("content-type") == "application/json");
    CHECK(seen.body.starts_with(R"({"type":"ticket.created",)"));
    for (const std::string_view word : {"陈大文", "138000", "某某建设", "9161", "施工许可"}) {
        CHECK(seen.body.find(word) == std::string::npos);
    }
    CHECK(world.deliveries(office.id).front().state == mysql::WebhookDeliveryState::delivered);
    CHECK(world.webhook(office.id).succeeded_at);
}

TEST_CASE("nobody outside hears of confidential tickets and complaints, or of what he did not ask"
) {
    WebhooksWorld world;
    const auto all = world.endpoint("http://127.0.0.1:1/");
    const auto closed = world.endpoint("http://127.0.0.1:1/", R"(["ticket.closed"])");
    world.tickets.accepted(confidential_one);
    world.tickets.accepted(complaint);
    world.tell();
    CHECK(world.deliveries(all.id).empty());
    world.tickets.accepted();
    world.tell();
    CHECK(world.deliveries(all.id).size() == 1);
    CHECK(world.deliveries(closed.id).empty());
}

TEST_CASE("through refusals, silence and cut connections each message arrives, once by its id") {
    WebhooksWorld world;
    HttpStandIn receiver(taken);
    const auto office = world.endpoint(receiver.url());
    std::set<std::string> wanted;
    for (int i = 0; i < 5; ++i) wanted.insert(world.tickets.accepted() + "_1");
    world.tell();
    auto worker = world.worker();
    const auto manners = {
        Reply{.status = 500},
        Reply{.status = 429, .fields = {{"Retry-After", "7"}}},
        Reply{.manner = Reply::Manner::hang},
        Reply{.status = 200, .manner = Reply::Manner::cut},
        Reply{.status = 200, .body = "done", .manner = Reply::Manner::cut_within},
    };
    for (const Reply& reply : manners) {
        receiver.reply_with(reply);
        CHECK(world.send(worker, office.id) >= 1);
        CHECK(world.webhook(office.id).failures > 0);
        world.let_time_pass();
    }
    receiver.reply_with(std::nullopt);
    CHECK(world.send(worker, office.id) == 5);
    const auto ids = came(receiver, office.secret);
    CHECK(ids.size() == wanted.size());
    for (const auto& [id, times] : ids) CHECK(wanted.contains(id));
    for (const auto& one : world.deliveries(office.id)) {
        CHECK(one.state == mysql::WebhookDeliveryState::delivered);
    }
    CHECK(world.webhook(office.id).failures == 0);
}

TEST_CASE("a receiver's Retry-After is kept, for the message and for the endpoint") {
    WebhooksWorld world;
    HttpStandIn receiver([](const Seen&) {
        return Reply{.status = 429, .fields = {{"Retry-After", "90"}}};
    });
    const auto office = world.endpoint(receiver.url());
    world.tickets.accepted();
    world.tickets.accepted();
    world.tell();
    auto worker = world.worker();
    const auto before = hotline::now();
    // The second one is not tried: the endpoint as a whole asked for rest.
    CHECK(world.send(worker, office.id) == 1);
    REQUIRE(world.webhook(office.id).paused_until);
    CHECK(*world.webhook(office.id).paused_until >= before + 89s);
    CHECK(world.deliveries(office.id).back().next_at >= before + 89s);
}

TEST_CASE("messages of one ticket go out in order, those of another do not wait for them") {
    WebhooksWorld world;
    HttpStandIn receiver(taken);
    const auto office = world.endpoint(receiver.url());
    const auto dispatcher = world.tickets.person(Role::dispatcher);
    const auto first = world.tickets.accepted();
    REQUIRE(
        world.tickets
            .act(dispatcher, first, "decline", R"({"reason_code":"emergency","reason":"请打110"})")
            .status == 200
    );
    world.tell();
    CHECK(world.deliveries(office.id).size() == 2);
    auto worker = world.worker();
    receiver.reply_with(Reply{.status = 500});
    CHECK(world.send(worker, office.id) == 1);
    receiver.reply_with(std::nullopt);
    const auto second = world.tickets.accepted();
    world.tell();
    CHECK(world.send(worker, office.id) == 1);
    CHECK(receiver.seen().back().field("webhook-id") == second + "_1");
    world.let_time_pass();
    CHECK(world.send(worker, office.id) == 2);
    CHECK(receiver.seen().back().field("webhook-id") == first + "_2");
}

TEST_CASE("what a server had in hand when it died is sent by another after its lease") {
    WebhooksWorld world;
    const auto office = world.endpoint("http://127.0.0.1:1/");
    world.tickets.accepted();
    world.tell();
    const auto take = [&](ticketing::Instant at) {
        const auto taken = world.auth.pool.transact_now([&](mysql::Connection& db) {
            return mysql::take_delivery(db, office.id, at, 30s);
        });
        REQUIRE(taken);
        return *taken;
    };
    const auto now = hotline::now();
    REQUIRE(take(now));
    CHECK_FALSE(take(now + 29s));
    const auto again = take(now + 31s);
    REQUIRE(again);
    CHECK(again->attempts == 2);
}

TEST_CASE("after 410, or three days of failures, an endpoint is switched off and that is on record"
) {
    WebhooksWorld world;
    HttpStandIn receiver([](const Seen&) { return Reply{.status = 410}; });
    const auto gone = world.endpoint(receiver.url());
    world.tickets.accepted();
    world.tell();
    auto worker = world.worker();
    CHECK(world.send(worker, gone.id) == 1);
    CHECK_FALSE(world.webhook(gone.id).active);
    CHECK(world.webhook(gone.id).switched_off_at);
    const auto failing = world.endpoint(receiver.url());
    world.tickets.accepted();
    world.tell();
    receiver.reply_with(Reply{.status = 503});
    CHECK(world.send(worker, failing.id) == 1);
    CHECK(world.webhook(failing.id).active);
    world.tickets.run("UPDATE webhook SET failures=9, failing_since=failing_since-INTERVAL 73 HOUR"
    );
    world.let_time_pass();
    CHECK(world.send(worker, failing.id) == 1);
    CHECK_FALSE(world.webhook(failing.id).active);
    const auto noted = world.auth.pool.read_now([](mysql::Connection& db) {
        return mysql::list_audit(db, "webhook.switched_off", std::nullopt, 10);
    });
    REQUIRE(noted);
    CHECK(noted->size() == 2);
    // G19: the administrators are told of it.
    const auto told = world.auth.pool.read_now([](mysql::Connection& db) {
        return db.query("SELECT COUNT(DISTINCT receiver) FROM notice WHERE occasion=21");
    });
    REQUIRE(told);
    CHECK(told->front().integer(0) == 1);
    // Nothing new is put in line for it until somebody switches it on again.
    world.tickets.accepted();
    world.tell();
    CHECK(world.deliveries(failing.id).size() == 1);
    const auto on = world.auth.run(
        world.api.change(world.about(failing.id, world.admin.post(R"({"active":true})")))
    );
    CHECK(on.status == 200);
    CHECK(world.webhook(failing.id).failures == 0);
    CHECK_FALSE(world.webhook(failing.id).switched_off_at);
}

TEST_CASE("a message nobody took for three days is given up and can be sent again") {
    WebhooksWorld world;
    HttpStandIn receiver([](const Seen&) { return Reply{.status = 500}; });
    const auto office = world.endpoint(receiver.url());
    world.tickets.accepted();
    world.tell();
    world.tickets.run("UPDATE webhook_delivery SET give_up_at=UTC_TIMESTAMP(3)");
    auto worker = world.worker();
    CHECK(world.send(worker, office.id) == 1);
    const auto lost = world.deliveries(office.id).front();
    CHECK(lost.state == mysql::WebhookDeliveryState::given_up);
    CHECK(lost.status == 500);
    receiver.reply_with(Reply{.status = 200});
    const auto again =
        world.auth.run(world.api.redeliver(world.about(office.id, world.admin.post(), lost.id)));
    CHECK(again.status == 204);
    CHECK(world.send(worker, office.id) == 1);
    CHECK(world.deliveries(office.id).front().state == mysql::WebhookDeliveryState::delivered);
    CHECK(came(receiver, office.secret).begin()->second == 2);
}

TEST_CASE("this machine and the networks around it are never called, whatever an endpoint says") {
    WebhooksWorld world;
    HttpStandIn inside(taken);
    auto worker = world.worker({.connect = 1s, .total = 1s});
    for (const std::string& url : {
             inside.url(),
             std::string("https://127.0.0.1/"),
             std::string("https://localhost/"),
             std::string("https://10.0.0.1/"),
             std::string("https://192.168.1.1/"),
             std::string("https://172.16.0.1/"),
             std::string("https://169.254.169.254/latest/meta-data/"),
             std::string("https://100.64.0.1/"),
             std::string("https://[::1]/"),
             std::string("https://[fd00::1]/"),
             std::string("https://[fe80::1]/"),
             std::string("https://[::ffff:10.0.0.1]/"),
             std::string("https://0.0.0.0/"),
         }) {
        CAPTURE(url);
        const auto office = world.endpoint(url);
        REQUIRE(
            world.auth.run(world.api.ping(world.about(office.id, world.admin.post()))).status == 202
        );
        CHECK(world.send(worker, office.id) == 1);
        CHECK(world.deliveries(office.id).front().fault == "not_allowed");
    }
    CHECK(inside.connections() == 0);
}

TEST_CASE("a slow endpoint delays no other one") {
    WebhooksWorld world;
    HttpStandIn slow([](const Seen&) { return Reply{.manner = Reply::Manner::hang}; });
    HttpStandIn quick(taken);
    world.endpoint(slow.url());
    const auto office = world.endpoint(quick.url());
    for (int i = 0; i < 20; ++i) world.tickets.accepted();
    world.tell();
    auto limits = WebhooksWorld::lenient();
    limits.total = std::chrono::seconds(20);
    auto worker = world.worker(limits);
    {
        TaskGroup tasks(world.auth.io.get_executor());
        tasks.spawn("webhooks", worker.run(tasks));
        world.auth.io.restart();
        const auto until = std::chrono::steady_clock::now() + 10s;
        while (quick.seen().size() < 20 && std::chrono::steady_clock::now() < until) {
            world.auth.io.run_for(10ms);
        }
        CHECK(came(quick, office.secret).size() == 20);
        CHECK(slow.connections() >= 1);
        tasks.stop();
        world.auth.run(tasks.wait_for(5s));
    }
}
