#pragma once

#include "integrations/ari/call_words.hpp"
#include "integrations/ari/names.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

// One call at the PBX: what each thing that happens means, and what we ask next. Pure (README.md,
// A7).
namespace hotline::ari {

enum class Stage {
    heard_of,  // something is told of it, but not how it began
    looking,   // it began a while ago: is it there still?
    calling,   // one of ours: the agent's telephone, then the other end
    waiting,   // for an agent, with music
    talking,
    held,          // the caller alone, with music
    transferring,  // the same, while it rings at somebody else
    surveying,
    parting,    // a last sentence, then we hang up
    sent_away,  // back in the dialplan
    gone,       // the caller is
};

enum class LegStage {
    checked,  // is the telephone reachable?
    dialled,
    ringing,
    up,  // answered, not yet in the conversation
    talking,
    gone,
};

// A26, A27: whoever asked for it is at his telephone.
inline constexpr int own_phone_ring_s = 20;

struct Leg {
    Part part = Part::agent;
    int number = 0;         // of an agent's leg: the attempt
    std::string extension;  // or number outside
    std::string token;
    std::string wish;  // the key of the wish it is for
    LegStage stage = LegStage::checked;
    bool outside = false;
    bool leaving = false;  // we have hung it up
    bool leads = false;    // the conversation ends with it
    Wish manner{};         // of a shift lead's leg
    int ear = 0;           // what he hears by; 0: nothing
    bool booth_open = false;
    Instant since{};
    int ring_s = 15;
    std::optional<Instant> joined_at;
    std::optional<Instant> gone_at;

    bool operator==(const Leg&) const = default;
};

// All a script knows.
struct CallAtPbx {
    std::string call;
    Stage stage = Stage::heard_of;
    std::string ani;
    std::string dnis;
    std::optional<Instant> offered_at;
    std::optional<Instant> caller_joined_at;  // the conversation, for the first time
    std::vector<Leg> legs;
    std::set<std::string> told;  // ids of what has been told already
    std::string asked;           // keys of wishes: to hold or to resume,
    std::string ending;          // and to hang up
    bool began = false;
    bool outgoing = false;
    bool answered = false;
    bool over_told = false;
    bool callback_offered = false;
    bool survey_repeated = false;
    bool hold_open = false;  // its bridges, as far as we have asked
    bool conversation_open = false;
    int taken_attempt = 0;        // of a call that was found: whose attempt it was taken by,
    std::string taken_extension;  // where,
    std::string taken_token;      // and of an offer that was not noted as taken: its token
    int notices = 0;
    int ears = 0;
    int troubles = 0;
    Instant last{};                  // the latest instant told of
    Instant since{};                 // of this stage
    std::optional<Instant> due;      // when the caller's silence is an answer
    std::optional<Instant> missing;  // since when a command did not find the caller

    bool operator==(const CallAtPbx&) const = default;
};

class CallScript {
public:
    CallScript(CallAtPbx call, const ScriptSettings& settings);

    Outputs hear(const Input& input, Instant now);
    // The same for a call found when we start (adopt.hpp).
    Outputs take_up(Instant now);

    const CallAtPbx& state() const { return at_; }
    // Nothing of it is left, and nothing more has been told of it for long enough.
    bool forgettable(Instant now) const;

private:
    void hear_event(const Event& event);
    void hear_leg(const Event& event, const Named& name);
    void hear_caller(const Event& event);
    void hear_sound(const Event& event);
    void hear_recording(const Event& event);
    void hear_failure(const CommandFailed& failed);
    void hear_key(char digit, Instant at);
    void tick();

    void begin(const Event& event);
    void welcome();
    void caller_gone(Instant at);
    void caller_entered(const Event& event);
    void say_position(const SayPosition& told);
    void send_away(const std::string& context);
    void lose();
    void tell_taken();
    void take_up_waiting();  // adopt.cpp
    void into_hold();
    void close_bridges();

    // call_legs.cpp
    void take_offer(const Offer& offer);
    void withdraw(int attempt);
    void see_endpoint(int attempt, bool reachable);
    void ask(const Asked& asked);
    void transfer(const Asked& asked);
    int next_number() const;
    Leg& third_leg(const Asked& asked);
    void resume_caller();
    void ring_leg(Leg& leg);
    void hang_up_leg(Leg& leg);
    void leg_rings(Leg& leg, Instant at);
    void leg_up(Leg& leg);
    void leg_joined(Leg& leg, Instant at);
    void leg_gone(Leg& leg, int cause, Instant at);
    void leg_refused(const CommandFailed& failed);
    void leg_failed(Leg& leg, Failure why, Instant at);
    void leader_left(const Leg& leg, Instant at);
    void join(Leg& leg);
    void back_to_queue(Instant at);
    void tick_legs();
    Leg& leg_named(const Named& name, const Channel* channel);
    Leg* leader();
    bool is_pending(const Leg& leg) const;
    std::string endpoint(const Leg& leg) const;
    void note_answer();

    // call_wishes.cpp
    void wish_done(std::string& key);
    void wish_failed(std::string& key, Refusal why);
    void wishes_over();
    void drop_thirds(const Asked& asked);

    // call_outgoing.cpp
    void dial(const Dial& wanted);
    void call_other_end(Leg& leg);
    bool hear_other_end(const Event& event);
    void connect();
    void dial_failed(Refusal why, Instant at);
    void tick_outgoing();

    // call_watch.cpp
    void watch(const Asked& asked);
    void watch_up(Leg& leg);
    void take_place(Leg& leg);
    void stop_hearing(Leg& leg);
    void leave_booth(Leg& leg);
    void hear_ear(const Event& event, int number);
    void overhear_refused(const Command& command);

    // call_parting.cpp
    void conversation_over(Instant at);
    void ask_score(bool again);
    void hear_score(char digit, Instant at);
    void take_callback(Instant at);
    void say_goodbye();
    void tick_parting();

    void enter(Stage stage);
    void tell(telephony::CtiKind kind, std::string id, Instant at, std::string agent = {});
    void tell_over(telephony::CtiKind kind, Instant at);
    std::string id(std::string_view what, std::int64_t number = 0) const;
    std::string name(Part part, int number = 0) const { return name_of(part, at_.call, number); }
    Instant moment() const { return std::max(now_, at_.last); }
    template <class T>
    void say(T output) {
        outputs_.emplace_back(std::move(output));
    }

    CallAtPbx at_;
    const ScriptSettings* settings_;
    Outputs outputs_;
    Instant now_{};
};

inline constexpr auto stale_after = std::chrono::seconds(2);      // A9
inline constexpr auto key_wait = std::chrono::seconds(10);        // A16
inline constexpr auto remembered_for = std::chrono::minutes(10);  // A8

}  // namespace hotline::ari
