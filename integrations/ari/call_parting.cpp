// How a call ends: the survey, the good-bye, and the caller who would rather be called back
// (README.md, A16 to A18).
#include "integrations/ari/call_script.hpp"

namespace hotline::ari {

using telephony::CtiKind;
using namespace std::chrono_literals;

namespace {

// A sound of ours is shorter; the PBX's word that it is over may have been missed.
constexpr auto longest_sound = 30s;

}  // namespace

void CallScript::conversation_over(Instant at) {
    for (Leg& leg : at_.legs) hang_up_leg(leg);
    close_bridges();
    tell_over(CtiKind::ended, at);
    wishes_over();
    if (at_.outgoing) {
        enter(Stage::parting);
        at_.due = now_ + longest_sound;
        return say(hang_up(at_.call));
    }
    if (settings_->survey && !settings_->survey_question.empty()) return ask_score(false);
    say_goodbye();
}

void CallScript::ask_score(bool again) {
    enter(Stage::surveying);
    at_.survey_repeated = again;
    at_.due = now_ + longest_sound;
    const auto& media = again && !settings_->survey_again.empty() ? settings_->survey_again
                                                                  : settings_->survey_question;
    const auto part = again ? Part::survey_again : Part::survey;
    say(play_to_channel(at_.call, name(part), media));
}

void CallScript::hear_score(char digit, Instant at) {
    // What is asked of the channel waits until its sound is over (A6).
    say(stop_sound(name(at_.survey_repeated ? Part::survey_again : Part::survey)));
    if (digit >= '1' && digit <= '5') {
        say(Scored{at_.call, id("score"), digit - '0', at});
        return say_goodbye();
    }
    if (at_.survey_repeated) return say_goodbye();
    ask_score(true);
}

void CallScript::say_goodbye() {
    enter(Stage::parting);
    at_.due = now_ + longest_sound;
    if (settings_->goodbye.empty()) return say(hang_up(at_.call));
    say(play_to_channel(at_.call, name(Part::goodbye), settings_->goodbye));
}

void CallScript::take_callback(Instant at) {
    for (Leg& leg : at_.legs) hang_up_leg(leg);
    enter(Stage::parting);
    at_.due = now_ + longest_sound;
    say(CallbackAsked{at_.call, id("callback"), at_.ani, at_.offered_at.value_or(at), at});
    tell_over(CtiKind::ended, at);
    say(LeftQueue{at_.call});
    if (at_.notices > 0) say(stop_sound(name(Part::notice, at_.notices)));
    if (settings_->callback_taken.empty()) return say(hang_up(at_.call));
    say(play_to_bridge(name(Part::hold), name(Part::thanks), settings_->callback_taken));
}

void CallScript::hear_sound(const Event& event) {
    if (event.kind != EventKind::sound_finished) return;
    const auto sound = read_name(event.sound);
    if (!sound) return;
    const auto asked = at_.survey_repeated ? Part::survey_again : Part::survey;
    if (at_.stage == Stage::surveying && sound->part == asked) at_.due = now_ + key_wait;
    const bool last_word = sound->part == Part::goodbye || sound->part == Part::thanks;
    if (at_.stage == Stage::parting && last_word) say(hang_up(at_.call));
}

void CallScript::tick_parting() {
    if (!at_.due || now_ < *at_.due) return;
    if (at_.stage == Stage::surveying) {
        if (at_.survey_repeated) return say_goodbye();
        return ask_score(true);
    }
    if (at_.stage != Stage::parting) return;
    say(hang_up(at_.call));
    at_.due.reset();
    at_.missing = now_;
}

}  // namespace hotline::ari
