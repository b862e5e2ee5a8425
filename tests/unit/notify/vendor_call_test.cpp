#include "integrations/notify/vendor_call.hpp"

#include "integrations/http/retry_after.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::notify;
using namespace std::chrono_literals;

TEST_CASE("Retry-After is read in seconds and as a date") {
    const std::chrono::sys_seconds now{1'700'000'000s};  // Tue, 14 Nov 2023 22:13:20 GMT
    const auto wait = [&](std::string value) {
        http_client::Answer answer{.headers = {{"Retry-After", std::move(value)}}};
        return http_client::retry_after(answer, now);
    };
    CHECK(wait("0") == 0s);
    CHECK(wait("120") == 120s);
    CHECK(wait("Tue, 14 Nov 2023 22:14:20 GMT") == 60s);
    CHECK(wait("Tue, 14 Nov 2023 22:12:20 GMT") == 0s);
    for (const char* nonsense : {"soon", "-1", "1.5", "99999999999999", "Tue, 14 Nov 2023"}) {
        CHECK_FALSE(wait(nonsense));
    }
    CHECK_FALSE(http_client::retry_after({}, now));
}

TEST_CASE("texts are shortened between two letters") {
    CHECK(shortened("工单", 6) == "工单");
    CHECK(shortened("工单号", 8) == "工…");
    CHECK(shortened("工单号", 6) == "工…");
    CHECK(shortened("abcdefgh", 6) == "abc…");
    CHECK(shortened("工", 2 + 1) == "工");
}
