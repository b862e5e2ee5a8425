#include "integrations/telephony/callback_rules.hpp"

#include <algorithm>

namespace hotline::telephony {

bool can_be_dialled(std::string_view number) {
    return number.size() >= 7 &&
           std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
}

bool was_missed(const CallStory& story) {
    if (story.direction != Direction::in || !is_over(story.state) || story.answered_at) {
        return false;
    }
    if (story.state == CallState::callback) return true;
    // What was told first of it; nothing but the end tells of no haste.
    for (const auto& begun : {story.offered_at, story.queued_at, story.ringing_at}) {
        if (begun && story.ended_at) return *story.ended_at - *begun >= shortest_wait;
    }
    return true;
}

std::optional<ticketing::Instant> missed_at(const CallStory& story) {
    if (!was_missed(story)) return std::nullopt;
    const bool asked = story.state == CallState::callback;
    if (asked && story.queued_at) return story.queued_at;
    if (asked && story.offered_at) return story.offered_at;
    return story.ended_at;
}

AfterTry after_try(CallbackOutcome outcome, int tries, ticketing::Instant now) {
    using namespace std::chrono_literals;
    if (outcome == CallbackOutcome::reached) return {CallbackEnd::reached, {}};
    if (outcome == CallbackOutcome::wrong_number) return {CallbackEnd::wrong_number, {}};
    if (tries >= most_tries) return {CallbackEnd::not_reached, {}};
    return {std::nullopt, now + (tries == 1 ? std::chrono::minutes(30) : 2h)};
}

}  // namespace hotline::telephony
