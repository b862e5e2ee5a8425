#include "server/phone/ledger.hpp"

#include "integrations/mysql/acd_store.hpp"
#include "integrations/mysql/agent_store.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <variant>

namespace hotline::phone {
namespace {

using actions::AcdOwner;
using mysql::Connection;
using telephony::AcdState;
using telephony::CtiEvent;
using telephony::CtiKind;
using telephony::LeftAs;
using telephony::OfferFailure;
using ticketing::Instant;

std::uint64_t token_of(const std::string& text) {
    std::uint64_t token = 0;
    std::from_chars(text.data(), text.data() + text.size(), token);
    return token;
}

OfferFailure failure_of(ari::Failure why) {
    switch (why) {
        case ari::Failure::no_answer:
            return OfferFailure::no_answer;
        case ari::Failure::busy:
            return OfferFailure::busy;
        case ari::Failure::rejected:
            return OfferFailure::rejected;
        case ari::Failure::unreachable:
            break;
    }
    return OfferFailure::unreachable;
}

// One word to the distribution, as a deed.
class Deeds {
public:
    Deeds(
        Connection& db,
        const std::string& source,
        const AcdOwner& owner,
        const Ends& ends,
        Instant now
    )
        : db_(db), source_(source), owner_(owner), ends_(ends), now_(now) {}

    Result<actions::MovedAgents> operator()(const ari::WantsAgent& word) {
        const actions::CallToQueue call{
            .source = source_,
            .call_id = word.call,
            .enqueued_at = word.since,
            .bonus = {},
            .skills = {},
            .returns = word.returned
        };
        auto queued = actions::enqueue_call(db_, call, owner_, now_);
        if (!queued) return std::unexpected(queued.error());
        return std::move(queued->agents);
    }
    Result<actions::MovedAgents> operator()(const ari::OfferFailed& word) {
        const auto key = key_of(word.call, word.attempt, word.token);
        return agents_of(actions::offer_failed(db_, key, failure_of(word.why), now_));
    }
    Result<actions::MovedAgents> operator()(const ari::OfferTaken& word) {
        const auto key = key_of(word.call, word.attempt, word.token);
        return agents_of(actions::offer_taken(db_, key, now_));
    }
    Result<actions::MovedAgents> operator()(const ari::LeftQueue& word) { return leave(word.call); }
    Result<actions::MovedAgents> operator()(const ari::CallOver& word) { return leave(word.call); }
    // Commands are the exchange's own; the rest are events by now, or a console's.
    template <class Other>
    Result<actions::MovedAgents> operator()(const Other&) {
        return actions::MovedAgents{};
    }

private:
    actions::OfferKey key_of(const std::string& call, int attempt, const std::string& token) {
        return {source_, call, attempt, token_of(token)};
    }
    static Result<actions::MovedAgents> agents_of(Result<actions::OfferEnded> ended) {
        if (!ended) return std::unexpected(ended.error());
        return std::move(ended->agents);
    }
    Result<actions::MovedAgents> leave(const std::string& call) {
        const auto end = ends_.find(call);
        const LeftAs how = end != ends_.end() ? end->second : LeftAs::answered;
        return actions::leave_queue(db_, source_, call, how, now_);
    }

    Connection& db_;
    const std::string& source_;
    const AcdOwner& owner_;
    const Ends& ends_;
    Instant now_;
};

CtiEvent bare_event(const std::string& call, const std::string& id, CtiKind kind, Instant at) {
    CtiEvent event;
    event.event_id = id;
    event.call_id = call;
    event.kind = kind;
    event.occurred_at = at;
    return event;
}

}  // namespace

std::optional<CtiEvent> event_of(const ari::Output& word) {
    if (const auto* wish = std::get_if<ari::CallbackAsked>(&word)) {
        auto event = bare_event(wish->call, wish->event_id, CtiKind::callback_requested, wish->at);
        event.ani = wish->number;
        return event;
    }
    if (const auto* scored = std::get_if<ari::Scored>(&word)) {
        auto event = bare_event(scored->call, scored->event_id, CtiKind::survey_scored, scored->at);
        event.score = scored->score;
        return event;
    }
    return std::nullopt;
}

void note_end(Ends& ends, const CtiEvent& event) {
    switch (event.kind) {
        case CtiKind::answered:
            ends[event.call_id] = LeftAs::answered;
            break;
        case CtiKind::abandoned:
            ends[event.call_id] = LeftAs::abandoned;
            break;
        case CtiKind::callback_requested:
            ends[event.call_id] = LeftAs::overflowed;
            break;
        case CtiKind::lost:
            ends[event.call_id] = LeftAs::lost;
            break;
        case CtiKind::ended:
            // Without an answer: he left for somewhere else (A18).
            ends.try_emplace(event.call_id, LeftAs::overflowed);
            break;
        default:
            break;
    }
}

Result<Kept> keep(
    Connection& db,
    const std::string& source,
    const AcdOwner& owner,
    const Heard& heard,
    const Ends& ends,
    Instant now
) {
    Kept kept;
    if (!heard.events.empty()) {
        auto record = actions::record_cti_events(db, source, heard.events, now);
        if (!record) return std::unexpected(record.error());
        kept.record = std::move(*record);
    }
    Deeds deeds(db, source, owner, ends, now);
    for (const ari::Output& word : heard.words) {
        auto moved = std::visit(deeds, word);
        if (!moved) return std::unexpected(moved.error());
        kept.agents.insert(kept.agents.end(), moved->begin(), moved->end());
    }
    return kept;
}

Result<std::vector<ari::KnownCall>> known_calls(
    Connection& db, const std::string& source, const AcdOwner& owner, Instant now
) {
    auto calls = mysql::read_open_acd_calls(db);
    if (!calls) return std::unexpected(calls.error());
    const auto live = mysql::live_owner_tokens(db, now);
    if (!live) return std::unexpected(live.error());
    std::vector<ticketing::UserId> rung;
    for (const mysql::AcdCall& call : *calls) {
        if (call.offered_to) rung.push_back(call.offered_to);
    }
    const auto agents = mysql::read_agents(db, rung);
    if (!agents) return std::unexpected(agents.error());
    std::vector<ari::KnownCall> known;
    for (const mysql::AcdCall& call : *calls) {
        if (call.source != source) continue;
        const bool own = call.token == owner.token;
        if (!own && std::ranges::find(*live, call.token) == live->end()) continue;
        ari::KnownCall one;
        one.call = call.call_id;
        one.elsewhere = !own;
        one.offered_at = call.enqueued_at;
        one.answered = call.state == static_cast<int>(AcdState::taken);
        if (call.state == static_cast<int>(AcdState::offered)) {
            one.attempt = call.attempt;
            one.token = std::to_string(call.token);
            const auto agent =
                std::ranges::find(*agents, call.offered_to, &mysql::AgentRow::account);
            if (agent != agents->end()) one.extension = agent->extension;
        }
        known.push_back(std::move(one));
    }
    return known;
}

ari::Offer offer_for_script(const actions::Offer& offer) {
    return {
        .attempt = offer.attempt,
        .extension = offer.extension,
        .ring_s = static_cast<int>(offer.ring.count()),
        .token = std::to_string(offer.token)
    };
}

}  // namespace hotline::phone
