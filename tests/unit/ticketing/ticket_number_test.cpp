#include "ticketing/ticket_number.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace hotline::ticketing;
using namespace std::chrono;

namespace {

Instant at(std::int64_t epoch_ms) {
    return Instant{milliseconds{epoch_ms}};
}

}  // namespace

TEST_CASE("W1: the check digit is that of ISO/IEC 7064 MOD 11,10") {
    // Worked example of the standard's own documentation: 0794 takes 5.
    CHECK(mod_11_10_check_digit("0794") == '5');
}

TEST_CASE("W1: the day in a number is China's, eight hours ahead") {
    const auto last_second = at(1'795'449'599'000);  // 2026-11-23 15:59:59 UTC
    CHECK(format_ticket_number(last_second, 17).starts_with("WN20261123000017"));
    CHECK(format_ticket_number(last_second + 1s, 17).starts_with("WN20261124000017"));
}

TEST_CASE("W1: a number comes back as it went in") {
    const year_month_day day{2026y / November / 23};
    for (const std::uint64_t serial : {0ULL, 1ULL, 999'999ULL, 1'000'000ULL, 123'456'789'012ULL}) {
        const auto text = format_ticket_number({day, serial});
        CAPTURE(text);
        CHECK(text.size() <= 24);
        CHECK(parse_ticket_number(text) == TicketNumber{day, serial});
    }
}

TEST_CASE("W1: people may type blanks, hyphens and small letters") {
    const auto text = format_ticket_number({2026y / November / 23, 178});
    const auto typed = "wn " + text.substr(2, 8) + "-" + text.substr(10);
    CHECK(parse_ticket_number(typed) == TicketNumber{2026y / November / 23, 178});
}

TEST_CASE("W1: any single wrong digit is found") {
    for (const std::uint64_t serial : {42ULL, 654'321ULL, 7'654'321ULL}) {
        const auto text = format_ticket_number({2026y / November / 23, serial});
        for (std::size_t i = 2; i < text.size(); ++i) {
            for (char digit = '0'; digit <= '9'; ++digit) {
                std::string wrong = text;
                wrong[i] = digit;
                CHECK(parse_ticket_number(wrong).has_value() == (wrong == text));
            }
        }
    }
}

TEST_CASE("W1: what is no number is refused") {
    for (const std::string text :
         {"",
          "WN",
          "2026112300001",
          "WN2026112300001",
          "XX202611230000178",
          "WN20261323000017",
          "WN2026112300a017",
          "WN202611230000178 x"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_ticket_number(text).has_value());
    }
    // A longer serial with a leading zero would be a second name of the same ticket.
    const std::string body = "202611230000017";
    CHECK_FALSE(parse_ticket_number("WN" + body + mod_11_10_check_digit(body)).has_value());
}
