#include "integrations/http/url.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace hotline::http_client;

TEST_CASE("a URL is taken apart into server and target") {
    auto url = parse_url("https://Push.Example.com/wpush/v2/abc?x=1%20y");
    REQUIRE(url);
    CHECK(url->secure);
    CHECK(url->host == "push.example.com");
    CHECK(url->port == 443);
    CHECK(url->target == "/wpush/v2/abc?x=1%20y");
    CHECK(url->authority() == "push.example.com");

    url = parse_url("http://10.0.0.1:8080");
    REQUIRE(url);
    CHECK_FALSE(url->secure);
    CHECK(url->port == 8080);
    CHECK(url->target == "/");
    CHECK(url->authority() == "10.0.0.1:8080");

    url = parse_url("HTTPS://[2001:DB8::1]:444?q");
    REQUIRE(url);
    CHECK(url->host == "2001:db8::1");
    CHECK(url->target == "/?q");
    CHECK(url->authority() == "[2001:db8::1]:444");
    CHECK(parse_url("http://h:80/")->authority() == "h");
    CHECK(parse_url("https://h:80/")->authority() == "h:80");
}

TEST_CASE("what could be read in two ways is no URL") {
    for (const std::string_view text :
         {"",
          "push.example.com/x",
          "ftp://push.example.com/",
          "javascript:alert(1)",
          "https://",
          "https:///path",
          "https://user@push.example.com/",
          "https://push.example.com@10.0.0.1/",
          "https://push.example.com#@10.0.0.1/",
          "https://push.example.com/a#b",
          "https://push.example.com\\@10.0.0.1/",
          "https://push.example.com/a\\b",
          "https://push.example.com/a b",
          "https://push.example.com/a\r\nHost: other",
          "https://push.example.com./",
          "https://.example.com/",
          "https://push..example.com/",
          "https://push.example.com:/",
          "https://push.example.com:0/",
          "https://push.example.com:65536/",
          "https://push.example.com:+443/",
          "https://push.example.com:443x/",
          "https://推送.example.com/",
          "https://push.example.com/推送",
          "https://[::1/",
          "https://[::1]x/",
          "https://[]/",
          "https://[fe80::1%25eth0]/",
          "https://::1/"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_url(text));
    }
    CHECK_FALSE(parse_url("https://h/\x7f"));
    CHECK_FALSE(parse_url(std::string_view("https://h/\0", 11)));
    CHECK_FALSE(parse_url("https://h/" + std::string(4096, 'a')));
    CHECK_FALSE(parse_url("https://" + std::string(254, 'a') + "/"));
}

TEST_CASE("a host list admits exact names and whole sub-domains") {
    CHECK(host_admitted({}, "anything"));
    const std::vector<std::string> hosts{"fcm.googleapis.com", ".Push.apple.com"};
    CHECK(host_admitted(hosts, "fcm.googleapis.com"));
    CHECK(host_admitted(hosts, "web.push.apple.com"));
    CHECK_FALSE(host_admitted(hosts, "push.apple.com"));
    CHECK_FALSE(host_admitted(hosts, ".push.apple.com"));
    CHECK_FALSE(host_admitted(hosts, "evilpush.apple.com"));
    CHECK_FALSE(host_admitted(hosts, "a.fcm.googleapis.com"));
    CHECK_FALSE(host_admitted(hosts, "fcm.googleapis.com.evil.org"));
}
