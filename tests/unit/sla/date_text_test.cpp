#include "sla/date_text.hpp"

#include <doctest/doctest.h>

using namespace hotline::sla;
using namespace std::chrono_literals;

TEST_CASE("a date is told as ISO 8601 writes it, with all its zeros") {
    CHECK(date_text(LocalDay{std::chrono::local_days{2026y / 9 / 3}}) == "2026-09-03");
    CHECK(date_text(LocalDay{std::chrono::local_days{987y / 12 / 31}}) == "0987-12-31");
}

TEST_CASE("an instant is told to the millisecond, as ISO 8601 and as SQL write it") {
    const Instant instant = std::chrono::sys_days{2026y / 9 / 3} + 4h + 5min + 6s + 7ms;
    CHECK(instant_text(instant, 'T') == "2026-09-03T04:05:06.007");
    CHECK(instant_text(instant, ' ') == "2026-09-03 04:05:06.007");
    const Instant before_1970 = std::chrono::sys_days{1969y / 12 / 31} + 23h + 59min + 59s + 999ms;
    CHECK(instant_text(before_1970, 'T') == "1969-12-31T23:59:59.999");
}
