#include "ticketing/masking.hpp"

#include <doctest/doctest.h>

using namespace hotline::ticketing;

TEST_CASE("P1 a telephone number keeps enough to be told apart") {
    CHECK(masked_phone("13800001234") == "138****1234");
    CHECK(masked_phone("09132345678") == "********678");
    CHECK(masked_phone("4008001234") == "*******234");
    CHECK(masked_phone("12345") == "****5");
    CHECK(masked_phone("") == "");
}

TEST_CASE("P2 a name keeps its surname") {
    CHECK(masked_name("王小明") == "王**");
    CHECK(masked_name("李雷") == "李*");
    CHECK(masked_name("欧阳修") == "欧阳*");
    CHECK(masked_name("欧阳") == "欧*");
    CHECK(masked_name("王") == "王");
    CHECK(masked_name("") == "");
}

TEST_CASE("P3 a credit code keeps its ends") {
    CHECK(masked_uscc("91610500MA6Y2A0K3X") == "9161**********0K3X");
    CHECK(masked_uscc("") == "");
}

TEST_CASE("P4 numbers of persons in free text are masked, others stay") {
    CHECK(masked_text("请联系13800001234张先生") == "请联系138****1234张先生");
    CHECK(masked_text("身份证61050219900101123X。") == "身份证6****************X。");
    CHECK(masked_text("卡号6222021234567890123") == "卡号***************0123");
    CHECK(masked_text("电话0913-2345678") == "电话0913-2345678");
    CHECK(masked_text("座机09132345678") == "座机0913*****78");
    CHECK(masked_text("欠款1200000元，2026年3月") == "欠款1200000元，2026年3月");
    CHECK(masked_text("") == "");
}
