#include "ticketing/knowledge/index.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace hotline::ticketing::knowledge;

namespace {

ArticleText article(
    std::string title, std::vector<std::string> questions, std::string answer, std::string topic
) {
    ArticleText text;
    text.title = std::move(title);
    text.questions = std::move(questions);
    text.answer = std::move(answer);
    text.topic = std::move(topic);
    return text;
}

ArticleIndex small_base() {
    ArticleIndex index;
    index.add(article(
        "小规模纳税人月销售额多少以内免征增值税",
        {"小微企业税收优惠有哪些", "季度三十万以内要不要交税"},
        "月销售额10万元以下免征。",
        "税务"
    ));
    index.add(article(
        "小微企业新装用电要花钱吗",
        {"办电接电要带什么材料", "厂房增容找谁"},
        "容量160千瓦及以下的，接电工程由供电企业投资。",
        "用电"
    ));
    index.add(article(
        "办营业执照要哪些材料",
        {"公司注册怎么办"},
        "材料齐全的当场办结，在“一网通办”办理。",
        "证照办理"
    ));
    index.add(article(
        "出口退税多久能到账", {"退税款迟迟不到账怎么查"}, "平均在6个工作日内办结。", "进出口"
    ));
    index.build();
    return index;
}

constexpr std::size_t tax = 0, power = 1, licence = 2, refund = 3;

}  // namespace

TEST_CASE("K12 the article whose question is asked in other words comes first") {
    const ArticleIndex index = small_base();
    struct Row {
        std::string_view text;
        std::size_t article;
    };
    const Row rows[] = {
        {"请问小微企业有什么税收优惠", tax},
        {"我们公司季度不到三十万，要不要交税？", tax},
        {"厂房想增容，应该找谁", power},
        {"新装用电要多少钱", power},
        {"注册公司", licence},
        {"营业执照", licence},
        {"出口的退税款一直没有到账，到哪里查", refund},
        {"您好，我是做苹果汁出口的，上个月申报的退税到现在还没到账，想问一下一般多久能到账，着急用"
         "钱",
         refund},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        const auto found = index.find(row.text, {.least = least_suggested});
        REQUIRE_FALSE(found.empty());
        CHECK(found.front().article == row.article);
    }
}

TEST_CASE("K12 what is about something else suggests nothing") {
    const ArticleIndex index = small_base();
    for (const std::string_view text :
         {"请问怎么办",
          "您好，我想咨询一下，需要什么手续，可以吗",
          "工地噪音太大，半夜还在施工",
          "隔壁企业违法排放污水，鱼都死了",
          "申请",
          "",
          "abc 123"}) {
        CAPTURE(text);
        CHECK(index.find(text, {.least = least_suggested}).empty());
    }
}

TEST_CASE("K13 what matched is told: the question form, the words, the topic") {
    const ArticleIndex index = small_base();
    const auto found =
        index.find("小微企业能享受的税收优惠", {.topic = "税务", .least = least_suggested});
    REQUIRE_FALSE(found.empty());
    CHECK(found.front().question == 1);
    CHECK(found.front().topic);
    CHECK(found.front().words == std::vector<std::string>{"小微企业", "税收优惠"});
    const auto plain = index.find("小微企业能享受的税收优惠", {});
    CHECK(found.front().score == std::min(1000, plain.front().score * 3 / 2));
    CHECK_FALSE(plain.front().topic);
}

TEST_CASE("K11 a particle is not among the words that matched") {
    ArticleIndex index;
    index.add(article("新装用电怎么申请", {}, "凭营业执照办理。", "用电"));
    index.build();
    const auto found = index.find("新装用电要不要花钱，怎么申请", {});
    REQUIRE(found.size() == 1);
    CHECK(found.front().words == std::vector<std::string>{"新装用电"});
}

TEST_CASE("K12 words that only the answer has count half") {
    const ArticleIndex index = small_base();
    const auto found = index.find("一网通办", {});
    REQUIRE(found.size() == 1);
    CHECK(found.front().article == licence);
    CHECK(found.front().in_answer);
    CHECK(found.front().score < 500);
}

TEST_CASE("K11 width, case and the digits themselves make no difference") {
    const ArticleIndex index = small_base();
    const auto narrow = index.find("容量160千瓦", {});
    const auto wide = index.find("容量２５０千瓦", {});
    REQUIRE_FALSE(narrow.empty());
    REQUIRE_FALSE(wide.empty());
    CHECK(narrow.front().score == wide.front().score);
    CHECK(index.find("我的电话是13912345678", {}).empty());
}

TEST_CASE("K14 the best come first, equals by age, no more than wanted, the same every time") {
    ArticleIndex index;
    for (int i = 0; i < 8; ++i) {
        index.add(article("停电报修打哪个电话", {}, "拨打95598。", "用电"));
    }
    index.add(article("燃气泄漏打哪个电话", {}, "拨打抢修电话。", "用气"));
    index.build();
    const auto found = index.find("停电报修", {.least = 1, .most = 5});
    REQUIRE(found.size() == 5);
    for (std::size_t i = 0; i < 5; ++i) CHECK(found[i].article == i);
    CHECK(index.find("停电报修", {.least = 1, .most = 5}) == found);
    const auto odd = index.find("停电报修", {.fits = [](std::size_t n) { return n % 2 == 1; }});
    REQUIRE(odd.size() == 4);
    CHECK(odd.front().article == 1);
}

TEST_CASE("an empty base and broken UTF-8 do no harm") {
    ArticleIndex empty;
    empty.build();
    CHECK(empty.find("营业执照", {}).empty());
    CHECK(small_base().find("\xE8\x90\xFF\xC0营业执照", {}).front().article == licence);
    std::string long_text;
    for (int i = 0; i < 5'000; ++i) long_text += "营业执照";
    CHECK(small_base().find(long_text, {}).front().article == licence);
}
