#include "integrations/http/inside.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace hotline::http_client;

namespace {

Inside listed(const std::vector<std::string>& entries) {
    auto inside = Inside::parse(entries);
    REQUIRE(inside);
    return *inside;
}

bool admits(const Inside& inside, const std::string& host, const char* address) {
    return inside.admits(host, boost::asio::ip::make_address(address));
}

}  // namespace

TEST_CASE("nothing inside is admitted that is not listed") {
    const auto nothing = listed({});
    for (const char* address : {"10.0.0.1", "192.168.1.1", "fd00::1", "127.0.0.1", "169.254.1.1"}) {
        CHECK_FALSE(admits(nothing, "311.example.gov.cn", address));
    }
}

TEST_CASE("a listed network is admitted under any name, up to its edges") {
    const auto inside = listed({"10.20.0.0/16", "192.168.7.9", "fd12:3456::/32", "100.64.3.0/24"});
    for (const char* address :
         {"10.20.0.0", "10.20.255.255", "192.168.7.9", "fd12:3456::1", "100.64.3.200"}) {
        CAPTURE(address);
        CHECK(admits(inside, "any.example.com", address));
    }
    for (const char* address :
         {"10.19.255.255",
          "10.21.0.0",
          "192.168.7.8",
          "fd12:3457::1",
          "100.64.4.0",
          "127.0.0.1",
          "::1",
          "::ffff:10.20.0.1"}) {
        CAPTURE(address);
        CHECK_FALSE(admits(inside, "any.example.com", address));
    }
}

TEST_CASE("a listed name may lead into a private network, never to this machine or a link") {
    const auto inside = listed({"311.example.gov.cn", ".weinan.example.cn"});
    CHECK(admits(inside, "311.example.gov.cn", "10.9.8.7"));
    CHECK(admits(inside, "311.example.gov.cn", "fd00::9"));
    CHECK(admits(inside, "city.weinan.example.cn", "172.31.0.1"));
    for (const char* host : {"312.example.gov.cn", "a.311.example.gov.cn", "weinan.example.cn"}) {
        CAPTURE(host);
        CHECK_FALSE(admits(inside, host, "10.9.8.7"));
    }
    for (const char* address :
         {"127.0.0.1", "::1", "0.0.0.0", "169.254.169.254", "fe80::1", "224.0.0.1", "fec0::1"}) {
        CAPTURE(address);
        CHECK_FALSE(admits(inside, "311.example.gov.cn", address));
    }
}

TEST_CASE("what is no private network and no name is refused by its own words") {
    for (const std::string entry :
         {"",
          "127.0.0.1",
          "127.0.0.0/8",
          "10.0.0.0/7",
          "0.0.0.0/0",
          "::/0",
          "fe80::/10",
          "169.254.0.0/16",
          "172.16.0.0/11",
          "8.8.8.8",
          "10.0.0.0/33",
          "10.0.0.0/",
          "10.20",
          "https://311.example.gov.cn",
          "311.example.gov.cn:8443",
          "311.example.gov.cn/v2",
          "*.example.gov.cn",
          "."}) {
        CAPTURE(entry);
        const auto inside = Inside::parse({"10.1.0.0/16", entry});
        REQUIRE_FALSE(inside);
        CHECK(inside.error() == entry);
    }
}
