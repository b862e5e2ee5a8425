// The events of the model of an Asterisk, in its own form.
#include "tests/stand_ins/ari_model.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace hotline::test {

namespace json = boost::json;

namespace {

std::string as_json(std::string_view text) {
    return json::serialize(json::string(text));
}

std::string two(unsigned number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string stamp(AriModel::Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(at - day);
    std::string ms = std::to_string(time.subseconds().count());
    ms.insert(0, 3 - ms.size(), '0');
    return std::to_string(static_cast<int>(date.year())) + "-" +
           two(static_cast<unsigned>(date.month())) + "-" + two(static_cast<unsigned>(date.day())) +
           "T" + two(static_cast<unsigned>(time.hours().count())) + ":" +
           two(static_cast<unsigned>(time.minutes().count())) + ":" +
           two(static_cast<unsigned>(time.seconds().count())) + "." + ms + "+0000";
}

}  // namespace

std::string AriModel::channel_json(const Channel& channel) const {
    const std::string_view program = !channel.in_program ? (channel.incoming ? "Queue" : "AppDial2")
                                     : channel.words[0] == '8' ? "StasisBroadcast"
                                                               : "Stasis";
    return R"({"id":)" + as_json(channel.id) + R"(,"name":)" + as_json(channel.name) +
           R"(,"state":)" + as_json(channel.state) + R"(,"caller":{"name":"","number":)" +
           as_json(channel.number) + R"(},"dialplan":{"context":"from-trunk","exten":)" +
           as_json(channel.exten) + R"(,"priority":3,"app_name":)" + as_json(program) +
           R"(,"app_data":)" + as_json(channel.words) + R"(},"creationtime":)" +
           as_json(stamp(channel.created)) + R"(,"language":"zh"})";
}

std::string AriModel::bridge_json(const std::string& id) const {
    const auto found = bridges_.find(id);
    const bool holding = found != bridges_.end() && found->second.holding;
    json::array members;
    if (found != bridges_.end()) {
        for (const auto& one : found->second.channels) members.emplace_back(one);
    }
    return R"({"id":)" + as_json(id) + R"(,"technology":"simple_bridge","bridge_type":)" +
           as_json(holding ? "holding" : "mixing") + R"(,"channels":)" + json::serialize(members) +
           "}";
}

void AriModel::say(const std::string& application, std::string_view type, const std::string& rest) {
    if (application.empty()) return;
    told_.push_back({
        application,
        R"({"type":)" + as_json(type) + R"(,"timestamp":)" + as_json(stamp(now_)) + rest +
            R"(,"asterisk_id":"02:00:00:00:00:01","application":)" + as_json(application) + "}",
    });
}

void AriModel::say_of(const Channel& channel, std::string_view type, const std::string& rest) {
    say(channel.application, type, rest);
    const auto followers = followers_.find(channel.id);
    if (followers == followers_.end() || type.starts_with("Stasis")) return;
    for (const auto& application : followers->second) {
        if (application != channel.application) say(application, type, rest);
    }
}

void AriModel::tell(std::string_view type, const Channel& channel, const std::string& more) {
    say_of(channel, type, R"(,"channel":)" + channel_json(channel) + more);
}

void AriModel::tell_bridge(
    std::string_view type, const std::string& bridge, const Channel& channel
) {
    say_of(
        channel,
        type,
        R"(,"bridge":)" + bridge_json(bridge) + R"(,"channel":)" + channel_json(channel)
    );
}

void AriModel::tell_dial(const Channel& leg, std::string_view status) {
    say_of(
        leg,
        "Dial",
        R"(,"dialstatus":)" + as_json(status) + R"(,"dialstring":"","peer":)" + channel_json(leg)
    );
}

void AriModel::tell_sound(
    std::string_view type, const std::string& id, const Sound& sound, std::string_view state
) {
    const auto playback = R"(,"playback":{"id":)" + as_json(id) +
                          R"(,"media_uri":"sound:x","state":)" + as_json(state) + "}";
    // What is played to a channel, all who follow it hear of.
    const auto channel = channels_.find(sound.target);
    if (channel != channels_.end()) return say_of(channel->second, type, playback);
    say(sound.application, type, playback);
}

void AriModel::tell_recording(std::string_view type, const std::string& bridge) {
    const Bridge& of = bridges_.at(bridge);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now_ - of.recording_since);
    const bool over = type == "RecordingFinished";
    say(of.application,
        type,
        R"(,"recording":{"name":)" + as_json(of.recording) + R"(,"format":"wav","state":)" +
            as_json(over ? "done" : "recording") + R"(,"target_uri":)" +
            as_json("bridge:" + bridge) +
            (over ? R"(,"duration":)" + std::to_string(seconds.count()) : "") + "}");
}

}  // namespace hotline::test
