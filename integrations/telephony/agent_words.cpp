#include "integrations/telephony/agent_words.hpp"

#include "integrations/telephony/call_state.hpp"

#include <algorithm>
#include <set>

namespace hotline::telephony {
namespace {

using Whom = AgentWord::Whom;

void add_words(std::vector<AgentWord>& words, const CtiEvent& event, Direction direction) {
    const auto say = [&](Whom whom, CallWord word) {
        if (event.agent.empty() && whom != Whom::everybody) return;
        words.push_back({whom, event.agent, word, event.occurred_at});
    };
    const Whom speaker = event.agent.empty() ? Whom::everybody : Whom::him;
    switch (event.kind) {
        case CtiKind::ringing:
            if (direction == Direction::out) break;  // it rings at the other end
            say(Whom::others_ringing, CallWord::left);
            say(Whom::him, CallWord::rings);
            break;
        case CtiKind::answered:
            say(Whom::others, CallWord::left);
            say(Whom::him, CallWord::answered);
            break;
        case CtiKind::held:
            say(speaker, CallWord::held);
            break;
        case CtiKind::resumed:
            say(speaker, CallWord::resumed);
            break;
        case CtiKind::no_answer:
            say(speaker, CallWord::no_answer);
            break;
        case CtiKind::queued:
            say(Whom::everybody, CallWord::waits);
            break;
        case CtiKind::abandoned:
        case CtiKind::ended:
        case CtiKind::lost:
        case CtiKind::callback_requested:
            say(Whom::everybody, CallWord::left);
            break;
        case CtiKind::offered:
        case CtiKind::transferred:
        case CtiKind::recording_ready:
        case CtiKind::survey_scored:
            break;
    }
}

}  // namespace

std::vector<AgentWord> agent_words(
    std::span<const CtiEvent> known, std::span<const CtiEvent> fresh
) {
    std::vector<CtiEvent> all(known.begin(), known.end());
    if (is_over(story_of(all).state)) return {};
    all.insert(all.end(), fresh.begin(), fresh.end());
    const Direction direction = story_of(all).direction;
    all = in_order(std::move(all));
    std::set<std::string_view> news;
    for (const CtiEvent& event : fresh) news.insert(event.event_id);
    const auto is_older = [&](const CtiEvent& event) {
        const bool of_afterwards =
            event.kind == CtiKind::recording_ready || event.kind == CtiKind::survey_scored;
        return !news.contains(event.event_id) && !of_afterwards;
    };
    const auto last_known = std::find_if(all.rbegin(), all.rend(), is_older);
    std::vector<AgentWord> words;
    for (auto event = last_known.base(); event != all.end(); ++event) {
        if (news.contains(event->event_id)) add_words(words, *event, direction);
    }
    return words;
}

bool concerns(const AgentWord& word, std::string_view extension, const AgentStanding& standing) {
    const bool him = word.extension == extension;
    switch (word.whom) {
        case Whom::him:
            return him;
        case Whom::everybody:
            return true;
        case Whom::others:
            return !him;
        case Whom::others_ringing:
            return !him && standing.place.state == AgentState::ringing;
    }
    return false;
}

}  // namespace hotline::telephony
