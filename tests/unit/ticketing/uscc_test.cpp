#include "ticketing/uscc.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace hotline::ticketing;

TEST_CASE("U2: known codes carry the check character of GB 32100") {
    for (const std::string code :
         {"91350100M000100Y43",
          "9144030071526726XG",
          "914403001922038216",
          "91610502MAK8PBRN70",
          "91610528MAYTPLXGXX",
          "92610523MA0TEQY74Y",
          "93610527MAL1W53B3U"}) {
        CAPTURE(code);
        CHECK(uscc_check_character(code.substr(0, 17)) == code[17]);
        CHECK_FALSE(inspect_uscc(code).check);
    }
}

TEST_CASE("U2: a sum that divides by 31 gives 0, not a character beyond the alphabet") {
    CHECK(inspect_uscc("91610502MAK8PBRN70") == UsccFinding{});
}

TEST_CASE("U1: wrong length and characters outside the alphabet refuse the code") {
    CHECK(inspect_uscc("").refused());
    CHECK(inspect_uscc("91350100M000100Y4").length);
    CHECK(inspect_uscc("91350100M000100Y433").length);
    for (const char c : std::string{"IOSVZiab-*"}) {
        std::string code = "91350100M000100Y43";
        code[5] = c;
        CAPTURE(code);
        CHECK(inspect_uscc(code).alphabet);
    }
}

TEST_CASE("U3: a wrong check character is doubtful but taken") {
    const auto finding = inspect_uscc("91350211M0000XUF46");
    CHECK(finding.check);
    CHECK_FALSE(finding.refused());
    CHECK(finding.doubtful());
    CHECK(inspect_uscc("91350100M000100Y4Z").refused());
}

TEST_CASE("U4: the inner organisation code has a check of its own") {
    CHECK(organisation_check_character("MAK8PBRN") == '7');
    CHECK(organisation_check_character("71526726") == 'X');
    const auto finding = inspect_uscc("91610502MAK8PBRN80");
    CHECK(finding.organisation);
    CHECK_FALSE(finding.refused());
}

TEST_CASE("U3: every single wrong character is noticed") {
    const std::string code = "91610502MAK8PBRN70";
    for (std::size_t at = 0; at < code.size(); ++at) {
        for (const char c : std::string{"0123456789ABCDEFGHJKLMNPQRTUWXY"}) {
            std::string wrong = code;
            wrong[at] = c;
            CHECK(inspect_uscc(wrong).doubtful() == (wrong != code));
        }
    }
}

TEST_CASE("typed codes lose blanks, hyphens and small letters") {
    CHECK(normalise_uscc(" 9161 0502-mak8pbrn70\n") == "91610502MAK8PBRN70");
}

TEST_CASE("generated codes are sound and differ") {
    std::set<std::string> seen;
    for (std::uint64_t serial = 0; serial < 20'000; ++serial) {
        const auto code = make_uscc(serial % 2 == 0 ? "91" : "92", "610526", serial);
        REQUIRE(inspect_uscc(code) == UsccFinding{});
        REQUIRE(seen.insert(code).second);
    }
}
