#pragma once

#include "integrations/ari/adopt.hpp"
#include "integrations/ari/answers.hpp"
#include "integrations/ari/calls.hpp"
#include "integrations/ari/replay.hpp"
#include "tests/stand_ins/ari_model.hpp"

#include <doctest/doctest.h>

#include <deque>
#include <map>
#include <set>

namespace hotline::test {

using namespace hotline::ari;
using namespace std::chrono_literals;
using telephony::CallState;
using telephony::CtiEvent;
using telephony::CtiKind;

// A PBX, the scripts and a distributor that gives agents in their order, all in one time that runs
// as fast as it can.
class AriWorld {
public:
    static constexpr Instant start{1'795'420'800'000ms};

    explicit AriWorld(ScriptSettings settings = {}) : settings_(settings), calls_(settings) {}

    AriModel pbx{start};
    std::deque<std::string> agents;  // ready, in the order they are offered
    std::map<std::string, std::vector<CtiEvent>> told;
    std::vector<OfferFailed> failed;
    std::vector<OfferTaken> taken;
    std::vector<CallbackAsked> callbacks;
    std::vector<Scored> scores;
    std::vector<WishFailed> refused;
    std::vector<std::string> granted;            // keys of wishes that were done
    std::vector<std::string> freed;              // extensions
    std::vector<std::string> left, over, asked;  // asked: requests, without what they look at
    std::vector<Recorded> recorded;
    std::vector<std::string> faults;  // promises broken on the way
    // Answers instead of the PBX; none: the PBX itself.
    std::function<std::optional<unsigned>(const Command&)> instead;

    void run_for(std::chrono::milliseconds time) {
        const Instant until = pbx.now() + time;
        settle();
        while (pbx.now() < until) {
            pbx.advance_to(std::min({until, next_tick_, pbx.next_due().value_or(until)}));
            settle();
            if (pbx.now() < next_tick_) continue;
            next_tick_ = pbx.now() + 1s;
            for (const Said& said : calls_.tick(pbx.now())) take(said);
            settle();
        }
    }

    void hear(const std::string& call, const Input& input) {
        take(calls_.hear(call, input, pbx.now()));
        settle();
    }

    // The server dies and another starts: it sees what there is.
    void restart(std::vector<KnownCall> known = {}) {
        pbx.take_events();
        calls_ = Calls(settings_);
        const auto channels = read_channels(asked_of("/ari/channels"));
        const auto bridges = read_bridges(asked_of("/ari/bridges"));
        REQUIRE(channels);
        REQUIRE(bridges);
        auto found = adopt(*channels, *bridges, known, "hotline");
        lost = found.lost;
        for (const Command& repair : found.repairs) send(repair);
        for (auto& call : found.calls) take(calls_.take_up(std::move(call), pbx.now()));
        settle();
    }
    std::vector<std::string> lost;

    telephony::CallStory story(const std::string& call) { return telephony::story_of(told[call]); }
    std::vector<CtiKind> kinds(const std::string& call) {
        std::vector<CtiKind> result;
        for (const auto& event : told[call]) result.push_back(event.kind);
        return result;
    }
    Stage stage(const std::string& call) const {
        const auto* script = calls_.find(call);
        return script == nullptr ? Stage::heard_of : script->state().stage;
    }
    Calls& calls() { return calls_; }
    // Whether nothing is left at the PBX.
    bool is_empty() const { return pbx.channels() == 0 && pbx.bridges() == 0; }

private:
    std::string asked_of(const std::string& path) {
        return pbx.ask({.method = "GET", .path = path}).body;
    }

    void settle() {
        for (auto events = pbx.take_events(); !events.empty(); events = pbx.take_events()) {
            for (const auto& [application, text] : events) {
                const auto event = read_event(text);
                REQUIRE_MESSAGE(event, text);
                recorded.push_back({pbx.now(), *event});
                take(calls_.hear(*event, pbx.now()));
                watch();
            }
            match();
        }
        match();
    }

    // An agent is in one conversation at most, and so is a caller.
    void watch() {
        std::set<std::string> talking;
        for (const CallAtPbx* call : calls_.all()) {
            for (const auto& id : pbx.members("conv-" + call->call)) {
                const auto named = read_name(id);
                if (!named || named->part != Part::agent) continue;
                for (const Leg& leg : call->legs) {
                    const bool it = leg.part == Part::agent && leg.number == named->number;
                    if (it && !leg.leaving && !talking.insert(leg.extension).second) {
                        faults.push_back(leg.extension + " talks twice");
                    }
                }
            }
        }
    }

    struct Sent {
        unsigned status;
        std::string body;
    };

    Sent send(const Command& command) {
        const auto http = http_ask(command, "hotline");
        if (command.deed != Deed::ask_endpoint) asked.push_back(http.method + " " + http.path);
        if (instead) {
            if (const auto status = instead(command)) return {*status, ""};
        }
        Seen seen{.method = http.method, .body = http.body};
        seen.path = "/ari" + http.path.substr(0, http.path.find('?'));
        std::string_view query = http.path;
        query.remove_prefix(std::min(query.find('?'), query.size() - 1) + 1);
        while (!query.empty()) {
            const auto pair = query.substr(0, query.find('&'));
            query.remove_prefix(std::min(pair.size() + 1, query.size()));
            const auto equals = std::min(pair.find('='), pair.size() - 1);
            seen.query.emplace_back(
                percent_decoded(pair.substr(0, equals)), percent_decoded(pair.substr(equals + 1))
            );
        }
        seen.path = percent_decoded(seen.path);
        const auto answer = pbx.ask(seen);
        return {answer.status, answer.body};
    }

    void take(const Said& said) {
        bool broken = false;
        std::vector<Input> inputs;
        for (const Output& output : said.outputs) {
            if (const auto* command = std::get_if<Command>(&output)) {
                if (broken) continue;
                const auto [status, body] = send(*command);
                broken = ends_chain(*command, status);
                if (auto input = input_of(*command, status, body)) inputs.push_back(*input);
            } else {
                note(output);
            }
        }
        for (const Input& input : inputs) take(calls_.hear(said.call, input, pbx.now()));
    }

    void note(const Output& output) {
        if (const auto* event = std::get_if<CtiEvent>(&output))
            told[event->call_id].push_back(*event);
        if (const auto* wants = std::get_if<WantsAgent>(&output)) waiting_.push_back(wants->call);
        if (const auto* score = std::get_if<Scored>(&output)) scores.push_back(*score);
        if (const auto* wish = std::get_if<WishFailed>(&output)) refused.push_back(*wish);
        if (const auto* one = std::get_if<AgentFreed>(&output)) freed.push_back(one->extension);
        if (const auto* wish = std::get_if<WishDone>(&output)) granted.push_back(wish->key);
        if (const auto* callback = std::get_if<CallbackAsked>(&output))
            callbacks.push_back(*callback);
        if (const auto* gone = std::get_if<CallOver>(&output)) over.push_back(gone->call);
        if (const auto* fail = std::get_if<OfferFailed>(&output)) {
            failed.push_back(*fail);
            waiting_.push_front(fail->call);
        }
        if (const auto* took = std::get_if<OfferTaken>(&output)) taken.push_back(*took);
        if (const auto* leaves = std::get_if<LeftQueue>(&output)) {
            left.push_back(leaves->call);
            std::erase(waiting_, leaves->call);
        }
    }

    void match() {
        while (!waiting_.empty() && !agents.empty()) {
            const auto call = waiting_.front();
            waiting_.pop_front();
            const auto agent = agents.front();
            agents.pop_front();
            take(calls_.hear(call, Offer{++attempts_[call], agent, 15, "t-" + agent}, pbx.now()));
        }
    }

    ScriptSettings settings_;
    Calls calls_;
    std::deque<std::string> waiting_;
    std::map<std::string, int> attempts_;
    Instant next_tick_ = start + 1s;
};

}  // namespace hotline::test
