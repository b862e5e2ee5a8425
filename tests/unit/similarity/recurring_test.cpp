#include "ticketing/similarity/recurring.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace hotline::ticketing::similarity;

namespace {

std::vector<RecurringPhrase> of(std::vector<std::string_view> texts, std::size_t most = 8) {
    return recurring_phrases(texts, most);
}

}  // namespace

TEST_CASE("D12 what stands in several titles is told, the most frequent first") {
    const auto told =
        of({"车间频繁停电影响生产",
            "昨夜频繁停电两次",
            "又是频繁停电",
            "施工许可证办不下来",
            "施工许可证何时批"});
    REQUIRE(told.size() == 2);
    CHECK(told[0] == RecurringPhrase{"频繁停电", 3});
    CHECK(told[1] == RecurringPhrase{"施工许可证", 2});
}

TEST_CASE("D12 what every appeal says, what is said once, and parts of a phrase are left out") {
    CHECK(of({"我公司停水", "我公司欠薪"}).empty());
    CHECK(of({"请协调解决停水", "请协调解决欠薪"}).empty());
    CHECK(of({"自来水压力太小"}).empty());
    CHECK(of({}).empty());
    const auto told = of({"出口退税材料", "出口退税慢", "退税材料齐全", "出口退税材料多"});
    const auto has = [&](std::string_view text) {
        return std::ranges::any_of(told, [&](const auto& one) { return one.text == text; });
    };
    CHECK(has("出口退税"));
    CHECK_FALSE(has("出口退税材料"));
}

TEST_CASE("D12 no more are told than are wanted") {
    const std::vector<std::string_view> texts{
        "频繁停电", "频繁停电", "道路塌陷", "道路塌陷", "噪声扰民", "噪声扰民"
    };
    CHECK(of(texts, 2).size() == 2);
}
