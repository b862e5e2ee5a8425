#include "integrations/notify/dingtalk.hpp"
#include "integrations/notify/wecom.hpp"
#include "tests/integration/notify/notify_fixture.hpp"
#include "tests/stand_ins/platform_stand_in.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <doctest/doctest.h>

#include <chrono>

using namespace hotline;
using namespace hotline::test;
using namespace hotline::notify;
using namespace std::chrono_literals;

namespace {

struct WecomWorld {
    boost::asio::io_context io{1};
    WecomStandIn platform;
    PlatformSender sender;

    explicit WecomWorld(
        std::string secret = WecomStandIn::secret, http_client::Limits limits = stand_in_limits()
    )
        : sender(
              io.get_executor(),
              wecom(
                  {.base_url = platform.base_url(),
                   .corp_id = WecomStandIn::corp_id,
                   .secret = std::move(secret),
                   .agent_id = WecomStandIn::agent_id}
              ),
              std::move(limits)
          ) {
        platform.admit("zhang.san");
    }
    Sent send(const std::string& to = "zhang.san") { return send_one(io, sender, a_message(to)); }
    Outcome outcome_of(long errcode) {
        platform.fail_next(errcode);
        return send().outcome;
    }
};

struct DingtalkWorld {
    boost::asio::io_context io{1};
    DingtalkStandIn platform;
    PlatformSender sender;

    explicit DingtalkWorld(std::string secret = DingtalkStandIn::app_secret)
        : sender(
              io.get_executor(),
              dingtalk(
                  {.base_url = platform.base_url(),
                   .app_key = DingtalkStandIn::app_key,
                   .app_secret = std::move(secret),
                   .agent_id = DingtalkStandIn::agent_id}
              ),
              stand_in_limits()
          ) {
        platform.admit("manager4220");
    }
    Sent send(const std::string& to = "manager4220") { return send_one(io, sender, a_message(to)); }
    Outcome outcome_of(long errcode) {
        platform.fail_next(errcode);
        return send().outcome;
    }
};

}  // namespace

TEST_CASE("企业微信: a text card goes to the member, in letters and not in escapes") {
    WecomWorld world;
    const auto sent = world.send();
    CHECK(sent.outcome == Outcome::accepted);
    CHECK(sent.vendor_id == "msg-1");
    const auto body = boost::json::parse(world.platform.messages().at(0)).as_object();
    CHECK(body.at("touser") == "zhang.san");
    CHECK(body.at("textcard").as_object().at("title") == "新工单 QP202611270042");
    CHECK(
        body.at("textcard").as_object().at("url") ==
        "https://hotline.example.org/mobile#/tickets/QP202611270042"
    );
    CHECK(body.at("enable_duplicate_check") == 1);
}

TEST_CASE("企业微信: texts are cut between two letters before the platform refuses them") {
    WecomWorld world;
    auto message = a_message("zhang.san");
    for (int i = 0; i < 60; ++i) message.title += "催";
    for (int i = 0; i < 300; ++i) message.text += "办";
    CHECK(send_one(world.io, world.sender, message).outcome == Outcome::accepted);
    const auto body = boost::json::parse(world.platform.messages().at(0)).as_object();
    const auto& title = body.at("textcard").as_object().at("title").as_string();
    CHECK(title.size() <= 128);
    CHECK(std::string_view(title).ends_with("催…"));
}

TEST_CASE("a token is fetched once for all who wait for it and kept until it is refused") {
    WecomWorld world;
    const std::vector<Message> many(50, a_message("zhang.san"));
    for (const auto& sent : send_all(world.io, world.sender, many)) {
        CHECK(sent.outcome == Outcome::accepted);
    }
    CHECK(world.platform.tokens_fetched() == 1);
    CHECK(world.platform.messages().size() == 50);

    // All of them run into the expired token; one fetches, and all are sent.
    world.platform.expire_token();
    for (const auto& sent : send_all(world.io, world.sender, many)) {
        CHECK(sent.outcome == Outcome::accepted);
    }
    CHECK(world.platform.tokens_fetched() == 2);
    CHECK(world.platform.messages().size() == 100);
}

TEST_CASE("a token that is refused however fresh it is ends the attempt") {
    WecomWorld world;
    CHECK(world.send().outcome == Outcome::accepted);
    world.platform.fail_next(42001);
    world.platform.fail_next(40014);
    CHECK(world.send().outcome == Outcome::misconfigured);
    CHECK(world.platform.tokens_fetched() == 2);
    CHECK(world.send().outcome == Outcome::accepted);
}

TEST_CASE("企业微信: each errcode says whether message, member or account is at fault") {
    WecomWorld world;
    CHECK(world.send("nobody").outcome == Outcome::gone);
    CHECK(world.outcome_of(60111) == Outcome::gone);
    CHECK(world.outcome_of(-1) == Outcome::later);
    CHECK(world.outcome_of(60020) == Outcome::misconfigured);
    CHECK(world.outcome_of(48002) == Outcome::misconfigured);
    CHECK(world.outcome_of(45002) == Outcome::refused);
    world.platform.fail_next(45009);
    const auto limited = world.send();
    CHECK(limited.outcome == Outcome::later);
    CHECK(limited.retry_after == 60s);
    CHECK(limited.detail == "errcode 45009");

    world.platform.http().reply_with(Reply{.body = R"({"errcode":0,"invaliduser":"zhang.san"})"});
    CHECK(world.send().outcome == Outcome::gone);
    world.platform.http().reply_with(Reply{.body = R"({"errcode":0,"unlicenseduser":"zhang.san"})"}
    );
    CHECK(world.send().outcome == Outcome::refused);
}

TEST_CASE("what is not the platform's JSON, or no answer at all, is tried again") {
    auto limits = stand_in_limits();
    limits.total = 100ms;
    WecomWorld world(WecomStandIn::secret, limits);
    for (const auto& reply :
         {Reply{.body = "<html>maintenance</html>"},
          Reply{.body = "[]"},
          Reply{.body = R"({"errmsg":"ok"})"},
          Reply{.status = 502},
          Reply{.manner = Reply::Manner::hang},
          Reply{.manner = Reply::Manner::cut}}) {
        world.platform.http().reply_with(reply);
        CHECK(world.send().outcome == Outcome::later);
    }
    // The same once there is a token.
    world.platform.http().reply_with({});
    CHECK(world.send().outcome == Outcome::accepted);
    world.platform.http().reply_with(Reply{.body = "busy"});
    CHECK(world.send().outcome == Outcome::later);
    world.platform.http().reply_with(Reply{.status = 429, .fields = {{"Retry-After", "7"}}});
    CHECK(world.send().retry_after == 7s);
}

TEST_CASE("a wrong secret is the channel's fault and nobody's address is given up for it") {
    WecomWorld wecom_world("wrong");
    CHECK(wecom_world.send().outcome == Outcome::misconfigured);
    CHECK(wecom_world.send("nobody").outcome == Outcome::misconfigured);
    DingtalkWorld dingtalk_world("wrong");
    CHECK(dingtalk_world.send().outcome == Outcome::misconfigured);
}

TEST_CASE("钉钉: a work notice goes to the member and opens the ticket") {
    DingtalkWorld world;
    const auto sent = world.send();
    CHECK(sent.outcome == Outcome::accepted);
    CHECK(sent.vendor_id == "256271667526");
    const auto body = boost::json::parse(world.platform.messages().at(0)).as_object();
    CHECK(body.at("userid_list") == "manager4220");
    const auto& card = body.at("msg").as_object().at("action_card").as_object();
    CHECK(
        card.at("single_url") ==
        "https://hotline.example.org/mobile?n=0192-7#/tickets/QP202611270042"
    );
    auto message = a_message("manager4220");
    message.text = "[链接](http://x) <b>*粗*</b>";
    send_one(world.io, world.sender, message);
    const auto second = boost::json::parse(world.platform.messages().at(1)).as_object();
    CHECK(std::string_view(
              second.at("msg").as_object().at("action_card").as_object().at("markdown").as_string()
    )
              .ends_with(R"(\[链接\]\(http://x\) \<b\>\*粗\*\</b\>)"));
}

TEST_CASE("钉钉: an expired token, wrapped as this platform does, is renewed once") {
    DingtalkWorld world;
    CHECK(world.send().outcome == Outcome::accepted);
    world.platform.expire_token();
    CHECK(world.send().outcome == Outcome::accepted);
    CHECK(world.platform.tokens_fetched() == 2);
}

TEST_CASE("钉钉: each errcode says whether message, member or account is at fault") {
    DingtalkWorld world;
    CHECK(world.send("nobody").outcome == Outcome::gone);
    CHECK(world.outcome_of(-1) == Outcome::later);
    CHECK(world.outcome_of(60020) == Outcome::misconfigured);
    CHECK(world.outcome_of(34016) == Outcome::refused);
    world.platform.fail_next(90018);
    CHECK(world.send().retry_after == 60s);
}
