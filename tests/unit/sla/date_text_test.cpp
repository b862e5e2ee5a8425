#include "sla/date_text.hpp"

#include <doctest/doctest.h>

using namespace hotline::sla;
using namespace std::chrono_literals;

TEST_CASE("a date is told as ISO 8601 writes it, with all its zeros") {
    CHECK(date_text(LocalDay{std::chrono::local_days{2026y / 9 / 3}}) == "2026-09-03");
    CHECK(date_text(LocalDay{std::chrono::local_days{987y / 12 / 31}}) == "0987-12-31");
}
