#include "integrations/telephony/queue_words.hpp"

namespace hotline::telephony {

std::optional<std::chrono::seconds> expected_wait(int position, const LineFigures& figures) {
    if (figures.answered_lately < answered_for_an_estimate || figures.staffed <= 0) {
        return std::nullopt;
    }
    return std::chrono::ceil<std::chrono::seconds>(figures.handling * position / figures.staffed);
}

std::optional<Announcement> announcement(const PlaceInLine& place, const LineFigures& figures) {
    if (place.said_position) {
        const bool same = *place.said_position == place.position;
        const bool just_now = place.said_ago && *place.said_ago < said_again_after;
        if (same || just_now) return std::nullopt;
    }
    Announcement words{place.position, std::nullopt};
    if (place.waited >= no_estimate_before) words.wait = expected_wait(place.position, figures);
    return words;
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
