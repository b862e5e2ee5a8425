// A call of ours: the agent's telephone first, then the other end, which is shown the number of the
// hotline. From its answer on it is a call like any other (README.md, A26).
#include "integrations/ari/call_script.hpp"

#include <algorithm>

namespace hotline::ari {

using telephony::CtiKind;
using namespace std::chrono_literals;

void CallScript::dial(const Dial& wanted) {
    if (at_.began) return;
    at_.began = true;
    at_.outgoing = true;
    at_.ani = settings_->shown_outside;
    at_.dnis = wanted.number;
    at_.offered_at = now_;
    enter(Stage::calling);
    tell(CtiKind::offered, id("offered"), now_);
    Leg& leg = leg_named({Part::agent, at_.call, 1}, nullptr);
    leg.extension = wanted.extension;
    leg.wish = wanted.key;
    leg.ring_s = own_phone_ring_s;
    leg.stage = LegStage::checked;
    auto question = ask_endpoint(endpoint(leg));
    question.call = name(Part::agent, leg.number);
    say(std::move(question));
}

// He hears it ring; in a bridge the tone would have to make its way past the mixing.
void CallScript::call_other_end(Leg& leg) {
    leg.leads = true;
    at_.due = now_ + std::chrono::seconds(settings_->outside_ring_s) + 10s;
    Leg other;
    other.part = Part::third;
    other.outside = true;
    other.extension = at_.dnis;
    say(ring_tone(name(leg.part, leg.number), true));
    say(ring(
        at_.call,
        {.endpoint = endpoint(other),
         .call = at_.call,
         .role = "outbound," + at_.dnis,
         .shown = settings_->shown_outside,
         .ring_s = settings_->outside_ring_s,
         .beside = name(leg.part, leg.number)}
    ));
}

bool CallScript::hear_other_end(const Event& event) {
    const Leg* agent = leader();
    switch (event.kind) {
        case EventKind::state_changed:
        case EventKind::dialled: {
            const bool rings = event.channel.state == "Ringing" || event.dial_status == "RINGING";
            if (rings && agent != nullptr) {
                tell(CtiKind::ringing, id("ringing-there"), event.at, agent->extension);
            }
            return true;
        }
        case EventKind::started:
            connect();
            return true;
        case EventKind::ended:
        case EventKind::destroyed:
            dial_failed(Refusal::not_reached, event.at);
            return true;
        default:
            return false;
    }
}

void CallScript::connect() {
    const Leg* agent = leader();
    if (agent == nullptr) return dial_failed(Refusal::over, moment());
    enter(Stage::talking);
    const auto conversation = name(Part::conversation);
    const auto leg = name(agent->part, agent->number);
    say(ring_tone(leg, false));
    say(open_conversation(conversation));
    say(add(conversation, {at_.call, leg}));
    at_.conversation_open = true;
    say(record(conversation, name(Part::recording)));
}

void CallScript::dial_failed(Refusal why, Instant at) {
    if (at_.stage == Stage::gone) return;
    enter(Stage::gone);
    for (Leg& leg : at_.legs) {
        wish_failed(leg.wish, why);
        hang_up_leg(leg);
    }
    say(hang_up(at_.call));
    close_bridges();
    tell_over(CtiKind::ended, at);
    say(CallOver{at_.call});
}

// The PBX gives up by itself; that it told us so may have been missed.
void CallScript::tick_outgoing() {
    if (at_.stage != Stage::calling || !at_.due || now_ < *at_.due) return;
    dial_failed(Refusal::not_reached, moment());
}

}  // namespace hotline::ari
