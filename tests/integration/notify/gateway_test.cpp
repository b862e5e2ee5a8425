#include "integrations/notify/gateway.hpp"

#include "tests/integration/notify/notify_fixture.hpp"
#include "tests/stand_ins/gateway_stand_in.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <doctest/doctest.h>

#include <chrono>

using namespace hotline;
using namespace hotline::test;
using namespace hotline::notify;
using namespace std::chrono_literals;

namespace {

GatewaySettings settings_for(const GatewayStandIn& gateway) {
    GatewaySettings settings;
    settings.url = gateway.url();
    settings.headers = {{"Authorization", "Bearer {secret}"}};
    settings.body = R"({"id":"{id}","mobile":"{phone}","sign":"{sign}","template":"{template}",)"
                    R"("params":{"ticket":"{ticket}","text":"{text}"}})";
    settings.sign = "渭南12345";
    settings.secret = GatewayStandIn::secret;
    settings.templates = {{"assigned", "SMS_1"}};
    settings.result_field = "code";
    settings.accepted_values = {"OK"};
    settings.later_values = {"isv.BUSINESS_LIMIT_CONTROL"};
    settings.gone_values = {"isv.MOBILE_NUMBER_ILLEGAL"};
    settings.broken_values = {"isv.SMS_TEMPLATE_ILLEGAL"};
    settings.id_field = "id";
    settings.limits = stand_in_limits();
    return settings;
}

Sent send_by(GatewaySettings settings, Message message) {
    boost::asio::io_context io{1};
    GatewaySender sender(io.get_executor(), std::move(settings));
    return send_one(io, sender, std::move(message));
}

}  // namespace

TEST_CASE("an SMS carries signature, template and words, each escaped for its place") {
    GatewayStandIn gateway;
    auto message = a_message("138 0013-8000");
    message.text = "说\"好\"\n{phone} {unknown}";
    const auto sent = send_by(settings_for(gateway), message);
    CHECK(sent.outcome == Outcome::accepted);
    CHECK(sent.vendor_id == "13800138000-1");
    const auto body = boost::json::parse(gateway.taken().at("13800138000").at(0)).as_object();
    CHECK(body.at("sign") == "渭南12345");
    CHECK(body.at("template") == "SMS_1");
    // What is put in is not looked at again.
    CHECK(body.at("params").as_object().at("text") == "说\"好\"\n{phone} {unknown}");
}

TEST_CASE("a gateway that takes forms or a bare URL is described by the same words") {
    GatewayStandIn gateway;
    gateway.http().reply_with(Reply{.body = "whatever"});
    auto settings = settings_for(gateway);
    settings.content_type = "application/x-www-form-urlencoded";
    settings.body = "to={phone}&text={text}";
    settings.result_field.clear();
    auto message = a_message("+8613800138000");
    message.text = "a&b=c 好";
    CHECK(send_by(settings, message).outcome == Outcome::accepted);
    CHECK(gateway.http().seen().at(0).body == "to=%2B8613800138000&text=a%26b%3Dc%20%E5%A5%BD");
    settings.method = "GET";
    settings.url = gateway.url() + "?t={text}&to={phone}";
    settings.body.clear();
    CHECK(send_by(settings, message).outcome == Outcome::accepted);
    CHECK(gateway.http().seen().at(1).parameter("t") == "a&b=c 好");
}

TEST_CASE("what a gateway says in its body goes before the status it says it with") {
    GatewayStandIn gateway;
    const auto settings = settings_for(gateway);
    gateway.forbid("13800138001");
    CHECK(send_by(settings, a_message("13800138001")).outcome == Outcome::gone);
    gateway.limit(0);
    CHECK(send_by(settings, a_message("13800138000")).outcome == Outcome::later);
    const auto outcome_of = [&](Reply reply) {
        gateway.http().reply_with(std::move(reply));
        return send_by(settings, a_message("13800138000")).outcome;
    };
    CHECK(outcome_of({.body = R"({"code":"isv.SMS_TEMPLATE_ILLEGAL"})"}) == Outcome::misconfigured);
    CHECK(outcome_of({.body = R"({"code":"isv.SOMETHING_ELSE"})"}) == Outcome::refused);
    CHECK(
        outcome_of({.status = 400, .body = R"({"code":"isv.MOBILE_NUMBER_ILLEGAL"})"}) ==
        Outcome::gone
    );
    CHECK(outcome_of({.body = "<html>"}) == Outcome::refused);
    CHECK(outcome_of({.status = 500}) == Outcome::later);
    CHECK(outcome_of({.manner = Reply::Manner::cut}) == Outcome::later);
    auto wrong = settings;
    wrong.secret = "wrong";
    gateway.http().reply_with({});
    CHECK(send_by(wrong, a_message("13800138000")).outcome == Outcome::misconfigured);
}

TEST_CASE("a result may lie deep in the answer and be a number") {
    GatewayStandIn gateway;
    auto settings = settings_for(gateway);
    settings.result_field = "data.0.status.code";
    settings.id_field = "data.0.sid";
    settings.accepted_values = {"0"};
    gateway.http().reply_with(Reply{.body = R"({"data":[{"sid":"s-9","status":{"code":0}}]})"});
    const auto sent = send_by(settings, a_message("13800138000"));
    CHECK(sent.outcome == Outcome::accepted);
    CHECK(sent.vendor_id == "s-9");
    for (const char* body :
         {R"({"data":[]})", R"({"data":{}})", R"({"data":[{"status":0}]})", "{}"}) {
        gateway.http().reply_with(Reply{.body = body});
        CHECK(send_by(settings, a_message("13800138000")).outcome == Outcome::refused);
    }
}

TEST_CASE("without a number or a template nobody is called") {
    GatewayStandIn gateway;
    const auto settings = settings_for(gateway);
    for (const char* number : {"", "12", "1380013800a", "1380013+8000", "1380013800013800138000"}) {
        CHECK(send_by(settings, a_message(number)).outcome == Outcome::gone);
    }
    auto message = a_message("13800138000");
    message.template_code = "bulletin";
    CHECK(send_by(settings, message).outcome == Outcome::refused);
    auto with_default = settings;
    with_default.default_template = "SMS_0";
    CHECK(gateway.http().seen().empty());
    CHECK(send_by(with_default, message).outcome == Outcome::accepted);
}
