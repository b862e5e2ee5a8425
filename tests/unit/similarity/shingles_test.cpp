#include "ticketing/similarity/shingles.hpp"

#include "tests/unit/similarity/retold.hpp"
#include "ticketing/similarity/signature.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace hotline::ticketing::similarity;
using hotline::tests::invented;
using hotline::tests::retold;

namespace {

double alike(std::string_view a, std::string_view b) {
    return likeness(Shingles{a}, Shingles{b}).jaccard;
}

}  // namespace

TEST_CASE("D1: width, case, sums and punctuation make no difference") {
    CHECK(Shingles{"欠款４６万元，ABC公司"} == Shingles{"欠款12万元。abc公司"});
    CHECK(Shingles{"停电了"} != Shingles{"停水了"});
}

TEST_CASE("D1: no pair reaches over a gap") {
    CHECK(Shingles{"停电，抢修"}.size() == 2);
    CHECK(Shingles{"停电抢修"}.size() == 3);
}

TEST_CASE("D2: likeness is what both have of what either has") {
    const Likeness half = likeness(Shingles{"甲乙丙丁"}, Shingles{"甲乙丙戊"});
    CHECK(half.jaccard == doctest::Approx(0.5));  // two of four pairs
    CHECK(half.contained == doctest::Approx(2.0 / 3));
    CHECK(alike("甲乙丙丁", "甲乙丙丁") == 1);
    CHECK(alike("甲乙丙丁", "戊己庚辛") == 0);
    CHECK(likeness(Shingles{""}, Shingles{""}) == Likeness{});
}

TEST_CASE("D2: who is still typing is contained in what he is going to say") {
    const auto& [once, again] = retold.front();
    const std::string begun{once.substr(0, 45)};
    const Likeness found = likeness(Shingles{begun}, Shingles{once});
    CHECK(found.contained == 1);
    CHECK(found.jaccard < 0.6);
}

TEST_CASE("D2: a few characters say too little to be compared") {
    CHECK_FALSE(Shingles{"停电了"}.tells());
    CHECK(Shingles{"车间突然停电了请抢修"}.tells());
}

TEST_CASE("matters told again in other words are more alike than different matters ever are") {
    double least_again = 1;
    double most_other = 0;
    for (std::size_t i = 0; i < retold.size(); ++i) {
        least_again = std::min(least_again, alike(retold[i].once, retold[i].again));
        for (std::size_t j = 0; j < i; ++j) {
            for (const auto a : {retold[i].once, retold[i].again}) {
                for (const auto b : {retold[j].once, retold[j].again}) {
                    most_other = std::max(most_other, alike(a, b));
                }
            }
        }
    }
    CHECK(least_again > 0.15);  // D6
    CHECK(most_other < 0.1);
}

TEST_CASE("what two texts share is told in the words of the first") {
    const auto& [once, again] = retold[2];
    const auto phrases = shared_phrases(again, Shingles{once});
    REQUIRE(phrases.size() == 4);
    CHECK(phrases[0] == "说还在审核");  // longest first, then in the order of the text
    CHECK(phrases[1] == "留抵退税");
    CHECK(phrases[2] == "没有到账");
    for (const std::string& phrase : phrases) {
        CHECK(again.find(phrase) != std::string_view::npos);
    }
    CHECK(shared_phrases("甲乙丙丁", Shingles{"戊己庚辛"}).empty());
}

TEST_CASE("D11: no phrase holds a digit: they are all the same to D1") {
    const std::string_view text = "我厂欠款４6万元没有到账，请联系13800001111处理";
    for (const std::string& phrase : shared_phrases(text, Shingles{text})) {
        CHECK(phrase.find_first_of("0123456789") == std::string::npos);
        CHECK(phrase.find("４") == std::string::npos);
    }
    CHECK(shared_phrases(text, Shingles{text}).front() == "万元没有到账");
}

TEST_CASE("a phrase within another is not told twice, and a long one is cut") {
    const std::string text = "园区主路坑洼积水货车过不来已经半个月。园区主路坑洼。";
    const auto phrases = shared_phrases(text, Shingles{text});
    REQUIRE(phrases.size() == 1);
    CHECK(phrases.front() == "园区主路坑洼积水货车过不");
}

TEST_CASE("D3: the estimate is right within its error, over likenesses of all sizes") {
    // The first part is shared, the rest is each one's own: likeness rises in steps.
    double worst = 0;
    double error = 0;
    std::size_t count = 0;
    for (std::size_t shared = 0; shared <= 100; shared += 10) {
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            const std::string common = invented(seed, shared);
            const Shingles a{common + invented(seed + 1000, 100 - shared)};
            const Shingles b{common + invented(seed + 2000, 100 - shared)};
            const double truth = likeness(a, b).jaccard;
            const double guess = estimated(agreements(signature_of(a), signature_of(b)));
            worst = std::max(worst, std::abs(guess - truth));
            error += guess - truth;
            ++count;
        }
    }
    CHECK(worst < 0.29);                                         // four standard errors at one half
    CHECK(std::abs(error / static_cast<double>(count)) < 0.01);  // no lean to either side
}

TEST_CASE("D3: the same text has the same signature, and agreements are counted one by one") {
    const Shingles text{retold.front().once};
    const Signature signature = signature_of(text);
    CHECK(signature == signature_of(Shingles{retold.front().once}));
    CHECK(agreements(signature, signature) == signature_size);
    Signature other = signature;
    for (std::size_t i = 0; i < signature_size; ++i) {
        other[i] = static_cast<std::uint8_t>(other[i] ^ (i % 3 == 0 ? 0x80U : 0U));
    }
    CHECK(agreements(signature, other) == signature_size - 16);
    CHECK(estimated(signature_size) == doctest::Approx(1));
    CHECK(estimated(0) == 0);
}
