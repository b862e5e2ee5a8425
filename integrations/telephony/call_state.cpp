#include "integrations/telephony/call_state.hpp"

#include <algorithm>
#include <tuple>

namespace hotline::telephony {
namespace {

using ticketing::Instant;

std::optional<CallState> state_after(CtiKind kind) {
    switch (kind) {
        case CtiKind::offered:
            return CallState::offered;
        case CtiKind::queued:
        case CtiKind::no_answer:
            return CallState::queued;
        case CtiKind::ringing:
            return CallState::ringing;
        case CtiKind::answered:
        case CtiKind::resumed:
            return CallState::talking;
        case CtiKind::held:
            return CallState::held;
        case CtiKind::transferred:
            return CallState::transferred;
        case CtiKind::abandoned:
            return CallState::abandoned;
        case CtiKind::ended:
            return CallState::ended;
        case CtiKind::lost:
            return CallState::lost;
        case CtiKind::callback_requested:
            return CallState::callback;
        case CtiKind::recording_ready:
        case CtiKind::survey_scored:
            return std::nullopt;
    }
    return std::nullopt;
}

bool is_answer(const CtiEvent& event) {
    const auto state = state_after(event.kind);
    return state == CallState::talking || state == CallState::held;
}

bool shows_the_agent(CtiKind kind) {
    return kind == CtiKind::ringing || kind == CtiKind::answered || kind == CtiKind::held ||
           kind == CtiKind::resumed;
}

void note_time(CallStory& story, const CtiEvent& event) {
    const auto first = [&](std::optional<Instant>& at) {
        if (!at || event.occurred_at < *at) at = event.occurred_at;
    };
    if (event.kind == CtiKind::offered) first(story.offered_at);
    if (event.kind == CtiKind::queued) first(story.queued_at);
    if (event.kind == CtiKind::ringing) first(story.ringing_at);
    if (event.kind == CtiKind::answered) first(story.answered_at);
    if (event.kind == CtiKind::ended || event.kind == CtiKind::abandoned) first(story.ended_at);
}

void note_texts(CallStory& story, const CtiEvent& event) {
    if (story.ani.empty()) story.ani = event.ani;
    if (story.dnis.empty()) story.dnis = event.dnis;
    if (!event.queue.empty()) story.queue = event.queue;
    if (!event.recording.empty()) story.recording = event.recording;
    if (!event.agent.empty() && shows_the_agent(event.kind)) story.agent = event.agent;
    if (event.direction) story.direction = *event.direction;
    if (event.kind == CtiKind::survey_scored && event.score) story.score = event.score;
    story.last_seq = std::max(story.last_seq, event.seq.value_or(0));
}

bool was_told(const std::vector<CtiEvent>& events, CtiKind kind) {
    return std::ranges::find(events, kind, &CtiEvent::kind) != events.end();
}

// T4, T23 and T34: how a call that is over went, wherever in the order the answer stands.
void settle_end(CallStory& story, const std::vector<CtiEvent>& events) {
    const bool answered = std::ranges::any_of(events, is_answer);
    const auto since = [&](CtiKind kind) {
        return std::ranges::find(events, kind, &CtiEvent::kind)->occurred_at;
    };
    const bool abandoned = was_told(events, CtiKind::abandoned);
    const bool asked = was_told(events, CtiKind::callback_requested);
    const bool no_end = !abandoned && !was_told(events, CtiKind::ended);
    story.state = CallState::ended;
    if (!answered && abandoned) story.state = CallState::abandoned;
    if (!answered && asked) story.state = CallState::callback;
    if (asked && (!answered || no_end)) {
        story.ended_at = since(CtiKind::callback_requested);
    } else if (no_end) {
        // Over since it was missed, until an end that is told later says better.
        story.state = CallState::lost;
        story.ended_at = since(CtiKind::lost);
    }
}

}  // namespace

std::vector<CtiEvent> in_order(std::vector<CtiEvent> events) {
    const bool numbered =
        std::ranges::all_of(events, [](const CtiEvent& event) { return event.seq.has_value(); });
    const auto place = [numbered](const CtiEvent& event) {
        const std::int64_t number = numbered ? *event.seq : 0;
        return std::tuple(number, event.occurred_at, event.kind, std::string_view(event.event_id));
    };
    std::ranges::sort(events, {}, place);
    return events;
}

CallStory story_of(std::vector<CtiEvent> events) {
    events = in_order(std::move(events));
    CallStory story;
    bool over = false;
    for (const CtiEvent& event : events) {
        note_time(story, event);
        note_texts(story, event);
        const auto state = state_after(event.kind);
        if (!state || over) continue;
        story.state = *state;
        over = is_over(*state);
    }
    if (over) settle_end(story, events);
    // Better than nobody: an end that tells whose call it was, when all before it was lost.
    for (const CtiEvent& event : events) {
        if (story.agent.empty() && event.kind == CtiKind::ended) story.agent = event.agent;
    }
    return story;
}

}  // namespace hotline::telephony
