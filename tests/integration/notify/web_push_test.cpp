#include "integrations/notify/web_push.hpp"

#include "tests/integration/notify/notify_fixture.hpp"
#include "tests/stand_ins/push_stand_in.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace hotline;
using namespace hotline::test;
using namespace hotline::notify;
using namespace std::chrono_literals;

namespace {

struct PushWorld {
    boost::asio::io_context io{1};
    PushStandIn service;
    WebPushSender sender;

    explicit PushWorld(http_client::Limits limits = stand_in_limits())
        : sender(
              io.get_executor(),
              {.key = std::make_shared<const crypto::P256Key>(crypto::P256Key::generate()),
               .contact = "mailto:it@example.org",
               .limits = std::move(limits)}
          ) {}

    Message to(const std::string& endpoint) const {
        Message message = a_message("");
        message.push = {endpoint, PushKeys::p256dh, PushKeys::auth};
        message.payload = R"({"id":"0192-7","tag":"QP202611270042"})";
        return message;
    }
    Sent send(Message message) { return send_one(io, sender, std::move(message)); }
    Outcome outcome_of(unsigned status) {
        service.http().reply_with(Reply{.status = status});
        const auto sent = send(to(service.subscribe()));
        service.http().reply_with({});
        return sent.outcome;
    }
};

}  // namespace

TEST_CASE("a push says how long it keeps, how urgent it is and which it replaces") {
    PushWorld world;
    const auto endpoint = world.service.subscribe();
    auto message = world.to(endpoint);
    message.ttl = 600s;
    const auto sent = world.send(message);
    CHECK(sent.outcome == Outcome::accepted);
    CHECK_FALSE(sent.vendor_id.empty());
    message.urgent = true;
    world.send(message);
    message.topic = "QP202611270043";
    world.send(message);

    const auto pushed = world.service.pushed_to(endpoint);
    REQUIRE(pushed.size() == 3);
    CHECK(pushed[0].ttl == "600");
    CHECK(pushed[0].urgency == "normal");
    CHECK(pushed[1].urgency == "high");
    CHECK(pushed[0].topic.size() == 32);
    CHECK(pushed[0].topic == pushed[1].topic);
    CHECK(pushed[0].topic != pushed[2].topic);
    // Nothing of what is said can be read on the way.
    CHECK(pushed[0].body.find("QP2026") == std::string::npos);
    CHECK(pushed[0].topic.find("QP2026") == std::string::npos);
    CHECK(world.service.http().connections() == 1);
}

TEST_CASE("what a push service answers decides what becomes of message and subscription") {
    PushWorld world;
    const auto endpoint = world.service.subscribe();
    world.service.end(endpoint);
    CHECK(world.send(world.to(endpoint)).outcome == Outcome::gone);
    CHECK(world.send(world.to(world.service.origin() + "/wpush/v2/none")).outcome == Outcome::gone);
    CHECK(world.outcome_of(200) == Outcome::accepted);
    CHECK(world.outcome_of(400) == Outcome::refused);
    CHECK(world.outcome_of(401) == Outcome::misconfigured);
    CHECK(world.outcome_of(403) == Outcome::misconfigured);
    CHECK(world.outcome_of(413) == Outcome::refused);
    CHECK(world.outcome_of(500) == Outcome::later);
    CHECK(world.outcome_of(503) == Outcome::later);
    CHECK(world.outcome_of(302) == Outcome::refused);

    world.service.http().reply_with(Reply{.status = 429, .fields = {{"Retry-After", "120"}}});
    const auto later = world.send(world.to(world.service.subscribe()));
    CHECK(later.outcome == Outcome::later);
    CHECK(later.retry_after == 120s);
}

TEST_CASE("a push service that is silent, cuts off or is away is tried again") {
    auto limits = stand_in_limits();
    limits.total = 100ms;
    PushWorld world(limits);
    world.service.http().reply_with(Reply{.manner = Reply::Manner::hang});
    CHECK(world.send(world.to(world.service.subscribe())).outcome == Outcome::later);
    world.service.http().reply_with(Reply{.manner = Reply::Manner::cut});
    CHECK(world.send(world.to(world.service.subscribe())).outcome == Outcome::later);
}

TEST_CASE("endpoints are a stranger's word: bad ones are dead, those not admitted are not called") {
    PushWorld world;
    CHECK(world.send(world.to("push.example.org/x")).outcome == Outcome::gone);
    auto message = world.to(world.service.subscribe());
    message.push.p256dh = "rubbish";
    CHECK(world.send(message).outcome == Outcome::gone);
    message = world.to(world.service.subscribe());
    message.payload.assign(4000, 'x');
    CHECK(world.send(message).outcome == Outcome::refused);

    auto careful = stand_in_limits();
    careful.public_addresses_only = true;
    PushWorld inside(careful);
    CHECK(inside.send(inside.to(inside.service.subscribe())).outcome == Outcome::refused);
    careful = stand_in_limits();
    careful.hosts = {"push.example.org"};
    PushWorld listed(careful);
    CHECK(listed.send(listed.to(listed.service.subscribe())).outcome == Outcome::refused);
    CHECK(inside.service.http().connections() + listed.service.http().connections() == 0);
    CHECK(world.service.http().connections() == 0);
}
