#pragma once

#include "tests/stand_ins/http_stand_in.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::test {

// What an Asterisk with ARI does, as its documentation says and as it was seen to do: channels,
// bridges, sounds, recordings, telephones and callers, in a time that only advances when told to.
class AriModel {
public:
    using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
    using Milliseconds = std::chrono::milliseconds;

    // A telephone on a desk, or somebody outside.
    struct Phone {
        enum class Manner { answers, rings_only, busy, rejects, silent, offline };
        Manner manner = Manner::answers;
        Milliseconds answers_after{1500};
        std::optional<Milliseconds> hangs_up_after{};  // of talking
    };

    struct Answer {
        unsigned status = 200;
        std::string body;
        Milliseconds after{};  // what waits for a sound, waits
        bool cut = false;      // the connection ends half way
    };

    // An event for the program of that name; "*": for all of them.
    struct Told {
        std::string application;
        std::string text;
    };

    explicit AriModel(Instant start);

    // The outside world.
    void set_phone(const std::string& number, Phone phone) { phones_[number] = phone; }
    // A call comes in for a program, or for whoever claims it within 0.8 s. Its channel.
    std::string call(const std::string& number, const std::string& application = "hotline");
    std::string broadcast(const std::string& number);
    void hang_up(const std::string& channel, int cause = 16);
    void press(const std::string& channel, char digit);
    // The hold key of a telephone.
    void hold_key(const std::string& channel, bool on);
    // The channel of a telephone's present call; empty: none.
    std::string channel_of(const std::string& number) const;

    Answer ask(const Seen& seen);

    Instant now() const { return now_; }
    void advance_to(Instant when);
    std::optional<Instant> next_due() const;
    std::vector<Told> take_events() { return std::exchange(told_, {}); }

    // What there is.
    bool has_channel(const std::string& id) const { return channels_.contains(id); }
    std::size_t channels() const { return channels_.size(); }
    bool hears_ringing(const std::string& id) const { return channels_.at(id).ring_tone; }
    bool is_spoken_to(const std::string& ear) const { return channels_.at(ear).speaks; }
    std::size_t bridges() const { return bridges_.size(); }
    std::vector<std::string> members(const std::string& bridge) const;
    // Where a channel that is in no program any more has gone to: a context.
    std::string context_of(const std::string& channel) const;
    std::set<std::string>& recordings() { return stored_; }
    // What GET …/file gives of one: a WAV, 8 kHz and 16 bits, another one for each name.
    static std::string wav_of(const std::string& recording);

    // What was played to it, a channel or bridge: lists as they were asked for.
    const std::vector<std::string>& played(const std::string& target) { return played_[target]; }

    Milliseconds sound_lasts{2000};

private:
    struct Channel {
        std::string id, name, state, number, exten, application, words, bridge, context;
        std::string phone;  // of a leg: whose
        std::string hears;  // of an ear: which channel
        bool speaks = false;
        bool ring_tone = false;
        bool incoming = true;
        bool in_program = false;
        Instant created{};
    };
    struct Bridge {
        bool holding = false;
        std::vector<std::string> channels;
        std::string recording;
        Instant recording_since{};
        std::string application;  // of whoever entered it last
    };
    struct Sound {
        std::string target;
        std::uint64_t serial = 0;
        std::string application;
    };

    // ari_events.cpp
    void tell(std::string_view type, const Channel& channel, const std::string& more = "");
    void tell_bridge(std::string_view type, const std::string& bridge, const Channel& channel);
    void tell_dial(const Channel& leg, std::string_view status);
    void tell_sound(
        std::string_view type, const std::string& id, const Sound& sound, std::string_view state
    );
    void tell_recording(std::string_view type, const std::string& bridge);
    void say(const std::string& application, std::string_view type, const std::string& rest);
    // To the program a channel is in and to all others that follow it.
    void say_of(const Channel& channel, std::string_view type, const std::string& rest);
    std::string channel_json(const Channel& channel) const;
    std::string bridge_json(const std::string& id) const;

    void after(Milliseconds wait, std::function<void()> run);
    void enter(Channel& channel, const std::string& bridge);
    void leave(Channel& channel);
    void end(const std::string& channel, int cause, bool asked_by_us);
    void start_leg(const std::string& channel, Milliseconds ring);
    void leg_answers(const std::string& channel);
    void start(const Channel& leg);
    void finish_sound(const std::string& sound, std::string_view state);
    void stop_recording(const std::string& bridge);
    std::string new_channel(const std::string& number, std::string words);

    Answer ask_channels(const Seen& seen, const std::vector<std::string>& path);
    Answer ask_bridges(const Seen& seen, const std::vector<std::string>& path);
    Answer ask_others(const Seen& seen, const std::vector<std::string>& path);
    Answer originate(const Seen& seen);
    Answer overhear(const Seen& seen, const std::string& heard, const std::string& id);
    Answer add(const Seen& seen, const std::string& bridge);
    Answer play(const Seen& seen, const std::string& target);
    Answer on_channel(const Seen& seen, Channel& channel, const std::string& verb);

    Instant now_;
    std::uint64_t serial_ = 0;
    std::map<std::string, Phone> phones_;
    std::map<std::string, Channel> channels_;
    std::map<std::string, Bridge> bridges_;
    std::set<std::string> closed_;  // bridges: their names are not free again
    std::map<std::string, Sound> sounds_;
    std::map<std::string, std::vector<std::string>> played_;
    std::map<std::string, std::string> gone_to_;  // channel → context
    std::set<std::string> stored_;
    std::set<std::string> claimable_;
    std::map<std::string, std::set<std::string>> followers_;  // of a channel: programs by name
    std::map<std::pair<Instant, std::uint64_t>, std::function<void()>> timers_;
    std::vector<Told> told_;
};

}  // namespace hotline::test
