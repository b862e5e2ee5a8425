#include "integrations/telephony/call_detail.hpp"

namespace hotline::telephony {
namespace {

bool lacks_end(const CallStory& story) {
    return !is_over(story.state) || story.state == CallState::lost;
}

// Nobody knows how a lost call went, and here it was over no later than there.
bool knows_no_more(const CallDetail& detail, const CallStory& story) {
    return story.state == CallState::lost && !detail.answered && !story.answered_at &&
           story.ended_at && *story.ended_at <= detail.ended_at;
}

// Nobody knows how it ended where neither side tells of an answer.
CtiKind kind_of_end(const CallDetail& detail, bool answered_here) {
    if (answered_here || detail.answered == true) return CtiKind::ended;
    if (!detail.answered) return CtiKind::lost;
    return detail.direction == Direction::in ? CtiKind::abandoned : CtiKind::ended;
}

CtiEvent event_of_detail(
    const CallDetail& detail, std::string_view stem, CtiKind kind, ticketing::Instant at
) {
    CtiEvent event;
    event.event_id = std::string(stem) + "." + std::string(ticketing::name(kind));
    event.call_id = detail.call_id;
    event.kind = kind;
    event.occurred_at = at;
    return event;
}

}  // namespace

std::optional<std::chrono::milliseconds> talk_time(
    std::optional<ticketing::Instant> answered_at, std::optional<ticketing::Instant> ended_at
) {
    // Clocks of several machines may tell an end before its answer.
    if (!answered_at || !ended_at || *ended_at < *answered_at) return std::nullopt;
    return *ended_at - *answered_at;
}

std::optional<DetailDifference> difference(const CallDetail& detail, const CallStory* story) {
    if (story == nullptr) return DetailDifference::unknown_call;
    if (lacks_end(*story)) {
        return knows_no_more(detail, *story) ? std::nullopt
                                             : std::optional(DetailDifference::end_missed);
    }
    const bool given_up =
        story->state == CallState::abandoned || story->state == CallState::callback;
    const bool only_here = detail.answered == false && story->answered_at;
    const bool only_there =
        !story->answered_at && (detail.answered_at || (given_up && detail.answered == true));
    if (only_here || only_there) return DetailDifference::answer;
    const auto theirs = talk_time(detail.answered_at, detail.ended_at);
    const auto ours = talk_time(story->answered_at, story->ended_at);
    if (theirs && ours && std::chrono::abs(*theirs - *ours) > same_talk_time) {
        return DetailDifference::talk_time;
    }
    return std::nullopt;
}

std::vector<CtiEvent> missing_events(
    const CallDetail& detail, const CallStory* story, std::string_view stem
) {
    std::vector<CtiEvent> events;
    if (story != nullptr && (!lacks_end(*story) || knows_no_more(detail, *story))) return events;
    if (story == nullptr) {
        auto offered = event_of_detail(detail, stem, CtiKind::offered, detail.offered_at);
        offered.direction = detail.direction;
        offered.ani = detail.ani;
        offered.dnis = detail.dnis;
        events.push_back(std::move(offered));
    }
    const bool answered_here = story != nullptr && story->answered_at.has_value();
    if (detail.answered_at && !answered_here) {
        auto answered = event_of_detail(detail, stem, CtiKind::answered, *detail.answered_at);
        answered.agent = detail.agent;
        events.push_back(std::move(answered));
    }
    const auto end = kind_of_end(detail, answered_here);
    events.push_back(event_of_detail(detail, stem, end, detail.ended_at));
    if (!answered_here) events.back().agent = detail.agent;
    return events;
}

}  // namespace hotline::telephony
