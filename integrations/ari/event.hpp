#pragma once

#include "ticketing/types/ids.hpp"

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the PBX tells: one text of its event socket, or an object of its lists, read into the few
// facts we use. Foreign bytes, so all of it is bounded (README.md, A1, A2).
namespace hotline::ari {

enum class EventKind {
    other,          // one we have no use for
    started,        // a channel is ours to control
    ended,          // it is ours no more
    state_changed,  // it rings, it is up
    dialled,        // how far a leg has come
    destroyed,      // it is gone, with a cause
    entered_bridge,
    left_bridge,
    key,
    held,  // by the telephone itself
    resumed,
    sound_started,
    sound_finished,
    recording_finished,
    recording_failed,
    broadcast,  // a call anybody may claim
    replaced,   // another program has taken our name
};

struct Channel {
    std::string id;
    std::string name;         // technology and endpoint: "PJSIP/1001-0000000b"
    std::string state;        // "Down", "Ring", "Ringing", "Up" …
    std::string number;       // who calls
    std::string exten;        // where in the dialplan it came in
    std::string application;  // whose program of the dialplan it runs, and with which words
    std::string words;
    std::optional<ticketing::Instant> created;

    bool operator==(const Channel&) const = default;
};

struct Bridge {
    std::string id;
    bool holding = false;
    std::vector<std::string> channels;

    bool operator==(const Bridge&) const = default;
};

struct Event {
    EventKind kind = EventKind::other;
    std::string type;
    ticketing::Instant at{};
    std::string application;  // ours
    std::vector<std::string> args;
    Channel channel;  // of `dialled`: the leg
    Bridge bridge;
    std::string sound;  // its id
    std::string recording;
    std::optional<int> recorded_s;
    char digit = 0;
    int cause = 0;            // Q.850
    std::string dial_status;  // "", "RINGING", "ANSWER" …
    std::string called;       // of `broadcast`

    bool operator==(const Event&) const = default;
};

enum class EventFault {
    too_long,
    not_json,
    incomplete,  // without a type, a time or what the type is about
    unsafe,      // an id that no PBX gives
};

inline constexpr std::size_t longest_event = 65'536;
inline constexpr std::size_t longest_text = 200;  // bytes of any one of its texts
inline constexpr std::size_t most_words = 16;     // args, channels of a bridge

std::expected<Event, EventFault> read_event(std::string_view text);
// "2026-11-23T21:45:04.841+0800", with or without fractions and the colon.
std::optional<ticketing::Instant> read_time(std::string_view text);

// What GET channels, bridges, applications/{app}, channels/{id} and endpoints/{tech}/{name} answer.
std::optional<std::vector<Channel>> read_channels(std::string_view text);
std::optional<std::vector<Bridge>> read_bridges(std::string_view text);
std::optional<Channel> read_channel(std::string_view text);
std::optional<std::string> read_endpoint_state(std::string_view text);
// The names GET recordings/stored answers.
std::optional<std::vector<std::string>> read_recordings(std::string_view text);

// Whether a channel is in a Stasis program, by whichever of the two ways in.
bool in_stasis(const Channel& channel);
// The words it was sent in with: of "hotline,inbound,12345" and of "800,^hotline.*,inbound:12345"
// that is inbound and 12345.
std::vector<std::string> stasis_args(const Channel& channel);
// "PJSIP/1001-0000000b" → "1001"
std::string endpoint_of(std::string_view channel_name);

}  // namespace hotline::ari
