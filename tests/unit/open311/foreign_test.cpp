#include "integrations/open311/foreign.hpp"

#include <doctest/doctest.h>

using namespace hotline::open311;

// The examples are those of the GeoReport v2 specification.
TEST_CASE("the published list of services is read, in XML and in JSON") {
    const auto xml = read_services(Format::xml, R"(<?xml version="1.0" encoding="utf-8"?>
<services>
    <service>
        <service_code>001</service_code>
        <service_name>Cans left out 24x7</service_name>
        <description>Garbage or recycling cans that have been left out for more than 24 hours after collection. Violators will be cited.</description>
        <metadata>true</metadata>
        <type>realtime</type>
        <keywords>lorem, ipsum, dolor</keywords>
        <group>sanitation</group>
    </service>
    <service>
        <service_code>002</service_code>
        <service_name>Construction plate shifted</service_name>
        <description>Metal construction plate covering the street or sidewalk has been moved.</description>
        <metadata>true</metadata>
        <type>realtime</type>
        <keywords>lorem, ipsum, dolor</keywords>
        <group>street</group>
    </service>
</services>)");
    REQUIRE(xml);
    REQUIRE(xml->size() == 2);
    CHECK(xml->front().code == "001");
    CHECK(xml->front().metadata);
    CHECK(xml->back().name == "Construction plate shifted");
    CHECK(xml->back().group == "street");
    const auto json = read_services(Format::json, R"([
  {"service_code":001,"service_name":"x"}])");
    CHECK_FALSE(json);  // no JSON: a number has no leading zero
    const auto good = read_services(Format::json, R"([
  {"service_code":"001","service_name":"Cans left out 24x7","description":"Garbage","metadata":true,
   "type":"realtime","keywords":"lorem, ipsum, dolor","group":"sanitation"},
  {"service_code":2,"service_name":"Construction plate shifted","metadata":"false"}, {}])");
    REQUIRE(good);
    REQUIRE(good->size() == 2);
    CHECK(good->front().metadata);
    CHECK(good->back().code == "2");
    CHECK_FALSE(good->back().metadata);
}

TEST_CASE("the published answers to POST requests, tokens and GET requests are read") {
    const auto made = read_requests(Format::xml, R"(<?xml version="1.0" encoding="utf-8"?>
<service_requests>
    <request>
        <service_request_id>293944</service_request_id>
        <service_notice>The City will inspect and require the responsible party to correct within 24 hours and/or issue a Correction Notice or Notice of Violation of the Public Works Code</service_notice>
        <account_id/>
    </request>
</service_requests>)");
    REQUIRE(made);
    REQUIRE(made->size() == 1);
    CHECK(made->front().id == "293944");
    CHECK(made->front().service_notice.starts_with("The City will inspect"));
    const auto token =
        read_requests(Format::json, R"([{"service_request_id":638344,"token":12345}])");
    REQUIRE(token);
    CHECK(token->front().id == "638344");
    CHECK(token->front().token == "12345");
    const auto list = read_requests(Format::xml, R"(<?xml version="1.0" encoding="utf-8"?>
<service_requests>
    <request>
        <service_request_id>638344</service_request_id>
        <status>closed</status>
        <status_notes>Duplicate request.</status_notes>
        <service_name>Sidewalk and Curb Issues</service_name>
        <service_code>006</service_code>
        <description></description>
        <agency_responsible></agency_responsible>
        <requested_datetime>2010-04-14T06:37:38-08:00</requested_datetime>
        <lat>37.762221815</lat>
    </request>
    <request>
        <service_request_id>638349</service_request_id>
        <status>open</status>
        <status_notes></status_notes>
    </request>
</service_requests>)");
    REQUIRE(list);
    REQUIRE(list->size() == 2);
    CHECK(list->front().status == Status::closed);
    CHECK(list->front().status_notes == "Duplicate request.");
    CHECK(list->back().status == Status::open);
}

TEST_CASE("the published errors are read whichever format they come in") {
    const auto xml = read_errors(R"(<?xml version="1.0" encoding="utf-8"?>
<errors><error><code>403</code><description>Invalid api_key received -- can't proceed with create_request.</description></error></errors>)"
    );
    REQUIRE(xml.size() == 1);
    CHECK(xml.front() == "Invalid api_key received -- can't proceed with create_request.");
    const auto json =
        read_errors(R"([{"code":"403","description":"no"},{"code":400,"description":"bad"}])");
    CHECK(json == std::vector<std::string>{"no", "bad"});
    CHECK(read_errors("<html><body>Bad Gateway</body></html>").empty());
    CHECK(read_errors("").empty());
}

TEST_CASE("what is no such list is not read, and what is too much is cut off") {
    CHECK_FALSE(read_requests(Format::xml, "<html/>"));
    CHECK_FALSE(read_requests(Format::xml, "<service_requests><request>"));
    CHECK_FALSE(read_requests(Format::json, R"({"error":"no"})"));
    CHECK_FALSE(read_requests(Format::json, "[1]"));
    CHECK_FALSE(read_requests(Format::json, std::string(4000, '[')));
    const auto wrapped = read_requests(Format::json, R"({"service_requests":[{"token":"a"}]})");
    REQUIRE(wrapped);
    CHECK(wrapped->front().token == "a");
    std::string many = "<service_requests>";
    for (int i = 0; i < 1200; ++i) many += "<request><token>a</token></request>";
    const auto bounded = read_requests(Format::xml, many + "</service_requests>");
    REQUIRE(bounded);
    CHECK(bounded->size() == most_foreign_entries);
    const auto longest = read_requests(
        Format::json, R"([{"status_notes":")" + std::string(5000, 'x') + R"(","status":"done"}])"
    );
    REQUIRE(longest);
    CHECK(longest->front().status_notes.size() == most_foreign_characters);
    CHECK_FALSE(longest->front().status);
    // Neither an entity of its own nor bytes that are no text get any further.
    const auto entity = read_requests(
        Format::xml,
        R"(<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><service_requests><request><token>&x;</token></request></service_requests>)"
    );
    CHECK((!entity || entity->front().token == "&x;"));
    const auto bytes = read_requests(
        Format::xml, "<service_requests><request><token>\xff</token></request></service_requests>"
    );
    CHECK((!bytes || bytes->front().token.empty()));
}
