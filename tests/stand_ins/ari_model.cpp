#include "tests/stand_ins/ari_model.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <utility>

namespace hotline::test {

using namespace std::chrono_literals;

AriModel::AriModel(Instant start) : now_(start) {}

void AriModel::after(Milliseconds wait, std::function<void()> run) {
    timers_.emplace(std::pair(now_ + wait, ++serial_), std::move(run));
}

void AriModel::advance_to(Instant when) {
    while (!timers_.empty() && timers_.begin()->first.first <= when) {
        auto timer = timers_.extract(timers_.begin());
        now_ = std::max(now_, timer.key().first);
        timer.mapped()();
    }
    now_ = std::max(now_, when);
}

std::optional<AriModel::Instant> AriModel::next_due() const {
    if (timers_.empty()) return std::nullopt;
    return timers_.begin()->first.first;
}

std::string AriModel::new_channel(const std::string& number, std::string words) {
    Channel channel;
    channel.id = "pbx-" + std::to_string(now_.time_since_epoch().count() / 1000) + "." +
                 std::to_string(++serial_);
    channel.name = "PJSIP/trunk-" + std::to_string(serial_);
    channel.state = "Ring";
    channel.number = number;
    channel.exten = "12345";
    channel.words = std::move(words);
    channel.created = now_;
    const std::string id = channel.id;
    channels_[id] = std::move(channel);
    return id;
}

std::string AriModel::call(const std::string& number, const std::string& application) {
    const auto id = new_channel(number, application + ",inbound,12345");
    Channel& channel = channels_.at(id);
    channel.application = application;
    channel.in_program = true;
    tell("StasisStart", channel, R"(,"args":["inbound","12345"])");
    return id;
}

std::string AriModel::broadcast(const std::string& number) {
    const auto id = new_channel(number, "800,^hotline.*,inbound:12345");
    Channel& channel = channels_.at(id);
    channel.in_program = true;
    channel.application = "*";
    claimable_.insert(id);
    tell("CallBroadcast", channel, R"(,"caller":")" + number + R"(","called":"12345")");
    after(800ms, [this, id] {
        // Nobody wanted it: the dialplan goes on.
        if (claimable_.erase(id) == 0 || !channels_.contains(id)) return;
        Channel& unclaimed = channels_.at(id);
        unclaimed.in_program = false;
        unclaimed.application.clear();
        unclaimed.context = "hotline-fallback";
    });
    return id;
}

std::string AriModel::channel_of(const std::string& number) const {
    for (const auto& [id, channel] : channels_) {
        if (channel.phone == number) return id;
    }
    return {};
}

std::vector<std::string> AriModel::members(const std::string& bridge) const {
    const auto found = bridges_.find(bridge);
    return found == bridges_.end() ? std::vector<std::string>() : found->second.channels;
}

std::string AriModel::context_of(const std::string& channel) const {
    const auto found = channels_.find(channel);
    return found == channels_.end() ? std::string() : found->second.context;
}

void AriModel::enter(Channel& channel, const std::string& bridge) {
    if (channel.bridge == bridge) return;
    leave(channel);
    channel.bridge = bridge;
    bridges_.at(bridge).channels.push_back(channel.id);
    bridges_.at(bridge).application = channel.application;
    tell_bridge("ChannelEnteredBridge", bridge, channel);
}

void AriModel::leave(Channel& channel) {
    if (channel.bridge.empty()) return;
    const auto bridge = std::exchange(channel.bridge, "");
    std::erase(bridges_.at(bridge).channels, channel.id);
    tell_bridge("ChannelLeftBridge", bridge, channel);
    if (!bridges_.at(bridge).channels.empty()) return;
    // The sound that plays for those in a waiting bridge ends with the last of them; one that
    // waited behind it is played to nobody.
    std::map<std::uint64_t, std::string> sounds;
    for (const auto& [id, sound] : sounds_) {
        if (sound.target == bridge) sounds[sound.serial] = id;
    }
    if (!sounds.empty()) finish_sound(sounds.begin()->second, "failed");
}

void AriModel::finish_sound(const std::string& sound, std::string_view state) {
    if (const auto ended = sounds_.extract(sound)) {
        tell_sound("PlaybackFinished", sound, ended.mapped(), state);
    }
}

std::string AriModel::wav_of(const std::string& recording) {
    // Ten seconds.
    constexpr std::uint32_t length = 160'000;
    std::string wav = "RIFF";
    const auto number = [&wav](std::uint32_t value, int bytes) {
        for (int i = 0; i < bytes; ++i) wav += static_cast<char>(value >> (8 * i) & 0xFFU);
    };
    number(36 + length, 4);
    wav += "WAVEfmt ";
    number(16, 4);
    number(1, 2);
    number(1, 2);
    number(8000, 4);
    number(16'000, 4);
    number(2, 2);
    number(16, 2);
    wav += "data";
    number(length, 4);
    std::minstd_rand noise(static_cast<std::uint32_t>(std::hash<std::string>()(recording)));
    while (wav.size() < 44 + length) wav += static_cast<char>(noise() >> 8 & 0xFFU);
    return wav;
}

void AriModel::stop_recording(const std::string& bridge) {
    Bridge& of = bridges_.at(bridge);
    if (of.recording.empty()) return;
    tell_recording("RecordingFinished", bridge);
    stored_.insert(std::exchange(of.recording, ""));
}

// `asked_by_us`: by DELETE, which the PBX tells as cause 32.
void AriModel::end(const std::string& id, int cause, bool asked_by_us) {
    const auto found = channels_.find(id);
    if (found == channels_.end()) return;
    Channel channel = found->second;
    const bool was_up = channel.state == "Up";
    const bool told = channel.in_program || !channel.incoming;
    if (told && (was_up || asked_by_us)) {
        const int why = asked_by_us ? 32 : cause;
        tell("ChannelHangupRequest", channel, R"(,"cause":)" + std::to_string(why));
    }
    leave(channel);
    channels_.erase(id);
    claimable_.erase(id);
    if (channel.in_program) tell("StasisEnd", channel);
    std::vector<std::string> sounds;
    for (const auto& [name, sound] : sounds_) {
        if (sound.target == id) sounds.push_back(name);
    }
    for (const auto& name : sounds) finish_sound(name, "failed");
    std::vector<std::string> ears;
    for (const auto& [name, other] : channels_) {
        if (other.hears == id) ears.push_back(name);
    }
    for (const auto& ear : ears) end(ear, 16, false);
    if (channel.incoming && !followers_.contains(id)) return;
    if (!was_up) tell_dial(channel, "NOANSWER");
    tell("ChannelDestroyed", channel, R"(,"cause":)" + std::to_string(cause));
}

void AriModel::hang_up(const std::string& channel, int cause) {
    end(channel, cause, false);
}

void AriModel::press(const std::string& id, char digit) {
    const auto found = channels_.find(id);
    if (found == channels_.end() || !found->second.in_program) return;
    tell(
        "ChannelDtmfReceived",
        found->second,
        std::string(R"(,"digit":")") + digit + R"(","duration_ms":120)"
    );
}

void AriModel::hold_key(const std::string& id, bool on) {
    tell(on ? "ChannelHold" : "ChannelUnhold", channels_.at(id));
}

void AriModel::start_leg(const std::string& id, Milliseconds ring) {
    Channel& leg = channels_.at(id);
    const auto known = phones_.find(leg.phone);
    const Phone phone =
        known == phones_.end() ? Phone{.manner = Phone::Manner::silent} : known->second;
    using enum Phone::Manner;
    if (phone.manner == busy) return after(5ms, [this, id] { end(id, 17, false); });
    if (phone.manner == rejects) return after(800ms, [this, id] { end(id, 21, false); });
    if (phone.manner == silent || phone.manner == offline) {
        return after(ring, [this, id] { end(id, 20, false); });
    }
    leg.state = "Ringing";
    tell("ChannelStateChange", leg);
    tell_dial(leg, "RINGING");
    if (phone.manner == answers && phone.answers_after < ring) {
        return after(phone.answers_after, [this, id] { leg_answers(id); });
    }
    after(ring, [this, id] {
        const auto still = channels_.find(id);
        if (still != channels_.end() && still->second.state == "Ringing") end(id, 19, false);
    });
}

// The words after the program's name are its arguments.
void AriModel::start(const Channel& leg) {
    std::string args;
    for (const char c : leg.words.substr(leg.words.find(',') + 1)) {
        args += c == ',' ? std::string(R"(",")") : std::string(1, c);
    }
    tell("StasisStart", leg, R"(,"args":[")" + args + R"("])");
}

void AriModel::leg_answers(const std::string& id) {
    const auto found = channels_.find(id);
    if (found == channels_.end()) return;
    Channel& leg = found->second;
    leg.state = "Up";
    tell("ChannelStateChange", leg);
    tell_dial(leg, "ANSWER");
    leg.in_program = true;
    start(leg);
    const Phone& phone = phones_[leg.phone];
    if (phone.hangs_up_after) after(*phone.hangs_up_after, [this, id] { end(id, 16, false); });
}

}  // namespace hotline::test
