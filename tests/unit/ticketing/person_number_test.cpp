#include "ticketing/person_number.hpp"

#include <doctest/doctest.h>

using namespace hotline::ticketing;
using enum PersonNumber::Kind;

TEST_CASE("A12 a whole number is one however it is grouped, a part of one is not") {
    const PersonNumber mobile{phone, "13800001111"};
    for (const auto* typed : {"13800001111", "138 0000 1111", "+86 138-0000-1111"}) {
        CHECK(person_number(typed) == mobile);
    }
    CHECK(person_number("0913-2345678") == PersonNumber{phone, "09132345678"});
    CHECK(person_number("91610500ma6y2a0k30") == PersonNumber{code, "91610500MA6Y2A0K30"});
    for (const auto* typed : {"2345678", "1380000111", "138000011112", "91610500MA6Y2A0K3", ""}) {
        CAPTURE(typed);
        CHECK_FALSE(person_number(typed));
    }
}

TEST_CASE("A12 a number is taken out of what else was typed") {
    const auto mixed = read_typed_search("停电 13800001111 变压器");
    CHECK(mixed.person == PersonNumber{phone, "13800001111"});
    CHECK(mixed.words == "停电 变压器");
    const auto words = read_typed_search("停电 2026");
    CHECK_FALSE(words.person);
    CHECK(words.words == "停电 2026");
    CHECK(read_typed_search("138 0000 1111").words.empty());
}
