// What the model of an Asterisk answers to requests.
#include "tests/stand_ins/ari_model.hpp"

#include <algorithm>
#include <cstdlib>

namespace hotline::test {

using namespace std::chrono_literals;

namespace {

std::vector<std::string> parts_of(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        const auto end = std::min(path.find('/'), path.size());
        if (end > 0) parts.emplace_back(path.substr(0, end));
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return parts;
}

AriModel::Answer refused(unsigned status, const std::string& why) {
    return {.status = status, .body = R"({"message":")" + why + R"("})"};
}

const AriModel::Answer done{.status = 204};

std::string list_of(const std::vector<std::string>& entries) {
    std::string text = "[";
    for (const auto& entry : entries) text += (text.size() > 1 ? "," : "") + entry;
    return text + "]";
}

std::vector<std::string> split_at_commas(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

}  // namespace

AriModel::Answer AriModel::ask(const Seen& seen) {
    auto path = parts_of(seen.path);
    if (path.size() < 2 || path[0] != "ari") return refused(404, "No such place");
    path.erase(path.begin());
    if (path[0] == "channels") return ask_channels(seen, path);
    if (path[0] == "bridges") return ask_bridges(seen, path);
    return ask_others(seen, path);
}

AriModel::Answer AriModel::ask_channels(const Seen& seen, const std::vector<std::string>& path) {
    if (path.size() == 1 && seen.method == "POST") return originate(seen);
    if (path.size() == 1) {
        std::vector<std::string> all;
        for (const auto& [id, channel] : channels_) all.push_back(channel_json(channel));
        return {.body = list_of(all)};
    }
    const auto found = channels_.find(path[1]);
    if (found == channels_.end()) return refused(404, "Channel not found");
    if (path.size() == 2 && seen.method == "GET") return {.body = channel_json(found->second)};
    if (path.size() == 2) {
        end(path[1], 16, true);
        return done;
    }
    if (path[2] == "snoop") return overhear(seen, path[1], path[3]);
    if (!found->second.in_program) return refused(409, "Channel not in Stasis application");
    return on_channel(seen, found->second, path[2]);
}

AriModel::Answer AriModel::on_channel(const Seen& seen, Channel& channel, const std::string& verb) {
    if (verb == "answer") {
        if (channel.state != "Up") {
            channel.state = "Up";
            tell("ChannelStateChange", channel);
        }
        return done;
    }
    if (verb == "play") return play(seen, channel.id);
    if (verb == "ring") {
        channel.ring_tone = seen.method == "POST";
        return done;
    }
    if (verb == "continue") {
        leave(channel);
        tell("StasisEnd", channel);
        channel.in_program = false;
        channel.application.clear();
        channel.context = seen.parameter("context");
        return done;
    }
    return refused(404, "No such verb");
}

// In the program at once, and gone with whom it hears.
AriModel::Answer AriModel::overhear(
    const Seen& seen, const std::string& heard, const std::string& id
) {
    if (channels_.contains(id)) return refused(409, "Channel with given unique ID already exists");
    Channel ear;
    ear.id = id;
    ear.name = "Snoop/" + heard + "-0000000" + std::to_string(++serial_ % 10);
    ear.state = "Up";
    ear.application = seen.parameter("app");
    ear.words = ear.application + "," + seen.parameter("appArgs");
    ear.incoming = false;
    ear.in_program = true;
    ear.created = now_;
    ear.hears = heard;
    ear.speaks = seen.parameter("whisper") == "out";
    channels_[id] = ear;
    start(channels_.at(id));
    return {.body = channel_json(ear)};
}

AriModel::Answer AriModel::originate(const Seen& seen) {
    const auto id = seen.parameter("channelId");
    if (channels_.contains(id)) return refused(409, "Channel with given unique ID already exists");
    Channel leg;
    leg.id = id;
    const auto endpoint = seen.parameter("endpoint");
    leg.phone = endpoint.substr(endpoint.find('/') + 1);
    leg.phone = leg.phone.substr(0, leg.phone.find('@'));
    leg.name = "PJSIP/" + leg.phone + "-0000000" + std::to_string(++serial_ % 10);
    leg.state = "Down";
    leg.application = seen.parameter("app");
    leg.words = leg.application + "," + seen.parameter("appArgs");
    leg.incoming = false;
    leg.created = now_;
    channels_[id] = leg;
    tell_dial(leg, "");
    start_leg(id, 1000ms * std::atoi(seen.parameter("timeout").c_str()));
    return {.body = channel_json(leg)};
}

AriModel::Answer AriModel::ask_bridges(const Seen& seen, const std::vector<std::string>& path) {
    if (path.size() == 1) {
        std::vector<std::string> all;
        for (const auto& [id, bridge] : bridges_) all.push_back(bridge_json(id));
        return {.body = list_of(all)};
    }
    const auto& id = path[1];
    if (path.size() == 2 && seen.method == "POST") {
        if (bridges_.contains(id) || closed_.contains(id)) {
            return refused(409, "Bridge with id '" + id + "' already exists");
        }
        bridges_[id].holding = seen.parameter("type") == "holding";
        return {.body = bridge_json(id)};
    }
    if (!bridges_.contains(id)) return refused(404, "Bridge not found");
    if (path.size() == 2 && seen.method == "GET") return {.body = bridge_json(id)};
    if (path.size() == 2) {
        stop_recording(id);
        const auto members = bridges_.at(id).channels;
        for (const auto& member : members) leave(channels_.at(member));
        const auto application = bridges_.at(id).application;
        bridges_.erase(id);
        closed_.insert(id);
        say(application, "BridgeDestroyed", R"(,"bridge":)" + bridge_json(id));
        return done;
    }
    if (path[2] == "addChannel") return add(seen, id);
    if (path[2] == "play") return play(seen, id);
    if (path[2] != "record") return refused(404, "No such verb");
    const auto name = seen.parameter("name");
    Bridge& bridge = bridges_.at(id);
    const bool fails = seen.parameter("ifExists") == "fail" && stored_.contains(name);
    if (fails || !bridge.recording.empty()) {
        return refused(409, "A recording with the same name already exists");
    }
    bridge.recording = name;
    bridge.recording_since = now_;
    tell_recording("RecordingStarted", id);
    return {.status = 201, .body = "{}"};
}

AriModel::Answer AriModel::add(const Seen& seen, const std::string& bridge) {
    const auto names = split_at_commas(seen.parameter("channel"));
    Milliseconds wait{};
    for (const auto& name : names) {
        const auto found = channels_.find(name);
        if (found == channels_.end()) return refused(400, "Channel not found");
        if (!found->second.in_program) return refused(422, "Channel not in Stasis application");
        for (const auto& [id, sound] : sounds_) {
            if (sound.target == name) wait = sound_lasts;
        }
    }
    for (const auto& name : names) {
        if (wait == 0ms) {
            enter(channels_.at(name), bridge);
            continue;
        }
        after(wait, [this, name, bridge] {
            const auto found = channels_.find(name);
            if (found != channels_.end() && bridges_.contains(bridge)) enter(found->second, bridge);
        });
    }
    return {.status = 204, .after = wait};
}

AriModel::Answer AriModel::play(const Seen& seen, const std::string& target) {
    const auto id = seen.parameter("playbackId");
    played_[target].push_back(seen.parameter("media"));
    const auto serial = ++serial_;
    const auto channel = channels_.find(target);
    const auto& application =
        channel != channels_.end() ? channel->second.application : bridges_.at(target).application;
    sounds_[id] = {target, serial, application};
    tell_sound("PlaybackStarted", id, sounds_[id], "playing");
    after(sound_lasts, [this, id, serial] {
        const auto found = sounds_.find(id);
        if (found != sounds_.end() && found->second.serial == serial) finish_sound(id, "done");
    });
    return {.status = 201, .body = "{}"};
}

AriModel::Answer AriModel::ask_others(const Seen& seen, const std::vector<std::string>& path) {
    const auto at = [&](std::size_t place) { return place < path.size() ? path[place] : ""; };
    if (path[0] == "playbacks") {
        if (!sounds_.contains(at(1))) return refused(404, "Playback not found");
        finish_sound(at(1), "done");
        return done;
    }
    if (path[0] == "endpoints") {
        const auto phone = phones_.find(at(2));
        if (phone == phones_.end()) return refused(404, "Endpoints not found");
        const bool online = phone->second.manner != Phone::Manner::offline;
        return {
            .body = std::string(R"({"technology":"PJSIP","state":")") +
                    (online ? "online" : "offline") + R"("})"
        };
    }
    if (path[0] == "recordings" && at(1) == "live") {
        for (const auto& [id, bridge] : bridges_) {
            if (bridge.recording != at(2)) continue;
            stop_recording(id);
            return done;
        }
        return refused(404, "Recording not found");
    }
    if (path[0] == "recordings") {
        if (path.size() == 2) {
            std::vector<std::string> all;
            for (const auto& name : stored_) {
                all.push_back(R"({"name":")" + name + R"(","format":"wav"})");
            }
            return {.body = list_of(all)};
        }
        if (!stored_.contains(at(2))) return refused(404, "Recording not found");
        if (seen.method == "DELETE") stored_.erase(at(2));
        return seen.method == "DELETE" ? done : Answer{.body = wav_of(at(2))};
    }
    if (path[0] == "events" && at(1) == "claim") {
        const auto channel = seen.parameter("channelId");
        if (claimable_.erase(channel) == 0) return refused(404, "Channel not found");
        channels_.at(channel).application = seen.parameter("application");
        tell("StasisStart", channels_.at(channel), R"(,"args":["inbound","12345"])");
        return done;
    }
    if (path[0] == "applications") {
        if (at(2) == "subscription") {
            followers_[seen.parameter("eventSource").substr(8)].insert(at(1));
        }
        std::vector<std::string> channels;
        for (const auto& [id, channel] : channels_) {
            if (channel.in_program && channel.application == at(1))
                channels.push_back('"' + id + '"');
        }
        return {.body = R"({"name":")" + at(1) + R"(","channel_ids":)" + list_of(channels) + "}"};
    }
    return refused(404, "No such place");
}

}  // namespace hotline::test
