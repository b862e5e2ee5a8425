#include "ticketing/pinyin/initials.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace hotline::ticketing;

namespace {

bool typed_as(std::string_view name, std::string_view initials) {
    const auto all = name_initials(name);
    return std::ranges::find(all, initials) != all.end();
}

}  // namespace

TEST_CASE("Y1 a name is typed as the first letters of its characters") {
    CHECK(name_initials("渭南秦唐") == std::vector<std::string>{"wnqt"});
    CHECK(name_initials("张世超").front() == "zsc");
    CHECK(name_initials("").empty());
    CHECK(name_initials("（）·").empty());
}

TEST_CASE(
    "Y2 characters of several readings are found by each, Latin letters and digits as they are"
) {
    CHECK(typed_as("长春路", "ccl"));
    CHECK(typed_as("长乐", "zl"));
    CHECK(typed_as("乐华", "yh"));
    CHECK(typed_as("重泉", "cq"));
    CHECK(typed_as("重点", "zd"));
    CHECK(typed_as("建设银行", "jsyh"));
    CHECK(typed_as("单县", "sx"));
    CHECK(typed_as("解放", "jf"));
    CHECK(typed_as("解州", "xz"));
    CHECK(typed_as("仇海", "qh"));
    CHECK(typed_as("曾国", "zg"));
    CHECK(typed_as("会计师", "kjs"));
    CHECK(typed_as("晟泰", "st"));
    CHECK(typed_as("渑池", "mc"));
    CHECK(typed_as("KFC（渭南2店）", "kfcwn2d"));
}

TEST_CASE("Y3 a name has eight readings and twenty-four letters at most") {
    CHECK(name_initials("长重行乐曾").size() == 8);
    const auto long_name =
        name_initials("渭南渭南渭南渭南渭南渭南渭南渭南渭南渭南渭南渭南渭南渭南");
    REQUIRE(long_name.size() == 1);
    CHECK(long_name[0].size() == longest_initials);
}

TEST_CASE("Y4 initials are letters and digits, one letter at least") {
    CHECK(typed_initials("WnQt") == "wnqt");
    CHECK(typed_initials("wn qt") == "wnqt");
    CHECK(typed_initials("wn2d") == "wn2d");
    CHECK(typed_initials("13800001111").empty());
    CHECK(typed_initials("wn秦唐").empty());
    CHECK(typed_initials("wn%").empty());
    CHECK(typed_initials(std::string(25, 'a')).empty());
    CHECK(typed_initials("").empty());
}

TEST_CASE("Y5 initials are found from any character on, in every combination of readings") {
    CHECK(initials_at("渭南市市场监督管理局", "wns") == 0);
    CHECK(initials_at("渭南市市场监督管理局", "scjd") == 3);
    CHECK(initials_at("长重行乐曾", "cchyz") == 0);
    CHECK(initials_at("长重行乐曾", "zzxlc") == 0);
    CHECK_FALSE(initials_at("渭南", "wns"));
    CHECK_FALSE(initials_at("渭南市", "nw"));
}
