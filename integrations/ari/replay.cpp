#include "integrations/ari/replay.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace hotline::ari {
namespace {

using telephony::CtiEvent;
using telephony::CtiKind;

struct Line {
    std::string scenario;
    std::optional<Recorded> recorded;
};

std::expected<Line, std::string> read_line(std::string_view text) {
    boost::system::error_code error;
    const auto value = boost::json::parse(text, error);
    const auto* object = error ? nullptr : value.if_object();
    if (object == nullptr) return std::unexpected("not a JSON object");
    const auto* received = object->if_contains("rx");
    const auto* scenario = object->if_contains("scenario");
    const auto* event = object->if_contains("event");
    const bool whole = received != nullptr && received->is_string() && scenario != nullptr &&
                       scenario->is_string() && event != nullptr && event->is_object();
    if (!whole) return std::unexpected("wants \"rx\", \"scenario\" and \"event\"");
    const auto at = read_time(std::string_view(received->get_string()));
    if (!at) return std::unexpected("\"rx\" is no time");
    Line line;
    line.scenario = std::string(scenario->get_string());
    line.scenario = line.scenario.substr(0, line.scenario.find('('));
    auto read = read_event(boost::json::serialize(*event));
    if (read) line.recorded = Recorded{*at, std::move(*read)};
    return line;
}

// Says yes to everything, as a PBX in health does.
class Player {
public:
    explicit Player(const std::vector<Recorded>& events) : calls_(ScriptSettings{}) {
        for (const auto& [received, event] : events) {
            const auto named = read_name(event.channel.id);
            if (!named || named->part != Part::agent) continue;
            agents_[named->call][named->number] = endpoint_of(event.channel.name);
        }
    }

    void play(const Recorded& recorded) {
        now_ = std::max(now_, recorded.received);
        const Event& event = recorded.event;
        const bool caller = event.channel.id == call_of(event);
        if (event.kind == EventKind::ended && caller) ends_.insert(event.channel.id);
        take(calls_.hear(event, now_));
    }

    std::vector<CallResult> results() {
        std::vector<CallResult> all;
        for (auto& [call, events] : events_) {
            CallResult& result = all.emplace_back();
            result.call = call;
            result.ends = static_cast<int>(std::ranges::count_if(events, [](const auto& event) {
                return event.kind == CtiKind::ended || event.kind == CtiKind::abandoned ||
                       event.kind == CtiKind::lost;
            }));
            result.story = telephony::story_of(events);
            result.end_seen = ends_.contains(call);
            if (const auto score = scores_.find(call); score != scores_.end()) {
                result.score = score->second;
            }
            result.commands = commands_[call];
        }
        return all;
    }

private:
    void take(const Said& said) {
        for (const Output& output : said.outputs) take(said.call, output);
    }

    void take(const std::string& call, const Output& output) {
        if (const auto* event = std::get_if<CtiEvent>(&output)) events_[call].push_back(*event);
        if (const auto* scored = std::get_if<Scored>(&output)) scores_[call] = scored->score;
        if (std::holds_alternative<WantsAgent>(output)) offer(call, 0);
        if (const auto* failed = std::get_if<OfferFailed>(&output)) offer(call, failed->attempt);
        const auto* command = std::get_if<Command>(&output);
        if (command == nullptr) return;
        ++commands_[call];
        if (command->deed == Deed::ask_channel) take(calls_.hear(call, ChannelSeen{true}, now_));
        if (command->deed != Deed::ask_endpoint) return;
        const auto leg = read_name(command->call);
        take(calls_.hear(call, EndpointSeen{leg->number, true}, now_));
    }

    // Whom the recording has after that attempt.
    void offer(const std::string& call, int after) {
        const auto& legs = agents_[call];
        const auto next = legs.upper_bound(after);
        if (next == legs.end()) return;
        take(calls_.hear(call, Offer{next->first, next->second, 15, "token"}, now_));
    }

    Calls calls_;
    Instant now_{};
    std::map<std::string, std::map<int, std::string>> agents_;
    std::map<std::string, std::vector<CtiEvent>> events_;
    std::map<std::string, int> scores_;
    std::map<std::string, std::size_t> commands_;
    std::set<std::string> ends_;
};

std::string seconds_in_words(std::chrono::milliseconds time) {
    const auto tenths = time.count() / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

}  // namespace

std::expected<Recording, std::string> read_recording(std::string_view text) {
    Recording recording;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++recording.lines;
        if (line.empty()) continue;
        auto read = read_line(line);
        if (!read) {
            return std::unexpected("line " + std::to_string(recording.lines) + ": " + read.error());
        }
        auto at = std::ranges::find(recording.scenarios, read->scenario, &Scenario::name);
        if (at == recording.scenarios.end()) {
            recording.scenarios.push_back({read->scenario, {}});
            at = std::prev(recording.scenarios.end());
        }
        if (read->recorded) {
            at->events.push_back(std::move(*read->recorded));
        } else {
            ++recording.unread;
        }
    }
    return recording;
}

std::vector<CallResult> play(const std::vector<Recorded>& events) {
    Player player(events);
    for (const Recorded& recorded : events) player.play(recorded);
    return player.results();
}

std::vector<Recorded> shuffled(std::vector<Recorded> events, std::uint32_t seed) {
    std::mt19937 dice(seed);
    std::ranges::shuffle(events, dice);
    return events;
}

std::vector<Recorded> doubled(const std::vector<Recorded>& events) {
    std::vector<Recorded> twice;
    for (const Recorded& recorded : events) twice.insert(twice.end(), 2, recorded);
    return twice;
}

std::vector<Recorded> delayed(
    std::vector<Recorded> events, std::size_t places, std::uint32_t seed
) {
    std::mt19937 dice(seed);
    std::multimap<std::size_t, Recorded> order;
    for (std::size_t i = 0; i < events.size(); ++i) {
        order.emplace(i + dice() % (places + 1), std::move(events[i]));
    }
    events.clear();
    for (auto& [place, recorded] : order) events.push_back(std::move(recorded));
    return events;
}

std::vector<std::string> broken_promises(const std::vector<CallResult>& results) {
    std::vector<std::string> broken;
    for (const CallResult& result : results) {
        if (result.ends > 1) broken.push_back(result.call + " is over more than once");
        const bool over = telephony::is_over(result.story.state);
        if (result.end_seen && !over) broken.push_back(result.call + " ended and is not over");
        const bool answered = result.story.answered_at.has_value();
        if (answered && result.story.state == telephony::CallState::abandoned) {
            broken.push_back(result.call + " was answered and abandoned");
        }
        if (result.score && !over) broken.push_back(result.call + " was scored before it was over");
    }
    return broken;
}

std::string in_words(const CallResult& result) {
    const auto& story = result.story;
    std::string words(ticketing::name(story.state));
    if (story.answered_at) {
        words += ", answered by " + (story.agent.empty() ? "nobody we know" : story.agent);
        if (story.offered_at) {
            words += " after " + seconds_in_words(*story.answered_at - *story.offered_at);
        }
    }
    if (result.score) words += ", score " + std::to_string(*result.score);
    if (!story.recording.empty()) words += ", recorded";
    return words;
}

}  // namespace hotline::ari
