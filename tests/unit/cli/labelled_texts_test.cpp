#include "server/cli/labelled_texts.hpp"

#include "server/cli/quality_text.hpp"

#include <doctest/doctest.h>

using namespace hotline::cli;

TEST_CASE("labelled texts are read a line each, a title in front, a number as a label") {
    const auto read = parse_labelled(
        "\xEF\xBB\xBF{\"text\":\"停电\",\"label\":\"用电\"}\r\n\n"
        "{\"title\":\"急\",\"text\":\"停水\",\"label\":3,\"more\":[]}"
    );
    CHECK(read.faults.empty());
    REQUIRE(read.texts.size() == 2);
    CHECK(read.texts[0].label == "用电");
    CHECK(read.texts[1].text == "急\n停水");
    CHECK(read.texts[1].label == "3");
}

TEST_CASE("each bad line is told by number and reason, the good ones are taken") {
    const auto read = parse_labelled(
        "{\"text\":\"a\",\"label\":\"b\"}\n"
        "no\n"
        "[1]\n"
        "{\"label\":\"b\"}\n"
        "{\"text\":\"\",\"label\":\"b\"}\n"
        "{\"text\":\"a\",\"label\":\"\"}\n"
        "{\"text\":\"a\",\"label\":null}\n"
        "{\"text\":\"c\",\"label\":\"d\"}\n"
    );
    CHECK(read.texts.size() == 2);
    REQUIRE(read.faults.size() == 6);
    for (std::size_t i = 0; i < read.faults.size(); ++i) {
        CHECK(read.faults[i].line == i + 2);
        CHECK_FALSE(read.faults[i].reason.empty());
    }
    CHECK(read.faults[0].reason == "it is not JSON");
    CHECK(read.faults[1].reason == "it is not a JSON object");
    CHECK(parse_labelled("").texts.empty());
}

TEST_CASE("a question keeps its id as it came") {
    CHECK(parse_question(R"({"text":"停电","id":7})").id == "7");
    CHECK(parse_question(R"({"text":"停电","id":"a"})").id == "\"a\"");
    CHECK(parse_question(R"({"text":"停电"})").id.empty());
    const auto bad = parse_question(R"({"id":7})");
    CHECK(bad.id == "7");
    CHECK_FALSE(bad.fault.empty());
}

TEST_CASE("the columns of the table stand under each other whatever the alphabet") {
    CHECK(columns_of("用电ab") == 6);
    hotline::ticketing::classifier::Confusion confusion{2};
    confusion.add(0, 0);
    confusion.add(1, 0);
    const std::string text = quality_text(confusion, {"用电", "water"});
    CHECK(text.find("  1  用电        1  0.5000     1.0000  0.6667\n") != std::string::npos);
    CHECK(text.find("  2  water       1  0.0000     0.0000  0.0000\n") != std::string::npos);
    CHECK(text.find("  2  water     1     0\n") != std::string::npos);
}

TEST_CASE("of many labels only the pairs most often confused are told") {
    std::vector<std::string> labels;
    for (int i = 0; i < 30; ++i) labels.push_back("label" + std::to_string(i));
    hotline::ticketing::classifier::Confusion confusion{labels.size()};
    for (int i = 0; i < 3; ++i) confusion.add(4, 7);
    confusion.add(2, 1);
    const std::string text = quality_text(confusion, labels);
    CHECK(
        text.find("    3 × label4 taken for label7\n    1 × label2 taken for label1\n") !=
        std::string::npos
    );
}
