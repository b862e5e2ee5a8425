#include "ticketing/pattern_matcher.hpp"

#include <doctest/doctest.h>

#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

using hotline::ticketing::PatternMatcher;

namespace {

using Found = std::set<std::tuple<std::uint32_t, std::size_t, std::size_t>>;

Found scan(const PatternMatcher& matcher, std::string_view text) {
    Found found;
    matcher.scan(text, [&](std::uint32_t id, std::size_t begin, std::size_t end) {
        CHECK(found.emplace(id, begin, end).second);
    });
    return found;
}

}  // namespace

TEST_CASE("overlapping and nested words are all found") {
    PatternMatcher matcher;
    matcher.add("出口退税", 1);
    matcher.add("出口", 2);
    matcher.add("退税", 3);
    matcher.add("口退", 4);
    matcher.build();
    CHECK(scan(matcher, "办出口退税") == Found{{2, 3, 9}, {4, 6, 12}, {3, 9, 15}, {1, 3, 15}});
}

TEST_CASE("ASCII letters match in either case, broken UTF-8 matches nothing") {
    PatternMatcher matcher;
    matcher.add("VOCs", 7);
    matcher.build();
    CHECK(scan(matcher, "排放vocS超标") == Found{{7, 6, 10}});
    CHECK(scan(
              matcher,
              "\xE4\xB8 VO\xFF"
              "Cs \xF0"
    )
              .empty());
    CHECK(scan(
              PatternMatcher{[] {
                  PatternMatcher empty;
                  empty.build();
                  return empty;
              }()},
              "文字"
    )
              .empty());
}

TEST_CASE("random words over a small alphabet are found exactly where a plain search finds them") {
    std::mt19937 dice{12345};
    const std::vector<std::string> letters{"停", "电", "水", "a", "é", "𠮷"};
    const auto random_text = [&](std::size_t length) {
        std::string text;
        for (std::size_t i = 0; i < length; ++i) text += letters[dice() % letters.size()];
        return text;
    };
    for (int round = 0; round < 50; ++round) {
        PatternMatcher matcher;
        std::vector<std::string> words;
        for (std::uint32_t id = 0; id < 40; ++id) {
            words.push_back(random_text(1 + dice() % 4));
            matcher.add(words.back(), id);
        }
        matcher.build();
        const auto text = random_text(60);
        Found expected;
        for (std::uint32_t id = 0; id < words.size(); ++id) {
            for (auto at = text.find(words[id]); at != std::string::npos;
                 at = text.find(words[id], at + 1)) {
                expected.emplace(id, at, at + words[id].size());
            }
        }
        REQUIRE(scan(matcher, text) == expected);
    }
}
