#include "ticketing/similarity/hot_topics.hpp"

#include "tests/unit/similarity/retold.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace hotline::ticketing;
using namespace hotline::ticketing::similarity;
using hotline::sla::LocalDay;
using hotline::tests::invented;

namespace {

constexpr LocalDay today{std::chrono::days{20'000}};

HotText told(std::uint64_t ticket, std::string party, std::string text) {
    return {
        {.ticket = {ticket}, .party = std::move(party), .day = today, .division = {}, .topic = {}},
        std::move(text)
    };
}

// As different people tell of one failure of the power.
std::string of_power(std::uint64_t who) {
    return "经开区今天早上突然停电，没有通知，" + invented(who, 12) + "，请尽快恢复供电。";
}

std::vector<HotText> power_failure(std::size_t appeals) {
    std::vector<HotText> texts;
    for (std::uint64_t i = 1; i <= appeals; ++i) {
        texts.push_back(told(i, "e" + std::to_string(i), of_power(i)));
    }
    return texts;
}

std::vector<HotText> with_others(std::vector<HotText> texts, std::size_t others) {
    for (std::uint64_t i = 0; i < others; ++i) {
        const std::string party = "o" + std::to_string(i);
        texts.push_back(told(1000 + i, party, "我们公司" + invented(900 + i, 40)));
    }
    return texts;
}

}  // namespace

TEST_CASE("D9, D10: five enterprises that tell the same are one hot topic, four are none") {
    CHECK(hot_topics(with_others(power_failure(4), 50), {}).empty());
    const auto topics = hot_topics(with_others(power_failure(5), 50), {});
    REQUIRE(topics.size() == 1);
    CHECK(topics[0].appeals.size() == 5);
    CHECK(topics[0].appeals.front().ticket.value == 1);
    CHECK(enterprises_among(topics[0].appeals) == 5);
}

TEST_CASE("D10: one enterprise that calls ten times makes no hot topic") {
    auto texts = power_failure(10);
    for (HotText& text : texts) text.appeal.party = "e1";
    CHECK(hot_topics(texts, {}).empty());
    for (std::size_t i = 0; i < 4; ++i) texts[i].appeal.party = "e" + std::to_string(i + 2);
    REQUIRE(hot_topics(texts, {}).size() == 1);
    CHECK(hot_topics(texts, {})[0].appeals.size() == 10);
}

TEST_CASE("D10: who names no enterprise adds to the appeals alone") {
    auto texts = power_failure(7);
    texts[2].appeal.party.clear();
    texts[3].appeal.party.clear();
    const auto topics = hot_topics(texts, {});
    REQUIRE(topics.size() == 1);
    CHECK(topics[0].appeals.size() == 7);
    CHECK(enterprises_among(topics[0].appeals) == 5);
    texts[4].appeal.party.clear();
    CHECK(hot_topics(texts, {}).empty());
}

TEST_CASE("D9: small differences that add up tie nothing together") {
    // Each text shares half of itself with the one before, and nothing with the one before that.
    std::vector<HotText> chain;
    for (std::uint64_t i = 0; i < 12; ++i) {
        const std::string text = invented(i, 30) + "。" + invented(i + 1, 30);
        chain.push_back(told(i + 1, "e" + std::to_string(i), text));
    }
    CHECK(hot_topics(chain, {}).empty());
}

TEST_CASE("D9: two matters of one day are two topics, the wider one first") {
    auto texts = power_failure(6);
    for (std::uint64_t i = 1; i <= 8; ++i) {
        const std::string text =
            "货车在高速路口排队，" + invented(i + 50, 10) + "，治超点检查太慢。";
        texts.push_back(told(100 + i, "t" + std::to_string(i), text));
    }
    const auto topics = hot_topics(texts, {});
    REQUIRE(topics.size() == 2);
    CHECK(topics[0].appeals.front().ticket.value == 101);
    CHECK(topics[1].appeals.front().ticket.value == 1);
}

TEST_CASE("D11: a topic is told by what its appeals share and the others do not say") {
    auto texts = power_failure(6);
    for (HotText& text : texts) text.text = "我们公司反映。" + text.text;
    texts = with_others(std::move(texts), 60);
    const auto topics = hot_topics(texts, {});
    REQUIRE(topics.size() == 1);
    REQUIRE_FALSE(topics[0].phrases.empty());
    CHECK(topics[0].phrases[0].text == "经开区今天早上突然停电");
    CHECK(topics[0].phrases[0].in.size() == 6);
    for (const HotPhrase& phrase : topics[0].phrases) {
        CHECK(phrase.text.find("我们公司") == std::string::npos);
    }
}

TEST_CASE("a storm of thousands is one topic") {
    const auto topics = hot_topics(with_others(power_failure(3000), 200), {});
    REQUIRE(topics.size() == 1);
    CHECK(topics[0].appeals.size() == 3000);
}

TEST_CASE("a city sets how alike and how many") {
    const auto texts = power_failure(3);
    CHECK(hot_topics(texts, {.enterprises = 3}).size() == 1);
    CHECK(hot_topics(texts, {.percent = 90, .enterprises = 3}).empty());
    CHECK(hot_topics({}, {}).empty());
}

TEST_CASE("D2: texts that say next to nothing are no topic") {
    std::vector<HotText> texts;
    for (std::uint64_t i = 1; i <= 9; ++i) texts.push_back(told(i, std::to_string(i), "停电了"));
    CHECK(hot_topics(texts, {}).empty());
}
