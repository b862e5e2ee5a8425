#include "integrations/ari/event.hpp"

#include "integrations/ari/names.hpp"
#include "ticketing/text.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace hotline::ari {
namespace {

using boost::json::object;
using boost::json::value;

struct KindName {
    std::string_view type;
    EventKind kind;
};

constexpr std::array<KindName, 16> kind_names{{
    {"StasisStart", EventKind::started},
    {"StasisEnd", EventKind::ended},
    {"ChannelStateChange", EventKind::state_changed},
    {"Dial", EventKind::dialled},
    {"ChannelDestroyed", EventKind::destroyed},
    {"ChannelEnteredBridge", EventKind::entered_bridge},
    {"ChannelLeftBridge", EventKind::left_bridge},
    {"ChannelDtmfReceived", EventKind::key},
    {"ChannelHold", EventKind::held},
    {"ChannelUnhold", EventKind::resumed},
    {"PlaybackStarted", EventKind::sound_started},
    {"PlaybackFinished", EventKind::sound_finished},
    {"RecordingFinished", EventKind::recording_finished},
    {"RecordingFailed", EventKind::recording_failed},
    {"CallBroadcast", EventKind::broadcast},
    {"ApplicationReplaced", EventKind::replaced},
}};

const object* object_in(const object& from, std::string_view name) {
    const auto* found = from.if_contains(name);
    return found == nullptr ? nullptr : found->if_object();
}

std::string text_in(const object& from, std::string_view name) {
    const auto* found = from.if_contains(name);
    const auto* text = found == nullptr ? nullptr : found->if_string();
    if (text == nullptr || text->size() > longest_text) return {};
    const std::string_view view(text->data(), text->size());
    return ticketing::is_clean_utf8(view) ? std::string(view) : std::string();
}

int number_in(const object& from, std::string_view name, int otherwise) {
    const auto* found = from.if_contains(name);
    const auto* number = found == nullptr ? nullptr : found->if_int64();
    if (number == nullptr || *number < 0 || *number > 1'000'000'000) return otherwise;
    return static_cast<int>(*number);
}

std::vector<std::string> texts_in(const object& from, std::string_view name) {
    std::vector<std::string> texts;
    const auto* found = from.if_contains(name);
    const auto* list = found == nullptr ? nullptr : found->if_array();
    if (list == nullptr) return texts;
    for (const value& one : *list) {
        if (texts.size() == most_words) break;
        const auto* text = one.if_string();
        if (text == nullptr || text->size() > longest_text) continue;
        const std::string_view view(text->data(), text->size());
        if (ticketing::is_clean_utf8(view)) texts.emplace_back(view);
    }
    return texts;
}

Channel channel_of(const object& from) {
    Channel channel;
    channel.id = text_in(from, "id");
    channel.name = text_in(from, "name");
    channel.state = text_in(from, "state");
    if (const auto* caller = object_in(from, "caller")) channel.number = text_in(*caller, "number");
    if (const auto* dialplan = object_in(from, "dialplan")) {
        channel.exten = text_in(*dialplan, "exten");
        channel.application = text_in(*dialplan, "app_name");
        channel.words = text_in(*dialplan, "app_data");
    }
    channel.created = read_time(text_in(from, "creationtime"));
    return channel;
}

Bridge bridge_of(const object& from) {
    return {
        text_in(from, "id"), text_in(from, "bridge_type") == "holding", texts_in(from, "channels")
    };
}

bool about_a_channel(EventKind kind) {
    switch (kind) {
        case EventKind::started:
        case EventKind::ended:
        case EventKind::state_changed:
        case EventKind::dialled:
        case EventKind::destroyed:
        case EventKind::entered_bridge:
        case EventKind::left_bridge:
        case EventKind::key:
        case EventKind::held:
        case EventKind::resumed:
        case EventKind::broadcast:
            return true;
        default:
            return false;
    }
}

void take_facts(const object& from, Event& event) {
    const bool dial = event.kind == EventKind::dialled;
    if (const auto* channel = object_in(from, dial ? "peer" : "channel")) {
        event.channel = channel_of(*channel);
    }
    if (const auto* bridge = object_in(from, "bridge")) event.bridge = bridge_of(*bridge);
    if (const auto* sound = object_in(from, "playback")) event.sound = text_in(*sound, "id");
    if (const auto* recording = object_in(from, "recording")) {
        event.recording = text_in(*recording, "name");
        const int seconds = number_in(*recording, "duration", -1);
        if (seconds >= 0) event.recorded_s = seconds;
    }
    event.args = texts_in(from, "args");
    event.cause = number_in(from, "cause", 0);
    event.dial_status = text_in(from, "dialstatus");
    event.called = text_in(from, "called");
    if (const auto digit = text_in(from, "digit"); digit.size() == 1) event.digit = digit[0];
}

// What the event is about must be there, and what is there must be a name.
std::optional<EventFault> fault_of(const Event& event) {
    using enum EventKind;
    const bool bridged = event.kind == entered_bridge || event.kind == left_bridge;
    const bool sounds = event.kind == sound_started || event.kind == sound_finished;
    const bool records = event.kind == recording_finished || event.kind == recording_failed;
    if ((about_a_channel(event.kind) && event.channel.id.empty()) ||
        (bridged && event.bridge.id.empty()) || (sounds && event.sound.empty()) ||
        (records && event.recording.empty()) || (event.kind == key && event.digit == 0)) {
        return EventFault::incomplete;
    }
    for (const std::string* id :
         {&event.channel.id, &event.bridge.id, &event.sound, &event.recording}) {
        if (!id->empty() && !is_safe_name(*id)) return EventFault::unsafe;
    }
    return std::nullopt;
}

std::optional<value> parsed(std::string_view text) {
    boost::system::error_code error;
    auto result = boost::json::parse(text, error);
    if (error) return std::nullopt;
    return result;
}

// All of it must be digits.
std::optional<int> digits(std::string_view text) {
    int number = 0;
    const auto* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc() || stopped != end || number < 0) return std::nullopt;
    return number;
}

std::optional<std::chrono::minutes> offset_of(std::string_view text) {
    if (text == "Z") return std::chrono::minutes(0);
    if (text.size() == 6 && text[3] == ':') {
        const auto hours = digits(text.substr(1, 2));
        const auto minutes = digits(text.substr(4, 2));
        if (!hours || !minutes) return std::nullopt;
        return (text[0] == '-' ? -1 : 1) * std::chrono::minutes(*hours * 60 + *minutes);
    }
    if (text.size() != 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    const auto all = digits(text.substr(1));
    if (!all) return std::nullopt;
    return (text[0] == '-' ? -1 : 1) * std::chrono::minutes(*all / 100 * 60 + *all % 100);
}

// ".841" → 841
std::optional<int> milliseconds_of(std::string_view fraction) {
    if (fraction.empty()) return 0;
    if (fraction[0] != '.' || fraction.size() < 2) return std::nullopt;
    std::string three(fraction.substr(1, 3));
    three.resize(3, '0');
    return digits(three);
}

template <class T>
std::optional<std::vector<T>> read_list(std::string_view text, T (*read)(const object&)) {
    constexpr std::size_t most = 10'000;
    const auto whole = parsed(text);
    const auto* list = whole ? whole->if_array() : nullptr;
    if (list == nullptr || list->size() > most) return std::nullopt;
    std::vector<T> result;
    for (const value& one : *list) {
        const auto* entry = one.if_object();
        if (entry == nullptr) return std::nullopt;
        T item = read(*entry);
        if (is_safe_name(item.id)) result.push_back(std::move(item));
    }
    return result;
}

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts;
    while (parts.size() < most_words) {
        const auto end = text.find(at);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return parts;
}

}  // namespace

std::optional<ticketing::Instant> read_time(std::string_view text) {
    constexpr std::string_view pattern = "0000-00-00T00:00:00";
    if (text.size() <= pattern.size() || text.size() > 40) return std::nullopt;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool fits =
            pattern[i] == '0' ? text[i] >= '0' && text[i] <= '9' : text[i] == pattern[i];
        if (!fits) return std::nullopt;
    }
    const auto part = [&](std::size_t at, std::size_t size) {
        return *digits(text.substr(at, size));
    };
    const auto tail = text.substr(pattern.size());
    const auto zone = tail.find_first_of("+-Z");
    if (zone == std::string_view::npos) return std::nullopt;
    const auto offset = offset_of(tail.substr(zone));
    const auto fraction = milliseconds_of(tail.substr(0, zone));
    const std::chrono::year_month_day day(
        std::chrono::year(part(0, 4)),
        std::chrono::month(static_cast<unsigned>(part(5, 2))),
        std::chrono::day(static_cast<unsigned>(part(8, 2)))
    );
    if (!offset || !fraction || !day.ok()) return std::nullopt;
    if (part(11, 2) > 23 || part(14, 2) > 59 || part(17, 2) > 60) return std::nullopt;
    return std::chrono::sys_days(day) + std::chrono::hours(part(11, 2)) +
           std::chrono::minutes(part(14, 2)) + std::chrono::seconds(part(17, 2)) +
           std::chrono::milliseconds(*fraction) - *offset;
}

std::expected<Event, EventFault> read_event(std::string_view text) {
    if (text.size() > longest_event) return std::unexpected(EventFault::too_long);
    const auto whole = parsed(text);
    const auto* from = whole ? whole->if_object() : nullptr;
    if (from == nullptr) return std::unexpected(EventFault::not_json);
    Event event;
    event.type = text_in(*from, "type");
    event.application = text_in(*from, "application");
    const auto at = read_time(text_in(*from, "timestamp"));
    if (event.type.empty()) return std::unexpected(EventFault::incomplete);
    const auto known = std::ranges::find(kind_names, event.type, &KindName::type);
    if (known == kind_names.end()) {
        event.at = at.value_or(ticketing::Instant{});
        return event;
    }
    if (!at) return std::unexpected(EventFault::incomplete);
    event.at = *at;
    event.kind = known->kind;
    take_facts(*from, event);
    if (const auto fault = fault_of(event)) return std::unexpected(*fault);
    return event;
}

std::optional<std::vector<Channel>> read_channels(std::string_view text) {
    return read_list<Channel>(text, channel_of);
}

std::optional<std::vector<Bridge>> read_bridges(std::string_view text) {
    return read_list<Bridge>(text, bridge_of);
}

std::optional<Channel> read_channel(std::string_view text) {
    const auto whole = parsed(text);
    const auto* from = whole ? whole->if_object() : nullptr;
    if (from == nullptr) return std::nullopt;
    auto channel = channel_of(*from);
    if (!is_safe_name(channel.id)) return std::nullopt;
    return channel;
}

std::optional<std::string> read_endpoint_state(std::string_view text) {
    const auto whole = parsed(text);
    const auto* from = whole ? whole->if_object() : nullptr;
    if (from == nullptr) return std::nullopt;
    return text_in(*from, "state");
}

std::optional<std::vector<std::string>> read_recordings(std::string_view text) {
    struct Stored {
        std::string id;
    };
    const auto stored =
        read_list<Stored>(text, [](const object& from) { return Stored{text_in(from, "name")}; });
    if (!stored) return std::nullopt;
    std::vector<std::string> names;
    for (const Stored& one : *stored) names.push_back(one.id);
    return names;
}

bool in_stasis(const Channel& channel) {
    return channel.application == "Stasis" || channel.application == "StasisBroadcast";
}

std::vector<std::string> stasis_args(const Channel& channel) {
    auto words = split(channel.words, ',');
    if (channel.application == "Stasis") {
        words.erase(words.begin());  // the name of the program
        return words;
    }
    if (channel.application == "StasisBroadcast" && words.size() >= 3) return split(words[2], ':');
    return {};
}

std::string endpoint_of(std::string_view name) {
    const auto slash = name.find('/');
    if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
    return std::string(name.substr(0, name.rfind('-')));
}

}  // namespace hotline::ari
