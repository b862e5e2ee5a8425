#include "server/notify_senders.hpp"

#include "tests/integration/notify/notify_fixture.hpp"
#include "tests/stand_ins/gateway_stand_in.hpp"
#include "tests/stand_ins/platform_stand_in.hpp"
#include "tests/stand_ins/push_stand_in.hpp"
#include "tests/support/child_process.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

using namespace hotline;
using namespace hotline::test;
using namespace hotline::notify;
namespace fs = std::filesystem;

namespace {

// Settings as of the file, with secrets in a folder of their own.
struct ChannelsWorld {
    TemporaryFolder folder;
    boost::asio::io_context io{1};
    config::Settings settings;

    ChannelsWorld() {
        settings.demo.enabled = true;
        settings.notify.stand_ins = true;
        settings.notify.web_push.key_file = folder.path() / "vapid_key.pem";
        settings.notify.web_push.hosts = {"127.0.0.1"};
    }
    std::string secret(const std::string& name, const std::string& words, fs::perms mode) {
        const auto file = folder.path() / name;
        std::ofstream(file) << words << "\n";
        fs::permissions(file, mode);
        return file;
    }
    std::string secret(const std::string& name, const std::string& words) {
        return secret(name, words, fs::perms::owner_read | fs::perms::owner_write);
    }
    Result<NotifySenders> made() { return make_notify_senders(settings, io.get_executor()); }
    // The sentence that says why it does not start.
    std::string refusal() {
        const auto senders = made();
        return senders ? "" : senders.error().detail;
    }
};

}  // namespace

TEST_CASE("nothing is set up by default, and a browser is told so by an empty key") {
    ChannelsWorld world;
    const auto made = world.made();
    REQUIRE(made);
    CHECK(made->senders.empty());
    CHECK(made->push_key.empty());
    CHECK_FALSE(fs::exists(world.settings.notify.web_push.key_file));
}

TEST_CASE("SMS and voice need an address and a secret, the rest of their settings is there") {
    ChannelsWorld world;
    GatewayStandIn sms;
    GatewayStandIn voice;
    world.settings.notify.sms.url = sms.url();
    world.settings.notify.sms.secret_file = world.secret("sms", GatewayStandIn::secret);
    world.settings.notify.sms.templates = {"assigned=SMS_1"};
    world.settings.notify.voice.url = voice.url();
    world.settings.notify.voice.secret_file = world.secret("voice", GatewayStandIn::secret);
    const auto made = world.made();
    REQUIRE(made);
    REQUIRE(made->senders.size() == 2);
    auto& sender = *made->senders.at(Channel::sms);
    CHECK(send_one(world.io, sender, a_message("13800138000")).outcome == Outcome::accepted);
    sms.forbid("13800138001");
    CHECK(send_one(world.io, sender, a_message("13800138001")).outcome == Outcome::gone);
    sms.limit(0);
    CHECK(send_one(world.io, sender, a_message("13800138002")).outcome == Outcome::later);
    auto& caller = *made->senders.at(Channel::voice);
    CHECK(send_one(world.io, caller, a_message("13800138000")).outcome == Outcome::accepted);
    CHECK(voice.taken().at("13800138000").at(0).find("2 小时内签收") != std::string::npos);
}

TEST_CASE("企业微信 and 钉钉 are reached with the ids and secrets of the file") {
    ChannelsWorld world;
    WecomStandIn wecom;
    DingtalkStandIn dingtalk;
    wecom.admit("zhang.san");
    dingtalk.admit("zhang.san");
    auto& notify = world.settings.notify;
    notify.wecom = {
        wecom.base_url(),
        WecomStandIn::corp_id,
        WecomStandIn::agent_id,
        world.secret("wecom", WecomStandIn::secret)
    };
    notify.dingtalk = {
        dingtalk.base_url(),
        DingtalkStandIn::app_key,
        DingtalkStandIn::agent_id,
        world.secret("dingtalk", DingtalkStandIn::app_secret)
    };
    const auto made = world.made();
    REQUIRE(made);
    for (const auto& [channel, sender] : made->senders) {
        CHECK(send_one(world.io, *sender, a_message("zhang.san")).outcome == Outcome::accepted);
    }
    CHECK(wecom.messages().size() == 1);
    CHECK(dingtalk.messages().size() == 1);
}

TEST_CASE("the key of web push is made once and is what push services are shown") {
    ChannelsWorld world;
    PushStandIn service;
    world.settings.notify.web_push.contact = "mailto:it@example.org";
    const auto made = world.made();
    REQUIRE(made);
    CHECK(made->push_key.size() == 87);
    CHECK(world.made()->push_key == made->push_key);
    auto message = a_message("");
    const auto endpoint = service.subscribe();
    message.push = {endpoint, PushKeys::p256dh, PushKeys::auth};
    CHECK(
        send_one(world.io, *made->senders.at(Channel::web_push), message).outcome ==
        Outcome::accepted
    );
    CHECK(service.pushed_to(endpoint).at(0).authorization.ends_with(", k=" + made->push_key));
    // Without stand-ins no push goes to a private address or in the clear.
    world.settings.notify.stand_ins = false;
    const auto real = world.made();
    CHECK(
        send_one(world.io, *real->senders.at(Channel::web_push), message).outcome ==
        Outcome::refused
    );
    CHECK(service.pushed_to(endpoint).size() == 1);
}

TEST_CASE("in a dry run a channel that is set up calls nobody") {
    ChannelsWorld world;
    GatewayStandIn sms;
    world.settings.notify.dry_run = true;
    world.settings.notify.sms.url = sms.url();
    const auto made = world.made();
    REQUIRE(made);
    CHECK(
        send_one(world.io, *made->senders.at(Channel::sms), a_message("13800138000")).outcome ==
        Outcome::accepted
    );
    CHECK(sms.http().connections() == 0);
}

TEST_CASE("what is half set up or not safe stops the start with a sentence") {
    const auto refusal = [](auto change) {
        ChannelsWorld world;
        change(world, world.settings.notify);
        return world.refusal();
    };
    using World = ChannelsWorld;
    using Notify = config::NotifySection;
    CHECK(refusal([](World&, Notify&) {}).empty());
    CHECK(refusal([](World& w, Notify&) {
              w.settings.demo.enabled = false;
          }) == "[notify] stand_ins is for demonstrations: [demo] is not enabled.");
    CHECK(refusal([](World&, Notify& n) {
              n.wecom.corp_id = "ww1";
          }) == "[notify.wecom] secret_file is empty.");
    CHECK(refusal([](World& w, Notify& n) {
              n.wecom.corp_id = "ww1";
              n.wecom.secret_file =
                  w.secret("open", "x", fs::perms::owner_all | fs::perms::group_read);
          }).ends_with("others than the owner may read it; chmod 600 it."));
    CHECK(refusal([](World&, Notify& n) {
              n.dingtalk.app_key = "ding1";
              n.dingtalk.secret_file = "/nowhere/secret";
          }) == "The secret in /nowhere/secret cannot be read.");
    CHECK(refusal([](World&, Notify& n) {
              n.web_push.contact = "it@example.org";
          }) == "[notify.web_push] contact must begin with mailto: or https://.");
    CHECK(refusal([](World&, Notify& n) {
              n.web_push.contact = "mailto:it@example.org";
              n.web_push.hosts.clear();
          }) == "[notify.web_push] hosts is empty.");
    CHECK(refusal([](World&, Notify& n) {
              n.web_push.contact = "mailto:\"}\"@example.org";
          }) == "[notify.web_push] contact must be an address.");
    CHECK(refusal([](World&, Notify& n) {
              n.sms = {.url = "https://sms", .templates = {"SMS_1"}};
          }) == "[notify.sms] templates must be written as \"occasion=template\".");
    CHECK(refusal([](World&, Notify& n) {
              n.voice = {.url = "https://voice", .headers = {"Token"}};
          }) == "[notify.voice] headers must be written as \"Name: value\".");
    CHECK(refusal([](World&, Notify& n) {
              n.email.host = "mail";
          }) == "[notify.email] from must be a mail address.");
    CHECK(refusal([](World&, Notify& n) {
              n.email = {.host = "mail", .security = "ssl", .from = "a@b"};
          }) == "[notify.email] security must be tls, starttls or none.");
    CHECK(refusal([](World&, Notify& n) {
              n.ca_file = "/nowhere/ca.pem";
              n.sms.url = "https://sms";
          }).starts_with("/nowhere/ca.pem: "));
}
