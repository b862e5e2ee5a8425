#include "server/api/remembered.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace std::chrono_literals;
using Answers = api::Remembered<int>;

namespace {

const ticketing::Instant noon{1'000'000ms};

}  // namespace

TEST_CASE("an answer is given again for as long as it is kept") {
    Answers answers{2s, 4};
    answers.put("rates", 1, noon);
    CHECK(answers.find("rates", noon + 1999ms) == 1);
    CHECK_FALSE(answers.find("rates", noon + 2s));
    CHECK_FALSE(answers.find("hours", noon));
}

TEST_CASE("what was asked before the figures moved is not told after it, whenever it was ready") {
    Answers answers{2s, 4};
    answers.put("rates", 1, noon);
    answers.forget(noon + 500ms);
    CHECK_FALSE(answers.find("rates", noon + 600ms));
    answers.put("hours", 1, noon + 400ms);  // was still being counted
    CHECK_FALSE(answers.find("hours", noon + 600ms));
    answers.put("rates", 2, noon + 600ms);
    answers.put("rates", 1, noon + 400ms);  // comes last, and is older all the same
    CHECK(answers.find("rates", noon + 700ms) == 2);
}

TEST_CASE("no more answers are kept than there is room for") {
    Answers answers{2s, 2};
    answers.put("a", 1, noon);
    answers.put("b", 2, noon + 1s);
    answers.put("c", 3, noon + 2s);  // "a" has had its time
    CHECK(answers.find("b", noon + 2s) == 2);
    answers.put("d", 4, noon + 2s);  // all others are fresh
    CHECK_FALSE(answers.find("b", noon + 2s));
    CHECK(answers.find("d", noon + 2s) == 4);
}
