#include "integrations/telephony/callback_rules.hpp"

#include <doctest/doctest.h>

using namespace hotline::telephony;
using hotline::ticketing::Instant;
using namespace std::chrono_literals;

namespace {

constexpr Instant noon{1'795'420'800'000ms};

CallStory abandoned_after(std::chrono::seconds waited) {
    CallStory story;
    story.state = CallState::abandoned;
    story.offered_at = noon;
    story.ended_at = noon + waited;
    return story;
}

}  // namespace

TEST_CASE("T6 a call is missed when somebody waited and nobody answered") {
    CHECK(was_missed(abandoned_after(5s)));
    CHECK_FALSE(was_missed(abandoned_after(4s)));
    CallStory story = abandoned_after(30s);
    story.state = CallState::ended;
    CHECK(was_missed(story));
    story.answered_at = noon + 3s;
    CHECK_FALSE(was_missed(story));
    story = abandoned_after(30s);
    story.direction = Direction::out;
    CHECK_FALSE(was_missed(story));
    story = abandoned_after(30s);
    story.state = CallState::ringing;
    CHECK_FALSE(was_missed(story));
}

TEST_CASE("T6 of a call only its end was told: it counts as missed") {
    CallStory story = abandoned_after(0s);
    story.offered_at.reset();
    CHECK(was_missed(story));
    story.queued_at = noon;
    CHECK_FALSE(was_missed(story));
    story.queued_at.reset();
    story.ringing_at = noon - 20s;
    CHECK(was_missed(story));
}

TEST_CASE("T6 only what can be dialled is called back") {
    CHECK(can_be_dialled("13800138000"));
    CHECK(can_be_dialled("2930000"));
    CHECK_FALSE(can_be_dialled("8001"));
    CHECK_FALSE(can_be_dialled("anonymous"));
    CHECK_FALSE(can_be_dialled(""));
}

TEST_CASE("T10 tries without an answer come later and later, and the third is the last") {
    using enum CallbackOutcome;
    CHECK(after_try(no_answer, 1, noon) == AfterTry{std::nullopt, noon + 30min});
    CHECK(after_try(no_answer, 2, noon) == AfterTry{std::nullopt, noon + 2h});
    CHECK(after_try(no_answer, 3, noon).end == CallbackEnd::not_reached);
    CHECK(after_try(reached, 1, noon).end == CallbackEnd::reached);
    CHECK(after_try(wrong_number, 2, noon).end == CallbackEnd::wrong_number);
}
