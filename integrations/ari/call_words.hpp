#pragma once

#include "integrations/ari/command.hpp"
#include "integrations/ari/event.hpp"
#include "integrations/telephony/cti_event.hpp"
#include "ticketing/types/named_enum.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

// What a call's script hears and what it says (README.md, A7 to A20).
namespace hotline::ari {

using ticketing::Instant;

// The distributor has an agent for the call.
struct Offer {
    int attempt = 0;
    std::string extension;
    int ring_s = 15;
    std::string token;  // given back with whatever comes of it
};

// … and has him no more.
struct Withdrawn {
    int attempt = 0;
};

enum class Wish {
    hold,
    resume,
    transfer,
    add_third,
    hang_up,
    drop_third,
    // The shift lead's.
    listen,
    whisper,
    barge,
};

// What somebody asks for at his console.
struct Asked {
    Wish wish{};
    std::string target;    // whom to call, or the shift lead's own extension
    bool outside = false;  // over the trunk
    std::string key;       // given back with what comes of it
};

// A call of ours: an agent's telephone first, then the number.
struct Dial {
    std::string extension;
    std::string number;
    std::string key;
};

struct CommandFailed {
    Command command;
    unsigned status = 0;  // 0: no answer
};

struct EndpointSeen {
    int attempt = 0;
    bool reachable = true;
};

struct ChannelSeen {
    bool ours = false;  // it exists and is in our program
};

// What the distributor has the caller told while he waits.
struct SayPosition {
    int position = 0;
    std::optional<int> minutes = std::nullopt;  // it will take; 0: less than one
};
struct OfferCallback {};  // "press 1 …"

// Elsewhere: to a message, or to the queue of the PBX itself.
struct SendAway {
    std::string context;
};

struct Tick {};

using Input = std::variant<
    Event,
    Offer,
    Withdrawn,
    Asked,
    Dial,
    CommandFailed,
    EndpointSeen,
    ChannelSeen,
    SayPosition,
    OfferCallback,
    SendAway,
    Tick>;

// Why an agent could not be had.
enum class Failure {
    no_answer,
    busy,
    rejected,
    unreachable,
};

constexpr auto names_of(Failure) {
    return ticketing::NameTable<Failure, 4>{{
        {Failure::no_answer, "no_answer"},
        {Failure::busy, "busy"},
        {Failure::rejected, "rejected"},
        {Failure::unreachable, "unreachable"},
    }};
}

// To the distributor.
struct WantsAgent {
    std::string call;
    std::string dnis;       // the number that was called
    Instant since{};        // when it first began to wait
    bool returned = false;  // it was with somebody already
};
struct OfferFailed {
    std::string call;
    int attempt = 0;
    std::string token;
    Failure why{};
};
struct OfferTaken {
    std::string call;
    int attempt = 0;
    std::string token;
};
struct LeftQueue {
    std::string call;
};
// Whoever had it has handed it on; who gets it is not known yet.
struct AgentFreed {
    std::string call;
    std::string extension;
};
// The caller pressed 1: he is to be called back and has hung up.
struct CallbackAsked {
    std::string call;
    std::string event_id;
    std::string number;
    Instant since{};
    Instant at{};
};
struct Scored {
    std::string call;
    std::string event_id;
    int score = 0;  // 1 to 5
    Instant at{};
};
// A wish that came to nothing.
enum class Refusal {
    not_talking,
    not_reached,  // whom it was to reach did not answer
    own_phone,    // the telephone of who asked did not
    over,         // the call was, before it could be done
    not_done,     // the PBX would not
};
struct WishFailed {
    std::string call;
    std::string key;
    Refusal why{};
};
struct WishDone {
    std::string call;
    std::string key;
};
// Nothing of it is left at the PBX.
struct CallOver {
    std::string call;
};

using Output = std::variant<
    Command,
    telephony::CtiEvent,
    WantsAgent,
    OfferFailed,
    OfferTaken,
    LeftQueue,
    AgentFreed,
    CallbackAsked,
    Scored,
    WishFailed,
    WishDone,
    CallOver>;

// The commands among them are a chain: what follows one that fails is not sent.
using Outputs = std::vector<Output>;

// What the city sets.
struct ScriptSettings {
    std::string agents = "PJSIP/{}";            // an extension stands for {}
    std::string outside = "PJSIP/{}@trunk";     // a number
    std::string fallback = "hotline-fallback";  // the context of the dialplan that needs no server
    std::string shown_outside;  // the number outsiders are shown; empty: the caller's
    int outside_ring_s = 30;
    bool survey = true;
    // Sounds, each one file (A6). Empty: none.
    std::string greeting = "sound:hotline/welcome";
    std::string position = "sound:hotline/position-";  // and the number, up to `positions`
    int positions = 20;
    // Behind it: "under-1", the minutes up to `waits`, or "over-" and `waits` (A29).
    std::string wait = "sound:hotline/wait-";
    int waits = 20;
    std::string callback_offer = "sound:hotline/press-1-for-callback";
    std::string callback_taken = "sound:hotline/callback-taken";
    std::string survey_question = "sound:hotline/survey";
    std::string survey_again = "sound:hotline/survey-again";
    std::string goodbye = "sound:hotline/goodbye";
};

}  // namespace hotline::ari
