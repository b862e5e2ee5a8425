// The legs of a call: to agents, and to whom they call in or hand over to (README.md, A10 to A15).
#include "integrations/ari/call_script.hpp"

#include <algorithm>

namespace hotline::ari {

using telephony::CtiKind;
using namespace std::chrono_literals;

namespace {

// Q.850, as the SIP answers come to it (A12).
Failure failure_of(int cause) {
    switch (cause) {
        case 17:
            return Failure::busy;
        case 19:
            return Failure::no_answer;
        case 21:
            return Failure::rejected;
        default:
            return Failure::unreachable;
    }
}

bool can_be_shown(std::string_view number) {
    return !number.empty() &&
           std::ranges::all_of(number, [](char c) { return (c >= '0' && c <= '9') || c == '+'; });
}

std::string filled(std::string pattern, std::string_view with) {
    const auto place = pattern.find("{}");
    return place == std::string::npos ? pattern : pattern.replace(place, 2, with);
}

}  // namespace

Leg& CallScript::leg_named(const Named& named, const Channel* channel) {
    const auto known = std::ranges::find_if(at_.legs, [&](const Leg& leg) {
        return leg.part == named.part && leg.number == named.number;
    });
    if (known != at_.legs.end()) return *known;
    Leg& leg = at_.legs.emplace_back();
    leg.part = named.part;
    leg.number = named.number;
    leg.stage = LegStage::dialled;
    leg.since = now_;
    if (channel != nullptr) leg.extension = endpoint_of(channel->name);
    return leg;
}

Leg* CallScript::leader() {
    const auto found = std::ranges::find_if(at_.legs, [](const Leg& leg) {
        return leg.leads && leg.stage != LegStage::gone;
    });
    return found == at_.legs.end() ? nullptr : &*found;
}

bool CallScript::is_pending(const Leg& leg) const {
    return leg.stage != LegStage::gone && leg.stage != LegStage::talking && !leg.leaving;
}

std::string CallScript::endpoint(const Leg& leg) const {
    const bool outside = leg.part == Part::third && leg.outside;
    return filled(outside ? settings_->outside : settings_->agents, leg.extension);
}

void CallScript::take_offer(const Offer& offer) {
    if (at_.stage != Stage::waiting) return say(LeftQueue{at_.call});
    const auto known = std::ranges::find_if(at_.legs, [&](const Leg& leg) {
        return leg.part == Part::agent && leg.number == offer.attempt;
    });
    if (known != at_.legs.end()) {
        if (known->token.empty()) known->token = offer.token;
        return;
    }
    // One at a time: the distributor has thought better of it.
    for (Leg& leg : at_.legs) {
        if (is_pending(leg)) hang_up_leg(leg);
    }
    Leg& leg = leg_named({Part::agent, at_.call, offer.attempt}, nullptr);
    leg.extension = offer.extension;
    leg.token = offer.token;
    leg.ring_s = offer.ring_s;
    leg.stage = LegStage::checked;
    auto question = ask_endpoint(endpoint(leg));
    question.call = name(Part::agent, leg.number);
    say(std::move(question));
}

void CallScript::withdraw(int attempt) {
    for (Leg& leg : at_.legs) {
        if (leg.part == Part::agent && leg.number == attempt && is_pending(leg)) hang_up_leg(leg);
    }
}

void CallScript::see_endpoint(int attempt, bool reachable) {
    for (Leg& leg : at_.legs) {
        if (leg.part != Part::agent || leg.number != attempt) continue;
        if (leg.stage != LegStage::checked) return;
        if (reachable) return ring_leg(leg);
        return leg_failed(leg, Failure::unreachable, moment());
    }
}

void CallScript::ring_leg(Leg& leg) {
    leg.stage = LegStage::dialled;
    leg.since = now_;
    Ring how;
    how.endpoint = endpoint(leg);
    how.call = at_.call;
    how.role = leg.part == Part::agent ? "agent" : leg.part == Part::watch ? "watch" : "third";
    const bool hide = leg.outside && !settings_->shown_outside.empty();
    // Of a call of ours there is no other end yet to live beside (A26).
    how.alone = at_.stage == Stage::calling;
    how.shown = hide || at_.outgoing ? settings_->shown_outside : at_.ani;
    if (!can_be_shown(how.shown)) how.shown.clear();
    how.ring_s = leg.ring_s;
    say(ring(name(leg.part, leg.number), std::move(how)));
}

void CallScript::hang_up_leg(Leg& leg) {
    if (leg.stage == LegStage::gone || leg.leaving) return;
    wish_failed(leg.wish, Refusal::over);
    if (leg.stage == LegStage::checked) {
        leg.stage = LegStage::gone;
        return;
    }
    leg.leaving = true;
    leg.since = now_;
    say(hang_up(name(leg.part, leg.number)));
}

void CallScript::leg_rings(Leg& leg, Instant at) {
    if (leg.stage != LegStage::dialled || leg.leaving) return;
    leg.stage = LegStage::ringing;
    if (at_.stage == Stage::gone || (leg.part != Part::agent && !leg.leads)) return;
    const auto what = leg.part == Part::agent ? "ringing" : "ringing-there";
    tell(CtiKind::ringing, id(what, leg.number), at, leg.extension);
}

void CallScript::leg_up(Leg& leg) {
    if (leg.stage == LegStage::gone) return;
    if (leg.leaving) return say(hang_up(name(leg.part, leg.number)));
    if (leg.stage == LegStage::up || leg.stage == LegStage::talking) return;
    leg.stage = LegStage::up;
    leg.since = now_;
    if (leg.part == Part::watch) return watch_up(leg);
    const bool agent = leg.part == Part::agent;
    switch (at_.stage) {
        case Stage::heard_of:
        case Stage::looking:
            return;  // the caller is told of later, or the next tick ends it
        case Stage::calling:
            return call_other_end(leg);
        case Stage::waiting:
            if (agent) return join(leg);
            return hang_up_leg(leg);
        case Stage::transferring:
            if (leg.leads) return join(leg);
            return hang_up_leg(leg);
        case Stage::talking:
        case Stage::held:
            if (agent) return hang_up_leg(leg);
            return say(add(name(Part::conversation), {name(leg.part, leg.number)}));
        default:
            return hang_up_leg(leg);
    }
}

void CallScript::join(Leg& leg) {
    enter(Stage::talking);
    leg.leads = true;
    for (Leg& other : at_.legs) {
        if (&other != &leg && is_pending(other)) hang_up_leg(other);
    }
    const auto conversation = name(Part::conversation);
    say(open_conversation(conversation));
    say(add(conversation, {at_.call, name(leg.part, leg.number)}));
    at_.conversation_open = true;
    say(record(conversation, name(Part::recording)));
    if (leg.part == Part::agent) say(OfferTaken{at_.call, leg.number, leg.token});
}

void CallScript::leg_joined(Leg& leg, Instant at) {
    leg.joined_at = at;
    if (leg.stage != LegStage::gone) leg.stage = LegStage::talking;
    if (leg.part != Part::agent) wish_done(leg.wish);
    note_answer();
}

// Whoever leads has answered once both are in the conversation.
void CallScript::note_answer() {
    if (!at_.caller_joined_at) return;
    for (Leg& leg : at_.legs) {
        if (!leg.joined_at || (leg.part != Part::agent && !leg.leads)) continue;
        if (leg.gone_at && *leg.gone_at < *at_.caller_joined_at) continue;
        wish_done(leg.wish);
        at_.answered = true;
        const auto what = leg.part == Part::agent ? "answered" : "answered-there";
        const auto when = std::max(*leg.joined_at, *at_.caller_joined_at);
        tell(CtiKind::answered, id(what, leg.number), when, leg.extension);
    }
}

void CallScript::leg_gone(Leg& leg, int cause, Instant at) {
    if (leg.stage == LegStage::gone) return;
    const bool was_up = leg.stage == LegStage::up || leg.stage == LegStage::talking;
    leg.gone_at = at;
    leg.stage = LegStage::gone;
    leave_booth(leg);
    if (at_.stage == Stage::gone) return;
    if (at_.stage == Stage::calling && was_up) return dial_failed(Refusal::over, at);
    if (!was_up) {
        if (!leg.leaving) leg_failed(leg, failure_of(cause), at);
        return;
    }
    if (!leg.leads) return;
    wish_done(at_.ending);
    leader_left(leg, at);
}

void CallScript::leg_refused(const CommandFailed& failed) {
    const Command& command = failed.command;
    const bool asked = command.deed == Deed::ask_endpoint;
    const auto named = read_name(asked ? command.call : command.target);
    if (!named) return;
    Leg& leg = leg_named(*named, nullptr);
    // Who cannot be asked about may be there all the same.
    const bool unknown = asked && outcome_of(command, failed.status) != Outcome::gone;
    if (unknown) return see_endpoint(leg.number, true);
    if (leg.stage == LegStage::gone) return;
    if (failed.status == 0) say(hang_up(command.target));  // it may ring nevertheless
    leg_failed(leg, Failure::unreachable, moment());
}

void CallScript::leg_failed(Leg& leg, Failure why, Instant at) {
    const bool rang = at_.told.contains(id("ringing", leg.number));
    leg.stage = LegStage::gone;
    if (at_.stage == Stage::calling) return dial_failed(Refusal::own_phone, at);
    if (leg.part == Part::watch) return wish_failed(leg.wish, Refusal::own_phone);
    if (leg.part == Part::third) {
        say(WishFailed{at_.call, std::exchange(leg.wish, ""), Refusal::not_reached});
        if (leg.leads && at_.stage == Stage::transferring) back_to_queue(at);
        return;
    }
    say(OfferFailed{at_.call, leg.number, leg.token, why});
    if (why == Failure::no_answer) {
        tell(CtiKind::no_answer, id("no-answer", leg.number), at, leg.extension);
    } else if (rang) {
        tell(CtiKind::queued, id("queued", leg.number), at);
    }
}

void CallScript::leader_left(const Leg& leg, Instant at) {
    if (at_.stage != Stage::talking && at_.stage != Stage::held) return;
    if (!at_.answered && at_.outgoing) return dial_failed(Refusal::over, at);
    if (!at_.answered) return back_to_queue(at);
    const auto stays = std::ranges::find_if(at_.legs, [&](const Leg& other) {
        return &other != &leg && other.stage == LegStage::talking && !other.leaving;
    });
    if (stays == at_.legs.end()) return conversation_over(at);
    stays->leads = true;
    tell(CtiKind::transferred, id("handed-over", stays->number), at);
    tell(CtiKind::answered, id("answered-there", stays->number), at, stays->extension);
    if (at_.stage == Stage::held) resume_caller();
}

// With the place it had: it keeps the time it first began to wait.
void CallScript::back_to_queue(Instant at) {
    enter(Stage::waiting);
    into_hold();
    tell(CtiKind::queued, id("back", at.time_since_epoch().count()), at);
    say(WantsAgent{at_.call, at_.dnis, at_.offered_at.value_or(at), true});
}

void CallScript::ask(const Asked& asked) {
    const bool talks = (at_.stage == Stage::talking || at_.stage == Stage::held) && at_.answered;
    if (!talks) return say(WishFailed{at_.call, asked.key, Refusal::not_talking});
    switch (asked.wish) {
        case Wish::hold:
        case Wish::resume: {
            wish_failed(at_.asked, Refusal::over);
            at_.asked = asked.key;
            const bool hold = asked.wish == Wish::hold;
            if (hold == (at_.stage == Stage::held)) return wish_done(at_.asked);
            if (hold) return into_hold();
            return resume_caller();
        }
        case Wish::transfer:
            return transfer(asked);
        case Wish::add_third:
            return ring_leg(third_leg(asked));
        case Wish::hang_up:
            // No leaving of ours: what follows is what follows when he hangs up.
            wish_failed(at_.ending, Refusal::over);
            at_.ending = asked.key;
            if (const Leg* leg = leader()) return say(hang_up(name(leg->part, leg->number)));
            return wish_failed(at_.ending, Refusal::not_talking);
        case Wish::drop_third:
            return drop_thirds(asked);
        case Wish::listen:
        case Wish::whisper:
        case Wish::barge:
            return watch(asked);
    }
}

// One count for whoever is not offered the call: what is told of them is told apart by it.
int CallScript::next_number() const {
    int number = 1;
    for (const Leg& leg : at_.legs) {
        if (leg.part != Part::agent) number = std::max(number, leg.number + 1);
    }
    return number;
}

Leg& CallScript::third_leg(const Asked& asked) {
    Leg& leg = leg_named({Part::third, at_.call, next_number()}, nullptr);
    leg.extension = asked.target;
    leg.outside = asked.outside;
    leg.wish = asked.key;
    leg.ring_s = settings_->outside_ring_s;
    return leg;
}

void CallScript::transfer(const Asked& asked) {
    if (at_.stage == Stage::talking) into_hold();
    enter(Stage::transferring);
    for (Leg& leg : at_.legs) {
        const bool his = std::exchange(leg.leads, false) && leg.part == Part::agent;
        if (his) say(AgentFreed{at_.call, leg.extension});
        hang_up_leg(leg);
    }
    Leg& leg = third_leg(asked);
    leg.leads = true;
    tell(CtiKind::transferred, id("transferred", leg.number), moment());
    ring_leg(leg);
}

void CallScript::resume_caller() {
    say(add(name(Part::conversation), {at_.call}));
}

void CallScript::tick_legs() {
    const bool headless = at_.stage == Stage::gone || at_.stage == Stage::heard_of;
    for (Leg& leg : at_.legs) {
        const auto waits = now_ - leg.since;
        switch (leg.stage) {
            case LegStage::checked:
                if (waits >= 3s) ring_leg(leg);
                break;
            case LegStage::dialled:
            case LegStage::ringing:
                // The PBX gives up by itself; that it told us so may have been missed.
                if (leg.leaving || waits < std::chrono::seconds(leg.ring_s) + 10s) break;
                say(hang_up(name(leg.part, leg.number)));
                if (!headless) leg_failed(leg, Failure::unreachable, moment());
                leg.stage = LegStage::gone;
                break;
            case LegStage::up:
                if (waits < 5s || leg.leaving || at_.stage == Stage::calling) break;
                if (headless || !at_.answered) hang_up_leg(leg);
                break;
            default:
                break;
        }
    }
}

}  // namespace hotline::ari
