#include "integrations/ari/adopt.hpp"

#include "integrations/telephony/call_command.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace hotline::ari {

using telephony::CtiKind;

namespace {

struct Found {
    const Channel* caller = nullptr;
    bool rings_outside = false;  // a call of ours that nobody has answered yet
    std::map<std::pair<Part, int>, const Channel*> legs;
    const Bridge* hold = nullptr;
    const Bridge* conversation = nullptr;
    std::map<int, const Bridge*> booths;  // by their shift lead's leg
    std::vector<std::string> ears;
    const KnownCall* known = nullptr;
};

using FoundCalls = std::map<std::string, Found>;

bool holds(const Bridge* bridge, const std::string& channel) {
    return bridge != nullptr &&
           std::ranges::find(bridge->channels, channel) != bridge->channels.end();
}

void find_channels(std::span<const Channel> channels, FoundCalls& calls) {
    for (const Channel& channel : channels) {
        const auto named = read_name(channel.id);
        const bool leg = named && (named->part == Part::agent || named->part == Part::third ||
                                   named->part == Part::watch);
        if (leg) {
            calls[named->call].legs[{named->part, named->number}] = &channel;
            continue;
        }
        if (named && named->part == Part::ear) {
            calls[named->call].ears.push_back(channel.id);
            continue;
        }
        // One that is back in the dialplan is its business.
        const auto args = stasis_args(channel);
        const bool caller = !args.empty() && (args[0] == "inbound" || args[0] == "outbound");
        if (in_stasis(channel) && caller) {
            calls[channel.id].caller = &channel;
        } else if (channel.id.starts_with(telephony::our_calls)) {
            calls[channel.id].rings_outside = true;
        }
    }
}

void find_bridges(std::span<const Bridge> bridges, FoundCalls& calls) {
    for (const Bridge& bridge : bridges) {
        const auto named = read_name(bridge.id);
        if (!named) continue;
        if (named->part == Part::hold) calls[named->call].hold = &bridge;
        if (named->part == Part::conversation) calls[named->call].conversation = &bridge;
        if (named->part == Part::booth) calls[named->call].booths[named->number] = &bridge;
    }
}

// What the shift lead in a booth hears by.
int ear_in(const Bridge& booth) {
    for (const std::string& channel : booth.channels) {
        const auto named = read_name(channel);
        if (named && named->part == Part::ear) return named->number;
    }
    return 0;
}

Leg leg_of(
    const std::string& call, const Found& found, Part part, int number, const Channel& channel
) {
    Leg leg;
    leg.part = part;
    leg.number = number;
    leg.extension = endpoint_of(channel.name);
    const bool talks = holds(found.conversation, name_of(part, call, number));
    leg.stage = talks                        ? LegStage::talking
                : channel.state == "Up"      ? LegStage::up
                : channel.state == "Ringing" ? LegStage::ringing
                                             : LegStage::dialled;
    if (found.known != nullptr && part == Part::agent && number == found.known->attempt) {
        leg.token = found.known->token;
    }
    if (part != Part::watch) return leg;
    leg.manner = talks ? Wish::barge : Wish::listen;
    const auto booth = found.booths.find(number);
    leg.booth_open = booth != found.booths.end();
    if (leg.booth_open) leg.ear = ear_in(*booth->second);
    return leg;
}

// Where the caller is, and whether anybody is with him.
Stage stage_of(
    const std::string& call, const Found& found, const std::vector<Leg>& legs, bool answered
) {
    const bool company =
        std::ranges::any_of(legs, [](const Leg& leg) { return leg.stage == LegStage::talking; });
    if (holds(found.conversation, call)) {
        if (company) return Stage::talking;
        // Left alone while we were away: asked for a score, or helped by others.
        return answered ? Stage::surveying : Stage::sent_away;
    }
    if (holds(found.hold, call)) return company ? Stage::held : Stage::waiting;
    return answered ? Stage::parting : Stage::sent_away;
}

CallAtPbx call_at(const std::string& call, const Found& found) {
    CallAtPbx at;
    at.call = call;
    at.began = true;
    const auto args = stasis_args(*found.caller);
    at.outgoing = !args.empty() && args[0] == "outbound";
    at.ani = found.caller->number;
    if (found.known != nullptr && at.outgoing) at.ani = found.known->ani;
    at.dnis = args.size() > 1 ? args[1] : found.caller->exten;
    at.offered_at = found.caller->created;
    if (found.known != nullptr && found.known->offered_at) at.offered_at = found.known->offered_at;
    at.hold_open = found.hold != nullptr;
    at.conversation_open = found.conversation != nullptr;
    for (const auto& [key, channel] : found.legs) {
        at.legs.push_back(leg_of(call, found, key.first, key.second, *channel));
    }
    for (const std::string& ear : found.ears) {
        at.ears = std::max(at.ears, read_name(ear)->number);
    }
    // Into the conversation he came with the agent he was offered to, who may have left by now.
    const bool joined =
        found.known != nullptr && found.known->attempt > 0 && holds(found.conversation, call);
    const bool answered = joined || (found.known != nullptr && found.known->answered);
    at.stage = stage_of(call, found, at.legs, answered);
    // An offer that is still open after he was answered is not the one he was answered by.
    if (joined || (answered && found.known->token.empty())) {
        at.taken_attempt = found.known->attempt;
        at.taken_extension = found.known->extension;
        at.taken_token = found.known->token;
    }
    at.answered = answered || at.stage == Stage::talking || at.stage == Stage::held;
    return at;
}

// The first of them who is in the conversation: an agent before anybody else.
void choose_leader(CallAtPbx& at) {
    const auto talks = std::ranges::find(at.legs, LegStage::talking, &Leg::stage);
    if (talks != at.legs.end()) talks->leads = true;
}

void clear_away(const std::string& call, const Found& found, std::vector<Command>& repairs) {
    for (const auto& [key, channel] : found.legs) repairs.push_back(hang_up(channel->id));
    if (found.rings_outside) repairs.push_back(hang_up(call));
    for (const std::string& ear : found.ears) repairs.push_back(hang_up(ear));
    for (const auto& [number, booth] : found.booths) repairs.push_back(close_bridge(booth->id));
    if (found.hold != nullptr) repairs.push_back(close_bridge(found.hold->id));
    if (found.conversation == nullptr) return;
    repairs.push_back(stop_recording(name_of(Part::recording, call)));
    repairs.push_back(close_bridge(found.conversation->id));
}

bool is_of(const Channel& channel, const std::string& application) {
    // A broadcast does not tell who claimed it; following what is ours already changes nothing.
    if (channel.application != "Stasis") return false;
    return channel.words == application || channel.words.starts_with(application + ",");
}

}  // namespace

Adoption adopt(
    std::span<const Channel> channels,
    std::span<const Bridge> bridges,
    std::span<const KnownCall> known,
    const std::string& application
) {
    FoundCalls calls;
    find_channels(channels, calls);
    find_bridges(bridges, calls);
    for (const KnownCall& one : known) calls[one.call].known = &one;
    Adoption adoption;
    for (const auto& [call, found] : calls) {
        if (found.known != nullptr && found.known->elsewhere) continue;
        if (found.caller == nullptr) {
            clear_away(call, found, adoption.repairs);
            if (found.known != nullptr) adoption.lost.push_back(call);
            continue;
        }
        if (!is_of(*found.caller, application)) {
            adoption.repairs.push_back(follow(call));
            for (const auto& [key, channel] : found.legs) {
                adoption.repairs.push_back(follow(channel->id));
            }
        }
        auto at = call_at(call, found);
        choose_leader(at);
        adoption.calls.push_back(std::move(at));
    }
    return adoption;
}

// What a found call needs: the records are brought up to date, whatever the server before us has
// told already, for ids are the same.
Outputs CallScript::take_up(Instant now) {
    now_ = now;
    at_.last = now;
    at_.since = now;
    const Instant began = at_.offered_at.value_or(now);
    at_.offered_at = began;
    for (Leg& leg : at_.legs) leg.since = now;
    tell(CtiKind::offered, id("offered"), began);
    if (!at_.outgoing) tell(CtiKind::queued, id("queued"), began);
    const bool alone = at_.stage == Stage::sent_away || at_.stage == Stage::surveying ||
                       at_.stage == Stage::parting;
    if (at_.outgoing && alone) {
        conversation_over(now);
        return std::exchange(outputs_, {});
    }
    switch (at_.stage) {
        case Stage::waiting:
            take_up_waiting();
            break;
        case Stage::talking:
        case Stage::held:
            if (Leg* leg = leader()) {
                const auto what = leg->part == Part::agent ? "answered" : "answered-there";
                tell(CtiKind::answered, id(what, leg->number), now, leg->extension);
                if (leg->part == Part::agent) say(OfferTaken{at_.call, leg->number, leg->token});
                leg->joined_at = now;
            }
            if (at_.stage == Stage::talking) at_.caller_joined_at = now;
            break;
        case Stage::surveying:
            tell_taken();
            conversation_over(now);
            break;
        case Stage::parting:
            tell_taken();
            for (Leg& leg : at_.legs) hang_up_leg(leg);
            tell_over(CtiKind::ended, now);
            say_goodbye();
            break;
        default:
            // Alone in a conversation that never began, or nowhere: where no server is needed.
            close_bridges();
            send_away(settings_->fallback);
            break;
    }
    return std::exchange(outputs_, {});
}

// That he was answered may not have been told any more.
void CallScript::tell_taken() {
    if (at_.taken_attempt == 0) return;
    tell(CtiKind::answered, id("answered", at_.taken_attempt), now_, at_.taken_extension);
    if (!at_.taken_token.empty()) say(OfferTaken{at_.call, at_.taken_attempt, at_.taken_token});
}

void CallScript::take_up_waiting() {
    bool coming = false;
    for (Leg& leg : at_.legs) {
        const bool known = leg.part == Part::agent && !leg.token.empty();
        if (!known) {
            hang_up_leg(leg);
        } else if (leg.stage == LegStage::up) {
            return join(leg);
        } else {
            coming = true;
            if (leg.stage == LegStage::ringing) {
                tell(CtiKind::ringing, id("ringing", leg.number), now_, leg.extension);
            }
        }
    }
    if (!coming) say(WantsAgent{at_.call, at_.dnis, *at_.offered_at, at_.answered});
}

}  // namespace hotline::ari
