#include "integrations/notify/senders.hpp"

#include "tests/integration/notify/notify_fixture.hpp"
#include "tests/stand_ins/gateway_stand_in.hpp"
#include "tests/stand_ins/platform_stand_in.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace hotline;
using namespace hotline::test;
using namespace hotline::notify;

TEST_CASE("a channel without settings is absent, one with settings reaches its system") {
    boost::asio::io_context io{1};
    CHECK(make_senders({}, io.get_executor()).empty());

    WecomStandIn platform;
    platform.admit("zhang.san");
    SenderSettings settings;
    settings.limits = stand_in_limits();
    settings.wecom = WecomSettings{
        platform.base_url(), WecomStandIn::corp_id, WecomStandIn::secret, WecomStandIn::agent_id
    };
    const auto senders = make_senders(settings, io.get_executor());
    REQUIRE(senders.size() == 1);
    CHECK(
        send_one(io, *senders.at(Channel::wecom), a_message("zhang.san")).outcome ==
        Outcome::accepted
    );
}

TEST_CASE("a dry run notes what would have gone out and calls nobody") {
    boost::asio::io_context io{1};
    WecomStandIn platform;
    GatewayStandIn gateway;
    SenderSettings settings;
    settings.dry_run = true;
    settings.wecom = WecomSettings{.base_url = platform.base_url()};
    settings.sms = GatewaySettings{.url = gateway.url()};
    settings.voice = settings.sms;
    settings.email = EmailSettings{.host = "mail.example.org"};
    settings.dingtalk = DingtalkSettings{};
    settings.web_push = WebPushSettings{};
    std::vector<std::string> notes;
    const auto senders = make_senders(
        settings,
        io.get_executor(),
        [&](Channel channel, std::string_view id, std::string_view occasion) {
            notes.push_back(
                std::to_string(static_cast<int>(channel)) + " " + std::string(id) + " " +
                std::string(occasion)
            );
        }
    );
    CHECK(senders.size() == 6);
    for (const auto& [channel, sender] : senders) {
        CHECK(send_one(io, *sender, a_message("13800138000")).outcome == Outcome::accepted);
    }
    CHECK(
        notes ==
        std::vector<std::string>{
            "2 0192-7 assigned",
            "3 0192-7 assigned",
            "4 0192-7 assigned",
            "5 0192-7 assigned",
            "6 0192-7 assigned",
            "7 0192-7 assigned"
        }
    );
    CHECK(platform.http().connections() + gateway.http().connections() == 0);
}

TEST_CASE("a system that fails three times in ten loses nothing that is tried until it is accepted"
) {
    boost::asio::io_context io{1};
    GatewayStandIn gateway;
    gateway.http().fall_sick(30, 7);
    GatewaySettings settings;
    settings.url = gateway.url();
    settings.headers = {{"Authorization", "Bearer {secret}"}};
    settings.body = R"({"mobile":"{phone}","template":"{template}"})";
    settings.secret = GatewayStandIn::secret;
    settings.default_template = "SMS_0";
    settings.result_field = "code";
    settings.accepted_values = {"OK"};
    settings.limits = stand_in_limits();
    settings.limits.total = std::chrono::milliseconds(200);
    GatewaySender sender(io.get_executor(), settings);
    std::vector<Message> waiting;
    for (int i = 0; i < 60; ++i) waiting.push_back(a_message(std::to_string(13800138000 + i)));
    int rounds = 0;
    while (!waiting.empty() && ++rounds < 30) {
        const auto results = send_all(io, sender, waiting);
        std::vector<Message> again;
        for (std::size_t i = 0; i < results.size(); ++i) {
            if (results[i].outcome == Outcome::accepted) continue;
            CHECK(results[i].outcome == Outcome::later);
            again.push_back(waiting[i]);
        }
        waiting = std::move(again);
    }
    CHECK(waiting.empty());
    CHECK(rounds > 1);
    CHECK(gateway.taken().size() == 60);
}
