#include "server/http/forwarded.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace hotline::http;
namespace ip = boost::asio::ip;

namespace {

AddressSet set_of(const std::vector<std::string>& entries) {
    auto set = AddressSet::parse(entries);
    REQUIRE(set);
    return *set;
}

bool holds(const AddressSet& set, const char* address) {
    return set.contains(ip::make_address(address));
}

}  // namespace

TEST_CASE("address sets know single addresses and blocks of both families") {
    const auto set = set_of({"10.1.0.0/16", "192.168.7.9", "fd00::/9", "::1", "172.16.0.0/12"});
    CHECK(holds(set, "10.1.255.1"));
    CHECK_FALSE(holds(set, "10.2.0.1"));
    CHECK(holds(set, "::ffff:10.1.2.3"));
    CHECK(holds(set, "192.168.7.9"));
    CHECK_FALSE(holds(set, "192.168.7.8"));
    CHECK(holds(set, "fd7f::1"));
    CHECK_FALSE(holds(set, "fc00::1"));
    CHECK(holds(set, "172.31.255.255"));
    CHECK_FALSE(holds(set, "172.32.0.0"));
    CHECK_FALSE(holds(set, "::2"));
    CHECK(holds(set_of({"0.0.0.0/0"}), "8.8.8.8"));
    CHECK_FALSE(holds(set_of({"0.0.0.0/0"}), "2001:db8::1"));
    CHECK_FALSE(holds(set_of({}), "127.0.0.1"));
}

TEST_CASE("a broken entry is named") {
    for (const std::string entry :
         {"", "10.0.0.0/33", "::/129", "host", "10.0.0.0/", "10.0.0.0/8x"}) {
        CAPTURE(entry);
        const auto set = AddressSet::parse({"127.0.0.1", entry});
        REQUIRE_FALSE(set);
        CHECK(set.error().detail == entry);
    }
}

TEST_CASE("the client is the right-most hop that is not a trusted proxy") {
    const auto proxies = set_of({"10.0.0.0/8"});
    const auto peer = ip::make_address("10.0.0.1");
    struct Row {
        std::vector<RawField> fields;
        std::string address;
    };
    const Row rows[] = {
        {{}, "10.0.0.1"},
        {{{"X-Forwarded-For", "203.0.113.9"}}, "203.0.113.9"},
        {{{"X-Forwarded-For", "1.1.1.1, 203.0.113.9, 10.0.0.7"}}, "203.0.113.9"},
        {{{"x-forwarded-for", "1.1.1.1"}, {"X-Forwarded-For", "203.0.113.9"}}, "203.0.113.9"},
        {{{"X-Forwarded-For", "10.0.0.8"}}, "10.0.0.8"},
        {{{"X-Forwarded-For", "203.0.113.9, nonsense"}}, "10.0.0.1"},
        {{{"X-Forwarded-For", "203.0.113.9:4711"}}, "203.0.113.9"},
        {{{"X-Forwarded-For", "[2001:db8::1]:4711"}}, "2001:db8::1"},
        {{{"X-Forwarded-For", "::ffff:203.0.113.9"}}, "203.0.113.9"},
    };
    for (const auto& row : rows) {
        CHECK(forwarded_origin(proxies, peer, false, row.fields).address == row.address);
    }
}

TEST_CASE("protocol and request id come from the proxy when they are well formed") {
    const auto proxies = set_of({"10.0.0.0/8"});
    const auto peer = ip::make_address("10.0.0.1");
    auto origin = forwarded_origin(
        proxies, peer, false, {{"X-Forwarded-Proto", "https"}, {"X-Request-Id", "a-1.B_2"}}
    );
    CHECK(origin.secure);
    CHECK(origin.request_id == "a-1.B_2");
    origin = forwarded_origin(
        proxies, peer, true, {{"X-Forwarded-Proto", "https, http"}, {"X-Request-Id", "a b"}}
    );
    CHECK_FALSE(origin.secure);
    CHECK(origin.request_id.empty());
    origin = forwarded_origin(proxies, peer, true, {{"X-Request-Id", std::string(65, 'a')}});
    CHECK(origin.secure);
    CHECK(origin.request_id.empty());
}
