#include "integrations/open311/request_form.hpp"
#include "integrations/open311/service_requests.hpp"
#include "integrations/open311/services.hpp"
#include "tests/unit/open311/published_example.hpp"
#include "tests/unit/ticketing/small_city.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace hotline;
using namespace hotline::open311;

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::sys_days;

constexpr ticketing::Instant noon =
    sys_days{std::chrono::year{2026} / 11 / 27} + std::chrono::hours{4};

std::optional<ticketing::Instant> read_noon(std::string_view text) {
    if (text == "noon") return noon;
    if (text == "march") return noon - days{250};
    return std::nullopt;
}

Parameters example(const ticketing::Directory& city) {
    return test::published_example(service_code(city.duties.front().topic));
}

std::string first_county(const ticketing::Directory& city) {
    using Kind = ticketing::Division::Kind;
    for (const auto& division : city.divisions) {
        if (division.kind == Kind::county || division.kind == Kind::zone) return division.code;
    }
    return {};
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("every topic has a service code of its own which leads back to it (E3)") {
    const auto city = small_city::make();
    std::set<std::string> codes;
    for (const auto& duty : city.duties) {
        const std::string code = service_code(duty.topic);
        CHECK(code.size() == 8);
        CHECK(codes.insert(code).second);
        REQUIRE(topic_of(city, code) != nullptr);
        CHECK(topic_of(city, code)->topic == duty.topic);
    }
    CHECK(topic_of(city, "001") == nullptr);
    CHECK(service_code("用电") == service_code("用电"));
}

TEST_CASE("services are written as XML and as JSON with the standard's names (E1)") {
    const auto city = small_city::make();
    const auto list = services(city);
    REQUIRE(list.size() == city.duties.size());
    const std::string xml = list.write(Format::xml);
    CHECK(xml.starts_with(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><services><service><service_code>"
    ));
    CHECK(has(xml, "<metadata>true</metadata><type>realtime</type>"));
    const std::string json = list.write(Format::json);
    CHECK(json.starts_with("[{\"service_code\":\""));
    CHECK(has(json, "\"metadata\":true,\"type\":\"realtime\""));
}

TEST_CASE("a service definition names its attributes and the counties to choose from (E4)") {
    const auto city = small_city::make();
    const auto node = service_definition(city.duties.front(), city, true);
    const std::string xml = node.write(Format::xml);
    CHECK(xml.find("<service_definition><service_code>") != std::string::npos);
    CHECK(has(xml, "<code>enterprise_name</code><datatype>string</datatype>"));
    CHECK(has(xml, "<values><value><key>" + first_county(city) + "</key>"));
    CHECK(has(node.write(Format::json), "\"attributes\":[{\"variable\":true"));
}

TEST_CASE("what XML cannot hold is escaped or left out") {
    const auto node = Node::list("errors", {Node::text("e", "a<b>&\"\x01\x1f c")});
    CHECK(has(node.write(Format::xml), "<e>a&lt;b&gt;&amp;"));
    CHECK(node.write(Format::xml).find('\x01') == std::string::npos);
}

TEST_CASE("a refusal is the standard's list of errors with the answer's status (E2)") {
    const Refusal refusal{403, {"Invalid api_key received -- can't proceed with create_request."}};
    CHECK(
        has(refusal.node().write(Format::xml),
            "<errors><error><code>403</code><description>Invalid api_key")
    );
    CHECK(refusal.node().write(Format::json).starts_with("[{\"code\":403,\"description\":"));
}

TEST_CASE("the specification's example request becomes an appeal (E5)") {
    const auto city = small_city::make();
    const auto appeal = appeal_from(example(city), city, true);
    REQUIRE(appeal);
    CHECK(appeal->channel == ticketing::Channel::api);
    CHECK(appeal->topic == city.duties.front().topic);
    CHECK(appeal->content.starts_with("A large sinkhole is destroying the street"));
    CHECK(appeal->place == "1234 5th street (37.76524078, -122.4212043)");
    CHECK(appeal->appellant.name == "john smith");
    SUBCASE("a number nobody in China can be called back by leaves it anonymous, told in the text"
    ) {
        CHECK(appeal->appellant.anonymous);
        CHECK(appeal->appellant.phone.empty());
        CHECK(has(appeal->content, "111111111"));
    }
}

TEST_CASE("a Chinese name is put together without a blank and a number is kept (E5)") {
    const auto city = small_city::make();
    auto form = example(city);
    form["first_name"] = "大文";
    form["last_name"] = "陈";
    form["phone"] = "+86 138 0000 1111";
    form["attribute[enterprise_name]"] = "渭南某某公司";
    form["attribute[confidential]"] = "true";
    const auto appeal = appeal_from(form, city, false);
    REQUIRE(appeal);
    CHECK(appeal->appellant.name == "陈大文");
    CHECK(appeal->appellant.phone == "13800001111");
    CHECK_FALSE(appeal->appellant.anonymous);
    CHECK(appeal->appellant.confidential);
    CHECK(appeal->enterprise_name == "渭南某某公司");
}

TEST_CASE(
    "a request without its place, its text or a service we have is told all of it at once (E5)"
) {
    const auto city = small_city::make();
    const auto nothing = appeal_from({}, city, true);
    REQUIRE_FALSE(nothing);
    CHECK(nothing.error().status == 400);
    CHECK(nothing.error().descriptions.size() == 3);
    auto form = example(city);
    form["service_code"] = "999";
    CHECK(appeal_from(form, city, true).error().status == 404);
    form = example(city);
    for (const std::string_view wrong : {"91", "nan", "1e400", "north", ""}) {
        form["lat"] = wrong;
        CHECK_FALSE(appeal_from(form, city, true));
    }
}

TEST_CASE("the same words are the same post whatever key, place of asking or device sent them (E6)"
) {
    const auto city = small_city::make();
    auto form = example(city);
    const std::string first = canonical_form(form);
    form["api_key"] = "another";
    form["device_id"] = "another";
    form.erase("jurisdiction_id");
    form["nothing"] = "";
    CHECK(canonical_form(form) == first);
    form["description"] += "!";
    CHECK(canonical_form(form) != first);
}

TEST_CASE("ninety days is what GET requests spans at most, and by default (E8)") {
    const auto city = small_city::make();
    const auto ask = [&](Parameters parameters) {
        return query_from(parameters, city, noon, read_noon, true);
    };
    CHECK(ask({})->to == noon);
    CHECK(ask({})->from == noon - days{90});
    CHECK(ask({{"start_date", "march"}})->to == noon - days{160});
    CHECK(ask({{"end_date", "march"}})->from == noon - days{340});
    CHECK(ask({{"start_date", "noon"}})->to == noon);
    CHECK_FALSE(ask({{"start_date", "march"}, {"end_date", "noon"}}));
    CHECK_FALSE(ask({{"start_date", "noon"}, {"end_date", "march"}}));
    CHECK_FALSE(ask({{"start_date", "2026-11-27"}}));
    CHECK_FALSE(ask({{"status", "pending"}}));
    CHECK_FALSE(ask({{"service_code", "001"}}));
    CHECK(ask({{"status", "open"}})->status == Status::open);
    CHECK_FALSE(ask({{"status", "open,closed"}})->status);
    CHECK(ask({{"service_request_id", "WN1, WN2,,"}})->numbers.size() == 2);
}

TEST_CASE("a ticket is shown with its dates in China's time and no word anybody wrote (E7)") {
    const auto city = small_city::make();
    ticketing::PublishedTicket ticket;
    ticket.number = "WN2026112700000178";
    ticket.state = ticketing::State::handling;
    ticket.topic = city.duties.front().topic;
    ticket.category = city.duties.front().category;
    ticket.accepted_at = noon;
    ticket.changed_at = noon + hours{1};
    const std::string xml = service_request(ticket, city, "承办单位正在办理").write(Format::xml);
    CHECK(
        has(xml, "<service_request_id>WN2026112700000178</service_request_id><status>open</status>")
    );
    CHECK(has(xml, "<requested_datetime>2026-11-27T12:00:00+08:00</requested_datetime>"));
    CHECK(has(service_request(ticket, city, "").write(Format::json), "\"expected_datetime\":null"));
    for (const auto state : {ticketing::State::closed, ticketing::State::merged}) {
        CHECK(status_of(state) == Status::closed);
    }
}
