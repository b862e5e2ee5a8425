#pragma once

#include <string>
#include <string_view>
#include <vector>

// What we ask of the PBX, as a value and as an HTTP request (README.md, A4, A5).
namespace hotline::ari {

enum class Deed {
    answer,
    open_hold,  // the bridge with music
    open_conversation,
    add,  // channels to a bridge; they leave the one they are in
    play_to_bridge,
    play_to_channel,  // what is asked of the channel next waits until the sound is over (A6)
    stop_sound,
    ring,
    record,
    stop_recording,
    close_bridge,
    hang_up,
    ring_tone,  // heard by a leg that is up, while it rings at the other end
    stop_ring_tone,
    overhear,  // a channel made of another: what is said there, and what is said into its ear
    send_on,   // back to the dialplan, to a context of it
    claim,
    follow,     // hear of a channel that another program's name started
    be_spared,  // of the kinds of events we have no use for
    ask_channel,
    ask_endpoint,
    ask_channels,
    ask_bridges,
    fetch_recording,
    remove_recording,
    ask_recordings,
};

struct Command {
    Deed deed{};
    std::string target;  // the channel, bridge, sound, recording or endpoint it is about
    std::vector<std::string> channels;
    std::string sound;     // its id
    std::string media;     // "sound:…"
    std::string endpoint;  // "PJSIP/1001"
    std::string call;      // of a leg: whose
    std::string role;      // of a leg: "agent", "third" …; of overhear: which ear is spoken into
    std::string beside;    // of a leg: the channel it lives beside; empty: none
    std::string shown;     // of a leg: the number its telephone shows
    int ring_s = 0;

    bool operator==(const Command&) const = default;
};

Command answer(std::string channel);
Command open_hold(std::string bridge);
Command open_conversation(std::string bridge);
Command add(std::string bridge, std::vector<std::string> channels);
Command play_to_bridge(std::string bridge, std::string sound, std::string media);
Command play_to_channel(std::string channel, std::string sound, std::string media);
Command stop_sound(std::string sound);
Command record(std::string bridge, std::string recording);
Command stop_recording(std::string recording);
Command close_bridge(std::string bridge);
Command hang_up(std::string channel);
Command ring_tone(std::string channel, bool on);
// `speaks`: what is said into the new channel is heard by whoever is at the other one.
Command overhear(std::string channel, std::string ear, std::string call, bool speaks);
Command send_on(std::string channel, std::string context);
Command claim(std::string channel);
Command follow(std::string channel);
Command ask_channel(std::string channel);
Command ask_endpoint(std::string endpoint);

// What a ring command needs beside its leg's name.
struct Ring {
    std::string endpoint;
    std::string call;
    std::string role;  // and what else its words are to say
    std::string shown;
    int ring_s = 15;
    std::string beside;  // empty: the call's caller
    bool alone = false;  // beside nobody
};
Command ring(std::string leg, Ring how);

struct HttpAsk {
    std::string method;
    std::string path;  // below the base address, with its query
    std::string body;  // JSON, or nothing

    bool operator==(const HttpAsk&) const = default;
};

// `application`: the name our events come under.
HttpAsk http_ask(const Command& command, std::string_view application);

// What a status means. All but `failed` happen every day: people hang up whenever they like, and
// what was asked twice is there already (A5).
enum class Outcome {
    done,
    there_already,  // asked twice: as good as done
    gone,           // what it was about is not there any more
    not_ours,       // it is there and has left our program
    failed,         // the PBX cannot, or did not answer: status 0
};

Outcome outcome_of(const Command& command, unsigned status);
// Whether what was asked for is so now: to close what is gone is done.
bool is_achieved(const Command& command, unsigned status);

}  // namespace hotline::ari
