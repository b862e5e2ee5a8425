#include "integrations/telephony/queue_words.hpp"

namespace hotline::telephony {

std::optional<std::chrono::seconds> expected_wait(int position, const LineFigures& figures) {
    if (figures.answered_lately < answered_for_an_estimate || figures.staffed <= 0) {
        return std::nullopt;
    }
    return std::chrono::ceil<std::chrono::seconds>(figures.handling * position / figures.staffed);
}

std::optional<Announcement> announcement(const PlaceInLine& place, const LineFigures& figures) {
    Announcement words{place.position, std::nullopt};
    if (place.waited >= no_estimate_before) words.wait = expected_wait(place.position, figures);
    if (!place.said_position) return words;
    if (place.said_ago && *place.said_ago < said_again_after) return std::nullopt;
    const bool moved = *place.said_position != place.position;
    const bool time_is_news = words.wait && !place.said_wait;
    if (!moved && !time_is_news) return std::nullopt;
    return words;
}

int minutes_to_say(std::chrono::seconds wait) {
    constexpr std::chrono::minutes one(1);
    return wait < one ? 0 : static_cast<int>(std::chrono::ceil<std::chrono::minutes>(wait).count());
}

WayOut way_out(const PlaceInLine& place, const LineFigures& figures) {
    if (place.waited >= message_after) return WayOut::message;
    const bool far_back = place.position > 2 * figures.staffed;
    const bool long_wait = place.waited >= callback_offered_after;
    return far_back || long_wait ? WayOut::callback : WayOut::none;
}

bool is_full(std::size_t waiting, std::size_t most) {
    return waiting >= most;
}

}  // namespace hotline::telephony
