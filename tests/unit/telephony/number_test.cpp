#include "integrations/telephony/number.hpp"

#include <doctest/doctest.h>

using hotline::telephony::number_of;

TEST_CASE("a caller's number is kept as the register has it, however the line presents it") {
    CHECK(number_of("13800138000") == "13800138000");
    CHECK(number_of("+86 138-0013-8000") == "13800138000");
    CHECK(number_of("8613800138000") == "13800138000");
    CHECK(number_of("013800138000") == "13800138000");
    CHECK(number_of("0913-2123456") == "09132123456");
    CHECK(number_of("2123456") == "09132123456");
}

TEST_CASE("a landline of Beijing is not taken for a mobile with a trunk 0") {
    CHECK(number_of("01012345678") == "01012345678");
}

TEST_CASE("what is no telephone number stays as it is") {
    CHECK(number_of("8001") == "8001");
    CHECK(number_of("anonymous") == "anonymous");
    CHECK(number_of("") == "");
    CHECK(number_of("12345") == "12345");
}

TEST_CASE("what is longer than any number is cut to what the records have room for") {
    CHECK(number_of("1234567890123456789012345") == "12345678901234567890");
    CHECK(number_of("sip: some body at home") == "sip:somebodyathome");
    CHECK(
        number_of("热线热线热线热线热线热线热线热线热线热线热线") ==
        "热线热线热线热线热线热线热线热线热线热线"
    );
}
