#include "integrations/ari/command.hpp"

#include "integrations/ari/names.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <utility>

namespace hotline::ari {
namespace {

// RFC 3986, section 2.3: what may stand as it is.
std::string escaped(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') ||
                           std::string_view("-._~").find(c) != std::string_view::npos;
        if (plain) {
            result += c;
        } else {
            result += '%';
            result += hex[byte >> 4U];
            result += hex[byte & 15U];
        }
    }
    return result;
}

class Path {
public:
    explicit Path(std::string_view collection) : text_(collection) {}

    Path& part(std::string_view name) {
        text_ += "/" + escaped(name);
        return *this;
    }
    Path& query(std::string_view name, std::string_view value) {
        text_ += queried_ ? "&" : "?";
        queried_ = true;
        text_.append(name).append("=").append(escaped(value));
        return *this;
    }
    HttpAsk as(std::string method, std::string body = {}) const {
        return {std::move(method), text_, std::move(body)};
    }

private:
    std::string text_;
    bool queried_ = false;
};

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
    return text;
}

// A third of all events, and of no use to us.
constexpr std::array<std::string_view, 5> unwanted{
    "ChannelVarset",
    "ChannelConnectedLine",
    "ChannelDialplan",
    "ChannelCallerId",
    "DeviceStateChanged",
};

std::string unwanted_list() {
    boost::json::array list;
    for (const auto type : unwanted) list.push_back(boost::json::object{{"type", type}});
    return boost::json::serialize(boost::json::object{{"disallowed", std::move(list)}});
}

HttpAsk ring_ask(const Command& command, std::string_view application) {
    Path path("/channels");
    path.query("endpoint", command.endpoint).query("app", application);
    path.query("appArgs", command.role + "," + command.call).query("channelId", command.target);
    if (!command.shown.empty()) {
        path.query("callerId", "\"" + command.shown + "\" <" + command.shown + ">");
    }
    path.query("timeout", std::to_string(command.ring_s));
    if (!command.beside.empty()) path.query("originator", command.beside);
    return path.as(
        "POST",
        boost::json::serialize(boost::json::object{
            {"variables", boost::json::object{{"HOTLINE_CALL_ID", command.call}}}
        })
    );
}

HttpAsk endpoint_ask(const std::string& endpoint) {
    const auto slash = endpoint.find('/');
    Path path("/endpoints");
    path.part(endpoint.substr(0, slash));
    if (slash != std::string::npos) path.part(endpoint.substr(slash + 1));
    return path.as("GET");
}

HttpAsk add_ask(const Command& command) {
    Path path("/bridges");
    path.part(command.target).part("addChannel").query("channel", joined(command.channels));
    const auto bridge = read_name(command.target);
    if (bridge && bridge->part == Part::hold) path.query("role", "participant");
    return path.as("POST");
}

HttpAsk bridge_ask(const Command& command) {
    const std::string& bridge = command.target;
    switch (command.deed) {
        case Deed::open_hold:
            return Path("/bridges")
                .part(bridge)
                .query("type", "holding")
                .query("name", bridge)
                .as("POST");
        case Deed::open_conversation:
            // Keys are heard while people talk; media stays where it can be recorded.
            return Path("/bridges")
                .part(bridge)
                .query("type", "mixing,dtmf_events,proxy_media")
                .query("name", bridge)
                .as("POST");
        case Deed::add:
            return add_ask(command);
        case Deed::record:
            return Path("/bridges")
                .part(bridge)
                .part("record")
                .query("name", command.sound)
                .query("format", "wav")
                .query("ifExists", "fail")
                .as("POST");
        case Deed::play_to_bridge:
            return Path("/bridges")
                .part(bridge)
                .part("play")
                .query("media", command.media)
                .query("playbackId", command.sound)
                .as("POST");
        default:
            return Path("/bridges").part(bridge).as("DELETE");
    }
}

HttpAsk ear_ask(const Command& command, std::string_view application) {
    Path path("/channels");
    path.part(command.target).part("snoop").part(command.sound);
    path.query("spy", "both").query("whisper", command.role).query("app", application);
    return path.query("appArgs", "ear," + command.call).as("POST");
}

HttpAsk channel_ask(const Command& command) {
    const std::string& channel = command.target;
    switch (command.deed) {
        case Deed::answer:
            return Path("/channels").part(channel).part("answer").as("POST");
        case Deed::play_to_channel:
            return Path("/channels")
                .part(channel)
                .part("play")
                .query("media", command.media)
                .query("playbackId", command.sound)
                .as("POST");
        case Deed::send_on:
            return Path("/channels")
                .part(channel)
                .part("continue")
                .query("context", command.media)
                .query("extension", "s")
                .query("priority", "1")
                .as("POST");
        case Deed::hang_up:
            return Path("/channels").part(channel).query("reason", "normal").as("DELETE");
        case Deed::ring_tone:
            return Path("/channels").part(channel).part("ring").as("POST");
        case Deed::stop_ring_tone:
            return Path("/channels").part(channel).part("ring").as("DELETE");
        default:
            return Path("/channels").part(channel).as("GET");
    }
}

Command plain(Deed deed, std::string target) {
    return {.deed = deed, .target = std::move(target)};
}

}  // namespace

Command answer(std::string channel) {
    return plain(Deed::answer, std::move(channel));
}
Command open_hold(std::string bridge) {
    return plain(Deed::open_hold, std::move(bridge));
}
Command open_conversation(std::string bridge) {
    return plain(Deed::open_conversation, std::move(bridge));
}
Command add(std::string bridge, std::vector<std::string> channels) {
    return {.deed = Deed::add, .target = std::move(bridge), .channels = std::move(channels)};
}
Command play_to_bridge(std::string bridge, std::string sound, std::string media) {
    return {
        .deed = Deed::play_to_bridge,
        .target = std::move(bridge),
        .sound = std::move(sound),
        .media = std::move(media)
    };
}
Command play_to_channel(std::string channel, std::string sound, std::string media) {
    auto command = play_to_bridge(std::move(channel), std::move(sound), std::move(media));
    command.deed = Deed::play_to_channel;
    return command;
}
Command stop_sound(std::string sound) {
    return plain(Deed::stop_sound, std::move(sound));
}
Command record(std::string bridge, std::string recording) {
    return {.deed = Deed::record, .target = std::move(bridge), .sound = std::move(recording)};
}
Command stop_recording(std::string recording) {
    return plain(Deed::stop_recording, std::move(recording));
}
Command close_bridge(std::string bridge) {
    return plain(Deed::close_bridge, std::move(bridge));
}
Command hang_up(std::string channel) {
    return plain(Deed::hang_up, std::move(channel));
}
Command ring_tone(std::string channel, bool on) {
    return plain(on ? Deed::ring_tone : Deed::stop_ring_tone, std::move(channel));
}
Command overhear(std::string channel, std::string ear, std::string call, bool speaks) {
    return {
        .deed = Deed::overhear,
        .target = std::move(channel),
        .sound = std::move(ear),
        .call = std::move(call),
        .role = speaks ? "out" : "none"
    };
}
Command send_on(std::string channel, std::string context) {
    return {.deed = Deed::send_on, .target = std::move(channel), .media = std::move(context)};
}
Command claim(std::string channel) {
    return plain(Deed::claim, std::move(channel));
}
Command follow(std::string channel) {
    return plain(Deed::follow, std::move(channel));
}
Command ask_channel(std::string channel) {
    return plain(Deed::ask_channel, std::move(channel));
}
Command ask_endpoint(std::string endpoint) {
    return plain(Deed::ask_endpoint, std::move(endpoint));
}
Command ring(std::string leg, Ring how) {
    std::string beside = how.beside.empty() ? how.call : std::move(how.beside);
    if (how.alone) beside.clear();
    return {
        .deed = Deed::ring,
        .target = std::move(leg),
        .endpoint = std::move(how.endpoint),
        .call = std::move(how.call),
        .role = std::move(how.role),
        .beside = std::move(beside),
        .shown = std::move(how.shown),
        .ring_s = how.ring_s
    };
}

HttpAsk http_ask(const Command& command, std::string_view application) {
    switch (command.deed) {
        case Deed::answer:
        case Deed::play_to_channel:
        case Deed::hang_up:
        case Deed::ring_tone:
        case Deed::stop_ring_tone:
        case Deed::send_on:
        case Deed::ask_channel:
            return channel_ask(command);
        case Deed::overhear:
            return ear_ask(command, application);
        case Deed::open_hold:
        case Deed::open_conversation:
        case Deed::add:
        case Deed::play_to_bridge:
        case Deed::record:
        case Deed::close_bridge:
            return bridge_ask(command);
        case Deed::ring:
            return ring_ask(command, application);
        case Deed::stop_sound:
            return Path("/playbacks").part(command.target).as("DELETE");
        case Deed::stop_recording:
            return Path("/recordings/live").part(command.target).part("stop").as("POST");
        case Deed::fetch_recording:
            return Path("/recordings/stored").part(command.target).part("file").as("GET");
        case Deed::remove_recording:
            return Path("/recordings/stored").part(command.target).as("DELETE");
        case Deed::ask_recordings:
            return Path("/recordings/stored").as("GET");
        case Deed::claim:
            return Path("/events/claim")
                .query("channelId", command.target)
                .query("application", application)
                .as("POST");
        case Deed::follow:
            return Path("/applications")
                .part(application)
                .part("subscription")
                .query("eventSource", "channel:" + command.target)
                .as("POST");
        case Deed::be_spared:
            return Path("/applications")
                .part(application)
                .part("eventFilter")
                .as("PUT", unwanted_list());
        case Deed::ask_endpoint:
            return endpoint_ask(command.target);
        case Deed::ask_channels:
            return Path("/channels").as("GET");
        case Deed::ask_bridges:
            return Path("/bridges").as("GET");
    }
    return {};
}

Outcome outcome_of(const Command& command, unsigned status) {
    if (status >= 200 && status < 300) return Outcome::done;
    const bool makes = command.deed == Deed::open_hold || command.deed == Deed::open_conversation ||
                       command.deed == Deed::record || command.deed == Deed::ring ||
                       command.deed == Deed::overhear;
    if (status == 409 && makes) return Outcome::there_already;
    // "Channel not found" is 400 there; 404 is the bridge's and says nothing of who was to enter
    // it.
    if (command.deed == Deed::add && status == 400) return Outcome::gone;
    if (command.deed == Deed::add && status == 404) return Outcome::failed;
    if (status == 404) return Outcome::gone;
    if (status == 409 || status == 412 || status == 422) return Outcome::not_ours;
    return Outcome::failed;
}

bool is_achieved(const Command& command, unsigned status) {
    const auto outcome = outcome_of(command, status);
    const bool ends = command.deed == Deed::hang_up || command.deed == Deed::close_bridge ||
                      command.deed == Deed::stop_sound || command.deed == Deed::stop_recording ||
                      command.deed == Deed::remove_recording;
    return outcome == Outcome::done || outcome == Outcome::there_already ||
           (ends && (outcome == Outcome::gone || outcome == Outcome::not_ours));
}

}  // namespace hotline::ari
