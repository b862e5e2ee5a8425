#include "server/phone/ledger.hpp"

#include "integrations/mysql/acd_store.hpp"
#include "integrations/mysql/agent_store.hpp"
#include "integrations/mysql/call_store.hpp"
#include "integrations/mysql/recording_store.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <iterator>
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

telephony::CommandFault fault_of(ari::Refusal why) {
    using telephony::CommandFault;
    switch (why) {
        case ari::Refusal::not_talking:
            return CommandFault::wrong_state;
        case ari::Refusal::not_reached:
            return CommandFault::not_reached;
        case ari::Refusal::own_phone:
            return CommandFault::own_phone;
        case ari::Refusal::over:
            return CommandFault::over;
        case ari::Refusal::not_done:
            break;
    }
    return CommandFault::refused;
}

// One word to the distribution, as a deed.
class Deeds {
public:
    Deeds(
        Connection& db,
        const std::string& source,
        const AcdOwner& owner,
        const SkillsByNumber& skills,
        const Ends& ends,
        Instant now
    )
        : db_(db), source_(source), owner_(owner), skills_(skills), ends_(ends), now_(now) {}

    Result<actions::MovedAgents> operator()(const ari::WantsAgent& word) {
        actions::CallToQueue call{
            .source = source_,
            .call_id = word.call,
            .enqueued_at = word.since,
            .bonus = {},
            .skills = {},
            .returns = word.returned
        };
        const auto asked = skills_.find(word.dnis);
        if (asked != skills_.end()) call.skills = asked->second;
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
    Result<actions::MovedAgents> operator()(const ari::AgentFreed& word) {
        const auto owners = mysql::extension_owners(db_, {word.extension});
        if (!owners) return std::unexpected(owners.error());
        if (owners->empty()) return actions::MovedAgents{};
        const actions::WordForAgent freed{
            owners->front().account, telephony::CallWord::left, word.call
        };
        return actions::tell_agents(db_, source_, {&freed, 1}, now_);
    }
    Result<actions::MovedAgents> operator()(const ari::WishDone& word) {
        return end_wish(word.key, std::nullopt);
    }
    Result<actions::MovedAgents> operator()(const ari::WishFailed& word) {
        return end_wish(word.key, fault_of(word.why));
    }
    std::vector<mysql::CallCommand> take_commands() { return std::exchange(commands_, {}); }
    // Commands are the exchange's own; the rest are events by now, or a console's.
    template <class Other>
    Result<actions::MovedAgents> operator()(const Other&) {
        return actions::MovedAgents{};
    }

private:
    Result<actions::MovedAgents> end_wish(
        const std::string& key, std::optional<telephony::CommandFault> fault
    ) {
        auto ended = actions::end_command(db_, source_, {token_of(key), fault, {}}, now_);
        if (!ended) return std::unexpected(ended.error());
        if (*ended) commands_.push_back(std::move(**ended));
        return actions::MovedAgents{};
    }
    actions::OfferKey key_of(const std::string& call, int attempt, const std::string& token) {
        return {source_, call, attempt, token_of(token)};
    }
    static Result<actions::MovedAgents> agents_of(Result<actions::OfferEnded> ended) {
        if (!ended) return std::unexpected(ended.error());
        return std::move(ended->agents);
    }
    Result<actions::MovedAgents> leave(const std::string& call) {
        const auto end = ends_.find(call);
        LeftAs how = end != ends_.end() ? end->second : LeftAs::answered;
        if (how != LeftAs::answered) {
            // Its answer counts, though the promise it was answered by had run out (T31).
            const auto answered = mysql::answered_calls(db_, source_, {call});
            if (!answered) return std::unexpected(answered.error());
            if (!answered->empty()) how = LeftAs::answered;
        }
        return actions::leave_queue(db_, source_, call, how, now_);
    }

    Connection& db_;
    const std::string& source_;
    const AcdOwner& owner_;
    const SkillsByNumber& skills_;
    const Ends& ends_;
    Instant now_;
    std::vector<mysql::CallCommand> commands_;
};

template <class T>
void append(std::vector<T>& all, std::vector<T> more) {
    all.insert(
        all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end())
    );
}

CtiEvent bare_event(const std::string& call, const std::string& id, CtiKind kind, Instant at) {
    CtiEvent event;
    event.event_id = id;
    event.call_id = call;
    event.kind = kind;
    event.occurred_at = at;
    return event;
}

// T46: what there is to be fetched, in the transaction that records it.
Result<void> note_recordings(
    Connection& db, const std::string& source, const std::vector<CtiEvent>& told
) {
    for (const CtiEvent& event : told) {
        if (event.kind != CtiKind::recording_ready || event.recording.empty()) continue;
        auto noted =
            mysql::note_recording(db, source, event.call_id, event.recording, event.occurred_at);
        if (!noted) return noted;
    }
    return {};
}

// Who is being rung for it, or has it.
ticketing::UserId agent_of(const mysql::AcdCall& call) {
    return call.offered_to ? call.offered_to : call.taken_by;
}

}  // namespace

Result<SkillsByNumber> skills_by_number(const std::vector<std::string>& lines) {
    SkillsByNumber by_number;
    for (const std::string& line : lines) {
        const std::string number = line.substr(0, line.find(' '));
        const std::string asked = line.substr(std::min(number.size() + 1, line.size()));
        auto wishes = telephony::skills_of(asked);
        const bool whole = !number.empty() && !wishes.empty() &&
                           wishes.size() <= actions::most_skills_asked &&
                           telephony::skills_text(wishes) == asked;
        if (!whole) {
            return fail(
                ErrorCode::validation_failed,
                "\"" + line + "\": not a number, a space and skills like \"policy:2 english:1?\"."
            );
        }
        by_number[number] = std::move(wishes);
    }
    return by_number;
}

std::string application_name(const std::string& server_id) {
    std::string name = "hotline-" + server_id;
    for (char& c : name) {
        const auto byte = static_cast<unsigned char>(c);
        c = std::isalnum(byte) != 0 ? static_cast<char>(std::tolower(byte)) : '-';
    }
    return name;
}

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
    const SkillsByNumber& skills,
    const Heard& heard,
    const Ends& ends,
    Instant now
) {
    Kept kept;
    Deeds deeds(db, source, owner, skills, ends, now);
    std::vector<CtiEvent> told;  // one after the other, so far
    const auto record = [&]() -> Result<void> {
        if (told.empty()) return {};
        const auto events = std::exchange(told, {});
        auto some = actions::record_cti_events(db, source, events, now);
        if (!some) return std::unexpected(some.error());
        kept.record.add(std::move(*some));
        return note_recordings(db, source, events);
    };
    for (const ari::Output& word : heard) {
        if (const auto* event = std::get_if<CtiEvent>(&word)) {
            told.push_back(*event);
            continue;
        }
        if (auto done = record(); !done) return std::unexpected(done.error());
        auto moved = std::visit([&](const auto& one) { return deeds(one); }, word);
        if (!moved) return std::unexpected(moved.error());
        append(kept.agents, std::move(*moved));
    }
    if (auto done = record(); !done) return std::unexpected(done.error());
    kept.commands = deeds.take_commands();
    return kept;
}

Result<std::vector<ari::KnownCall>> known_calls(
    Connection& db, const std::string& source, const AcdOwner& owner
) {
    auto calls = mysql::read_open_acd_calls(db);
    if (!calls) return std::unexpected(calls.error());
    std::vector<ticketing::UserId> served_by;
    std::vector<std::string> ours;
    for (const mysql::AcdCall& call : *calls) {
        if (const auto agent = agent_of(call)) served_by.push_back(agent);
        if (call.source == source) ours.push_back(call.call_id);
    }
    // A call's record may know more than its place in line: a word of an owner who was given up for
    // dead changes nothing there (T31).
    const auto answered = mysql::answered_calls(db, source, ours);
    if (!answered) return std::unexpected(answered.error());
    const auto agents = mysql::read_agents(db, served_by);
    if (!agents) return std::unexpected(agents.error());
    std::vector<ari::KnownCall> known;
    for (const mysql::AcdCall& call : *calls) {
        if (call.source != source) continue;
        ari::KnownCall one;
        one.call = call.call_id;
        // Of a server that is dead as well: whoever takes it over looks again.
        one.elsewhere = call.token != owner.token;
        one.offered_at = call.enqueued_at;
        const bool taken = call.state == static_cast<int>(AcdState::taken);
        one.answered = taken || answered->contains(call.call_id);
        if (const auto serving = agent_of(call)) {
            one.attempt = call.attempt;
            if (!taken) one.token = std::to_string(call.token);
            const auto agent = std::ranges::find(*agents, serving, &mysql::AgentRow::account);
            if (agent != agents->end()) one.extension = agent->extension;
        }
        known.push_back(std::move(one));
    }
    return known;
}

ari::Input wish_for_script(const mysql::CallCommand& command) {
    using telephony::CallAction;
    const auto action = static_cast<CallAction>(command.action);
    const std::string key = std::to_string(command.id);
    if (action == CallAction::dial) return ari::Dial{command.extension, command.target, key};
    static const std::map<CallAction, ari::Wish> wishes{
        {CallAction::hold, ari::Wish::hold},
        {CallAction::resume, ari::Wish::resume},
        {CallAction::hang_up, ari::Wish::hang_up},
        {CallAction::transfer, ari::Wish::transfer},
        {CallAction::conference, ari::Wish::add_third},
        {CallAction::drop, ari::Wish::drop_third},
        {CallAction::listen, ari::Wish::listen},
        {CallAction::whisper, ari::Wish::whisper},
        {CallAction::barge, ari::Wish::barge},
    };
    const bool leads = telephony::is_for_shift_lead(action);
    return ari::Asked{
        wishes.at(action), leads ? command.extension : command.target, command.outside, key
    };
}

std::string exchange_abilities() {
    std::vector<telephony::CallAction> all;
    for (const auto& [action, word] : names_of(telephony::CallAction{})) all.push_back(action);
    return telephony::actions_text(all);
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
