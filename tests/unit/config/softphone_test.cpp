#include "server/config/softphone.hpp"

#include <doctest/doctest.h>

#include <string_view>

using namespace hotline::config;

TEST_CASE("T57: a telephone in the browser signs in at one address over TLS, or there is none") {
    const auto whole = softphone_address("wss://pbx.example:8089/ws");
    REQUIRE(whole);
    CHECK(whole->url == "wss://pbx.example:8089/ws");
    CHECK(whole->origin == "wss://pbx.example:8089");
    CHECK(whole->domain == "pbx.example");
    const auto bare = softphone_address("wss://10.0.0.7");
    REQUIRE(bare);
    CHECK(bare->origin == "wss://10.0.0.7");
    CHECK(softphone_address("").value().url.empty());
}

TEST_CASE("T57: what could say more than one origin in a page's policy is no such address") {
    for (const std::string_view wrong :
         {"ws://pbx.example/ws",
          "https://pbx.example",
          "wss://",
          "wss:///ws",
          "wss://pbx example/ws",
          "wss://pbx.example; script-src *",
          "wss://pbx.example,wss://*",
          "wss://*.example/ws",
          "wss://user@pbx.example/ws",
          "wss://pbx.example:/ws",
          "wss://pbx.example:80x/ws",
          "wss://pbx.example/ws?x=1",
          "wss://pbx.example/ws\r\nx: y"}) {
        CAPTURE(wrong);
        CHECK_FALSE(softphone_address(wrong));
    }
}
