#include "ticketing/highlight.hpp"

#include "ticketing/masking.hpp"

#include <doctest/doctest.h>

using namespace hotline::ticketing;

namespace {

using Terms = std::vector<std::string>;

// The parts as one text, hits in brackets.
std::string shown(const std::vector<TextPart>& parts) {
    std::string text;
    for (const auto& [part, hit] : parts) text += hit ? "[" + part + "]" : part;
    return text;
}

std::string times(int count, std::string_view text) {
    std::string all;
    while (count-- > 0) all += text;
    return all;
}

}  // namespace

TEST_CASE("H1 every word is marked wherever it stands, in either case") {
    CHECK(shown(marked("停电两天，又停电", Terms{"停电"})) == "[停电]两天，又[停电]");
    CHECK(shown(marked("买了iPhone和IPHONE", Terms{"iphone"})) == "买了[iPhone]和[IPHONE]");
    CHECK(shown(marked("停电", Terms{"停水"})) == "停电");
    CHECK(marked("", Terms{"停电"}).empty());
    CHECK(shown(marked("停电", Terms{""})) == "停电");
}

TEST_CASE("H1 words that overlap or touch are one hit") {
    CHECK(shown(marked("停水费用", Terms{"停水", "水费"})) == "[停水费]用");
    CHECK(shown(marked("停水停电了", Terms{"停电", "停水"})) == "[停水停电]了");
    CHECK(shown(marked("哈哈哈", Terms{"哈哈"})) == "[哈哈哈]");
    CHECK(shown(marked("变压器", Terms{"变压器", "压"})) == "[变压器]");
}

TEST_CASE("H2 a piece of a long text has the words and is marked as cut") {
    const std::string text = times(50, "前") + "停电" + times(80, "后");
    const auto piece = shown(excerpt(text, Terms{"停电"}));
    CHECK(piece == "…" + times(12, "前") + "[停电]" + times(46, "后") + "…");
    CHECK(shown(excerpt("停电\n两天", Terms{"停电"})) == "[停电] 两天");
    CHECK(excerpt(text, Terms{"停水"}).empty());
}

TEST_CASE("H2 the piece with most of the words is shown") {
    const std::string text = "停电" + times(90, "某") + "停电和停水" + times(90, "某");
    CHECK(shown(excerpt(text, Terms{"停电", "停水"})).find("[停电]和[停水]") != std::string::npos);
}

TEST_CASE("H1 what is masked is not found by its digits") {
    const auto text = masked_text("请联系13800001111，停电0000天");
    CHECK(shown(marked(text, Terms{"0000"})) == "请联系138****1111，停电[0000]天");
}
