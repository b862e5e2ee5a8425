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
        case CtiKind::recording_ready:
            return std::nullopt;
    }
    return std::nullopt;
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
    story.last_seq = std::max(story.last_seq, event.seq.value_or(0));
}

// T23: over since it was missed, until an end that is told later says better.
void be_lost(CallStory& story, const std::vector<CtiEvent>& events) {
    story.state = CallState::lost;
    const auto lost = std::ranges::find(events, CtiKind::lost, &CtiEvent::kind);
    story.ended_at = lost->occurred_at;
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
    bool answered = false;
    for (const CtiEvent& event : events) {
        note_time(story, event);
        note_texts(story, event);
        const auto state = state_after(event.kind);
        answered = answered || state == CallState::talking || state == CallState::held;
        if (!state || over) continue;
        story.state = *state;
        over = is_over(*state);
    }
    // T4, wherever in the order the answer stands.
    const auto was = [&](CtiKind kind) {
        return std::ranges::any_of(events, [kind](const auto& event) {
            return event.kind == kind;
        });
    };
    if (over) {
        const bool nobody_took_it = !answered && was(CtiKind::abandoned);
        story.state = nobody_took_it ? CallState::abandoned : CallState::ended;
        if (!was(CtiKind::abandoned) && !was(CtiKind::ended)) be_lost(story, events);
    }
    // Better than nobody: an end that tells whose call it was, when all before it was lost.
    for (const CtiEvent& event : events) {
        if (story.agent.empty() && event.kind == CtiKind::ended) story.agent = event.agent;
    }
    return story;
}

}  // namespace hotline::telephony
