// A shift lead who listens, speaks into the agent's ear, or joins the talk (README.md, A27).
#include "integrations/ari/call_script.hpp"

#include <algorithm>
#include <utility>

namespace hotline::ari {

void CallScript::watch(const Asked& asked) {
    const auto there = std::ranges::find_if(at_.legs, [&](const Leg& leg) {
        return leg.part == Part::watch && leg.extension == asked.target &&
               leg.stage != LegStage::gone && !leg.leaving;
    });
    if (there == at_.legs.end()) {
        Leg& leg = leg_named({Part::watch, at_.call, next_number()}, nullptr);
        leg.extension = asked.target;
        leg.wish = asked.key;
        leg.manner = asked.wish;
        leg.ring_s = own_phone_ring_s;
        return ring_leg(leg);
    }
    wish_failed(there->wish, Refusal::over);
    const bool same = there->manner == asked.wish;
    there->wish = asked.key;
    there->manner = asked.wish;
    if (there->stage != LegStage::up && there->stage != LegStage::talking) return;
    if (same) return wish_done(there->wish);
    take_place(*there);
}

void CallScript::watch_up(Leg& leg) {
    if (at_.stage == Stage::talking || at_.stage == Stage::held) return take_place(leg);
    wish_failed(leg.wish, Refusal::over);
    hang_up_leg(leg);
}

void CallScript::take_place(Leg& leg) {
    const auto lead = name(leg.part, leg.number);
    if (leg.manner == Wish::barge) {
        say(add(name(Part::conversation), {lead}));
        return stop_hearing(leg);
    }
    const Leg* agent = leader();
    if (agent == nullptr || agent == &leg) return wish_failed(leg.wish, Refusal::not_talking);
    stop_hearing(leg);
    leg.ear = ++at_.ears;
    leg.stage = LegStage::up;  // out of the conversation
    const auto booth = name(Part::booth, leg.number);
    if (!std::exchange(leg.booth_open, true)) say(open_conversation(booth));
    say(add(booth, {lead}));
    say(overhear(
        name(agent->part, agent->number),
        name(Part::ear, leg.ear),
        at_.call,
        leg.manner == Wish::whisper
    ));
}

void CallScript::stop_hearing(Leg& leg) {
    if (leg.ear != 0) say(hang_up(name(Part::ear, std::exchange(leg.ear, 0))));
}

// Only with him: the name of a bridge that was closed is not free again.
void CallScript::leave_booth(Leg& leg) {
    stop_hearing(leg);
    if (std::exchange(leg.booth_open, false)) say(close_bridge(name(Part::booth, leg.number)));
}

void CallScript::hear_ear(const Event& event, int number) {
    const auto leg = std::ranges::find(at_.legs, number, &Leg::ear);
    if (leg == at_.legs.end()) {
        // Of nobody who is here any more.
        if (event.kind == EventKind::started) say(hang_up(name(Part::ear, number)));
        return;
    }
    switch (event.kind) {
        case EventKind::started:
            say(add(name(Part::booth, leg->number), {name(Part::ear, number)}));
            return wish_done(leg->wish);
        case EventKind::ended:
        case EventKind::destroyed:
            // Whom he heard has left.
            return hang_up_leg(*leg);
        default:
            return;
    }
}

void CallScript::overhear_refused(const Command& command) {
    const auto named = read_name(command.sound);
    if (!named) return;
    const auto leg = std::ranges::find(at_.legs, named->number, &Leg::ear);
    if (leg == at_.legs.end()) return;
    wish_failed(leg->wish, Refusal::not_done);
    hang_up_leg(*leg);
}

}  // namespace hotline::ari
