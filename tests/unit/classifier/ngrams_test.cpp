#include "ticketing/classifier/ngrams.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>

using namespace hotline::ticketing::classifier;

namespace {

// The n-grams of a text as it has them, with their counts.
std::map<std::string, float> counted(std::string_view text) {
    NgramCounts counts;
    counts.count(text);
    std::map<std::string, float> found;
    for (const auto& entry : counts.entries()) {
        found[std::string{text.substr(entry.begin, entry.end - entry.begin)}] = entry.count;
    }
    return found;
}

std::vector<std::uint64_t> keys(std::string_view text) {
    NgramCounts counts;
    counts.count(text);
    std::vector<std::uint64_t> list;
    for (const auto& entry : counts.entries()) list.push_back(entry.key);
    return list;
}

}  // namespace

TEST_CASE("L1: width, case and the value of digits make no difference") {
    CHECK(keys("ＡＢ１２公司") == keys("ab98公司"));
    CHECK(keys("停电") != keys("停水"));
}

TEST_CASE("L2: an n-gram has no gap inside") {
    const auto found = counted("停电了。急");
    CHECK(found.contains("停电了"));
    CHECK(found.contains("急"));
    CHECK_FALSE(found.contains("了。急"));
    CHECK(found.size() == 7);
}

TEST_CASE("L3: what stands at the front counts three times") {
    std::string text{"停电"};
    for (int i = 0; i < 40; ++i) text += "很";
    text += "停水";
    const auto found = counted(text);
    CHECK(found.at("停电") == head_weight);
    CHECK(found.at("停水") == 1);
    CHECK(found.at("停") == head_weight + 1);
}

TEST_CASE("L3: a text is read up to its limit") {
    std::string text;
    for (std::size_t i = 0; i < characters_read; ++i) text += "很";
    CHECK(counted(text + "停电") == counted(text));
}

TEST_CASE("bytes that are not UTF-8 are gaps, also at the end of a text") {
    const auto found = counted("停\xFF电\xE5\x81");
    CHECK(found.contains("停"));
    CHECK(found.contains("电"));
    CHECK(found.size() == 2);
    CHECK(counted("").empty());
    CHECK(counted("。，！").empty());
}
