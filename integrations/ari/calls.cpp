#include "integrations/ari/calls.hpp"

namespace hotline::ari {
namespace {

bool is_incoming(const Event& event) {
    const auto args = event.kind == EventKind::started ? event.args : stasis_args(event.channel);
    return !args.empty() && args[0] == "inbound";
}

bool is_other_end(const Event& event) {
    return event.kind == EventKind::started && !event.args.empty() && event.args[0] == "outbound";
}

}  // namespace

std::string call_of(const Event& event) {
    for (const std::string* name :
         {&event.sound, &event.recording, &event.channel.id, &event.bridge.id}) {
        if (const auto named = read_name(*name)) return named->call;
    }
    return event.channel.id;
}

Said Calls::hear(const Event& event, Instant now) {
    if (event.kind == EventKind::broadcast) {
        // Whoever is first has it; all others are refused, and no harm is done.
        if (!accepting_) return {};
        return {event.channel.id, {claim(event.channel.id)}};
    }
    if (event.kind == EventKind::other || event.kind == EventKind::replaced) return {};
    const auto call = call_of(event);
    if (call.empty()) return {};
    // A channel nobody told us of is a call only if it came in as one.
    const bool ours = scripts_.contains(call) || call != event.channel.id || is_incoming(event);
    // Somebody we called, for a server that is gone (A26).
    if (!ours && is_other_end(event)) return {call, {hang_up(call)}};
    if (!ours) return {};
    return {call, script_of(call).hear(event, now)};
}

Said Calls::hear(const std::string& call, const Input& input, Instant now) {
    if (std::holds_alternative<Dial>(input)) return {call, script_of(call).hear(input, now)};
    const auto found = scripts_.find(call);
    if (found == scripts_.end()) {
        if (const auto* asked = std::get_if<Asked>(&input)) {
            return {call, {WishFailed{call, asked->key, Refusal::not_talking}}};
        }
        return {call, {}};
    }
    return {call, found->second.hear(input, now)};
}

std::vector<Said> Calls::tick(Instant now) {
    std::vector<Said> all;
    for (auto at = scripts_.begin(); at != scripts_.end();) {
        if (at->second.forgettable(now)) {
            at = scripts_.erase(at);
            continue;
        }
        Said said{at->first, at->second.hear(Tick{}, now)};
        if (!said.outputs.empty()) all.push_back(std::move(said));
        ++at;
    }
    return all;
}

Said Calls::take_up(CallAtPbx call, Instant now) {
    const std::string name = call.call;
    scripts_.erase(name);
    const auto [at, added] = scripts_.emplace(name, CallScript(std::move(call), settings_));
    return {name, at->second.take_up(now)};
}

const CallScript* Calls::find(const std::string& call) const {
    const auto found = scripts_.find(call);
    return found == scripts_.end() ? nullptr : &found->second;
}

std::size_t Calls::open() const {
    std::size_t count = 0;
    for (const auto& [name, script] : scripts_) {
        const auto stage = script.state().stage;
        count += stage != Stage::gone && stage != Stage::heard_of;
    }
    return count;
}

std::vector<const CallAtPbx*> Calls::all() const {
    std::vector<const CallAtPbx*> result;
    for (const auto& [name, script] : scripts_) result.push_back(&script.state());
    return result;
}

CallScript& Calls::script_of(const std::string& call) {
    const auto found = scripts_.find(call);
    if (found != scripts_.end()) return found->second;
    CallAtPbx fresh;
    fresh.call = call;
    return scripts_.emplace(call, CallScript(std::move(fresh), settings_)).first->second;
}

}  // namespace hotline::ari
