#include "integrations/ari/call_script.hpp"

#include <algorithm>

namespace hotline::ari {

using telephony::CtiKind;
using namespace std::chrono_literals;

namespace {

template <class... Fs>
struct Each : Fs... {
    using Fs::operator()...;
};

bool came_in(const Event& event) {
    const auto args = event.args.empty() ? stasis_args(event.channel) : event.args;
    return !args.empty() && args[0] == "inbound";
}

// To send on what cannot be served; in the end there is nothing but to hang up.
Command again(const Command& sent, int troubles) {
    constexpr int most_troubles = 4;
    return troubles < most_troubles ? sent : hang_up(sent.target);
}

}  // namespace

CallScript::CallScript(CallAtPbx call, const ScriptSettings& settings)
    : at_(std::move(call)), settings_(&settings) {}

Outputs CallScript::hear(const Input& input, Instant now) {
    now_ = now;
    if (at_.since == Instant{}) at_.since = now;
    std::visit(
        Each{
            [&](const Event& event) { hear_event(event); },
            [&](const Offer& offer) { take_offer(offer); },
            [&](const Withdrawn& gone) { withdraw(gone.attempt); },
            [&](const Asked& asked) { ask(asked); },
            [&](const Dial& wanted) { dial(wanted); },
            [&](const CommandFailed& failed) { hear_failure(failed); },
            [&](const EndpointSeen& seen) { see_endpoint(seen.attempt, seen.reachable); },
            [&](const ChannelSeen& seen) {
                if (at_.stage != Stage::looking) return;
                if (seen.ours) {
                    welcome();
                } else {
                    lose();
                }
            },
            [&](const SayPosition& told) { say_position(told); },
            [&](const OfferCallback&) {
                if (at_.stage != Stage::waiting || settings_->callback_offer.empty()) return;
                at_.callback_offered = true;
                say(play_to_bridge(
                    name(Part::hold), name(Part::notice, ++at_.notices), settings_->callback_offer
                ));
            },
            [&](const SendAway& away) {
                if (at_.stage == Stage::waiting) send_away(away.context);
            },
            [&](const Tick&) { tick(); },
        },
        input
    );
    return std::exchange(outputs_, {});
}

bool CallScript::forgettable(Instant now) const {
    const bool nothing_left = at_.stage == Stage::gone || at_.stage == Stage::heard_of;
    return nothing_left && now - at_.since >= remembered_for;
}

void CallScript::hear_event(const Event& event) {
    at_.last = std::max(at_.last, event.at);
    if (!event.sound.empty()) return hear_sound(event);
    if (!event.recording.empty()) return hear_recording(event);
    if (event.channel.id == at_.call) return hear_caller(event);
    const auto named = read_name(event.channel.id);
    if (!named || named->call != at_.call) return;
    if (named->part == Part::ear) return hear_ear(event, named->number);
    const bool leg = named->part == Part::agent || named->part == Part::third;
    if (leg || named->part == Part::watch) hear_leg(event, *named);
}

void CallScript::hear_caller(const Event& event) {
    if (at_.stage == Stage::calling && hear_other_end(event)) return;
    switch (event.kind) {
        case EventKind::started:
            return begin(event);
        case EventKind::ended:
        case EventKind::destroyed:
            if (at_.began || came_in(event)) caller_gone(event.at);
            return;
        case EventKind::entered_bridge:
            return caller_entered(event);
        case EventKind::key:
            return hear_key(event.digit, event.at);
        default:
            return;
    }
}

void CallScript::hear_leg(const Event& event, const Named& named) {
    Leg& leg = leg_named(named, &event.channel);
    switch (event.kind) {
        case EventKind::started:
            return leg_up(leg);
        case EventKind::ended:
        case EventKind::destroyed:
            return leg_gone(leg, event.cause, event.at);
        case EventKind::state_changed:
            if (event.channel.state == "Ringing") leg_rings(leg, event.at);
            return;
        case EventKind::dialled:
            if (event.dial_status == "RINGING") leg_rings(leg, event.at);
            return;
        case EventKind::entered_bridge:
            if (event.bridge.id == name(Part::conversation)) leg_joined(leg, event.at);
            return;
        case EventKind::held:
            if (leg.leads && at_.stage == Stage::talking) into_hold();
            return;
        case EventKind::resumed:
            if (leg.leads && at_.stage == Stage::held) resume_caller();
            return;
        default:
            return;
    }
}

void CallScript::begin(const Event& event) {
    if (at_.began) return;
    at_.began = true;
    at_.ani = event.channel.number;
    at_.dnis = event.args.size() > 1 ? event.args[1] : event.channel.exten;
    at_.offered_at = event.at;
    tell(CtiKind::offered, id("offered"), event.at);
    if (at_.stage != Stage::heard_of) return;  // told late: it is over already
    if (now_ - event.at <= stale_after) return welcome();
    enter(Stage::looking);
    say(ask_channel(at_.call));
}

// A29: a sentence with a number is a file for each number.
void CallScript::say_position(const SayPosition& told) {
    if (at_.stage != Stage::waiting) return;
    std::string sounds;
    const int most = settings_->positions;
    if (told.position >= 1 && told.position <= most && !settings_->position.empty()) {
        sounds = settings_->position + std::to_string(told.position);
    }
    if (told.minutes && !settings_->wait.empty()) {
        std::string which = std::to_string(std::min(*told.minutes, settings_->waits));
        if (*told.minutes < 1) which = "under-1";
        if (*told.minutes > settings_->waits) which = "over-" + which;
        sounds += (sounds.empty() ? "" : ",") + settings_->wait + which;
    }
    if (sounds.empty()) return;
    say(play_to_bridge(name(Part::hold), name(Part::notice, ++at_.notices), sounds));
}

void CallScript::welcome() {
    enter(Stage::waiting);
    say(answer(at_.call));
    into_hold();
    if (!settings_->greeting.empty()) {
        say(play_to_bridge(name(Part::hold), name(Part::greeting), settings_->greeting));
    }
    tell(CtiKind::queued, id("queued"), *at_.offered_at);
    say(WantsAgent{at_.call, at_.dnis, *at_.offered_at, false});
    // An agent who had answered already, where events come in disorder.
    const auto ready = std::ranges::find_if(at_.legs, [](const Leg& leg) {
        return leg.part == Part::agent && leg.stage == LegStage::up && !leg.leaving;
    });
    if (ready != at_.legs.end()) join(*ready);
}

void CallScript::caller_entered(const Event& event) {
    const Leg* talks_with = leader();
    const std::string agent = talks_with == nullptr ? "" : talks_with->extension;
    const auto ms = event.at.time_since_epoch().count();
    if (event.bridge.id == name(Part::hold)) {
        if (at_.stage != Stage::talking || !at_.answered) return;
        enter(Stage::held);
        tell(CtiKind::held, id("held", ms), event.at, agent);
        wish_done(at_.asked);
    } else if (event.bridge.id == name(Part::conversation)) {
        at_.caller_joined_at = std::min(event.at, at_.caller_joined_at.value_or(event.at));
        if (at_.stage == Stage::held) {
            enter(Stage::talking);
            tell(CtiKind::resumed, id("resumed", ms), event.at, agent);
            wish_done(at_.asked);
        }
        note_answer();
    }
}

void CallScript::caller_gone(Instant at) {
    if (at_.stage == Stage::gone) return;
    const bool queued = at_.stage == Stage::waiting || at_.stage == Stage::looking;
    enter(Stage::gone);
    wishes_over();
    for (Leg& leg : at_.legs) hang_up_leg(leg);
    close_bridges();
    const bool abandoned = !at_.answered && !at_.outgoing;
    tell_over(abandoned ? CtiKind::abandoned : CtiKind::ended, at);
    if (queued) say(LeftQueue{at_.call});
    say(CallOver{at_.call});
}

void CallScript::into_hold() {
    if (!std::exchange(at_.hold_open, true)) say(open_hold(name(Part::hold)));
    say(add(name(Part::hold), {at_.call}));
}

void CallScript::close_bridges() {
    if (std::exchange(at_.hold_open, false)) say(close_bridge(name(Part::hold)));
    if (!std::exchange(at_.conversation_open, false)) return;
    say(stop_recording(name(Part::recording)));
    say(close_bridge(name(Part::conversation)));
}

// Not ours any more, and nobody tells us what becomes of it.
void CallScript::lose() {
    enter(Stage::gone);
    tell_over(CtiKind::lost, moment());
    say(LeftQueue{at_.call});
    say(CallOver{at_.call});
}

void CallScript::send_away(const std::string& context) {
    enter(Stage::sent_away);
    for (Leg& leg : at_.legs) hang_up_leg(leg);
    say(send_on(at_.call, context));
    tell_over(context == settings_->fallback ? CtiKind::lost : CtiKind::ended, moment());
    say(LeftQueue{at_.call});
}

void CallScript::hear_recording(const Event& event) {
    if (event.kind != EventKind::recording_finished || event.recorded_s == 0) return;
    if (!at_.told.insert(id("recorded")).second) return;
    telephony::CtiEvent told;
    told.event_id = id("recorded");
    told.call_id = at_.call;
    told.kind = CtiKind::recording_ready;
    told.occurred_at = event.at;
    told.recording = event.recording;
    say(std::move(told));
}

void CallScript::hear_failure(const CommandFailed& failed) {
    const Command& command = failed.command;
    const auto outcome = outcome_of(command, failed.status);
    if (command.deed == Deed::ask_channel) {
        if (outcome != Outcome::gone) return;  // the next tick asks again
        if (at_.stage == Stage::looking) return lose();
        if (!at_.missing) at_.missing = now_;
        return;
    }
    if (command.deed == Deed::ring && command.target == at_.call) {
        return dial_failed(Refusal::not_reached, moment());
    }
    if (command.deed == Deed::ask_endpoint || command.deed == Deed::ring)
        return leg_refused(failed);
    if (command.deed == Deed::overhear) return overhear_refused(command);
    if (command.deed == Deed::play_to_channel) {
        if (at_.stage == Stage::surveying) return say_goodbye();
        if (at_.stage == Stage::parting) say(hang_up(at_.call));
        return;
    }
    if (command.deed == Deed::add && command.target == name(Part::conversation)) {
        // The two could not be brought together.
        wish_failed(at_.asked, Refusal::not_done);
        Leg* leg = leader();
        if (leg != nullptr && !at_.answered) hang_up_leg(*leg);
        return;
    }
    const bool about_caller = command.deed == Deed::answer || command.deed == Deed::open_hold ||
                              command.deed == Deed::add || command.deed == Deed::send_on;
    if (!about_caller) return;
    if (outcome == Outcome::gone || outcome == Outcome::not_ours) {
        if (!at_.missing) at_.missing = now_;
        return;
    }
    ++at_.troubles;
    wish_failed(at_.asked, Refusal::not_done);
    if (at_.stage == Stage::sent_away) return say(again(command, at_.troubles));
    // The chain ended before there was a bridge, or the bridge is gone.
    if (command.deed != Deed::add || failed.status == 404) at_.hold_open = false;
    if (at_.stage != Stage::waiting) return;
    // A caller we cannot serve is better off where no server is needed (A19).
    if (at_.troubles > 1) return send_away(settings_->fallback);
    say(answer(at_.call));
    into_hold();
}

void CallScript::hear_key(char digit, Instant at) {
    if (at_.stage == Stage::surveying) return hear_score(digit, at);
    if (at_.stage == Stage::waiting && digit == '1' && at_.callback_offered) take_callback(at);
}

void CallScript::tick() {
    if (at_.stage == Stage::gone) return tick_legs();
    if (at_.missing && now_ - *at_.missing >= 3s) return caller_gone(moment());
    if (at_.stage == Stage::looking && now_ - at_.since >= 3s) {
        at_.since = now_;
        say(ask_channel(at_.call));
    }
    tick_legs();
    tick_outgoing();
    tick_parting();
}

void CallScript::enter(Stage stage) {
    at_.stage = stage;
    at_.since = now_;
    at_.due.reset();
}

std::string CallScript::id(std::string_view what, std::int64_t number) const {
    std::string result = at_.call + ":" + std::string(what);
    if (number != 0) result += ":" + std::to_string(number);
    return result;
}

void CallScript::tell(CtiKind kind, std::string event_id, Instant at, std::string agent) {
    if (!at_.told.insert(event_id).second) return;
    telephony::CtiEvent event;
    event.event_id = std::move(event_id);
    event.call_id = at_.call;
    event.kind = kind;
    event.occurred_at = at;
    event.direction = at_.outgoing ? telephony::Direction::out : telephony::Direction::in;
    event.ani = at_.ani;
    event.dnis = at_.dnis;
    event.agent = std::move(agent);
    say(std::move(event));
}

void CallScript::tell_over(CtiKind kind, Instant at) {
    if (std::exchange(at_.over_told, true)) return;
    // An end that is told after all takes the place of a loss, so they differ (T23).
    tell(kind, id(kind == CtiKind::lost ? "lost" : "over"), at);
}

}  // namespace hotline::ari
