// What a PBX tells may be anything. Reading it may find nothing, never crash; what is read is
// within its bounds, and the scripts make of it at most one end for a call.
#include "integrations/ari/calls.hpp"
#include "integrations/ari/names.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <string_view>

using namespace hotline;

namespace {

void bounded(const std::string& id) {
    if (!id.empty() && !ari::is_safe_name(id)) std::abort();
}

void at_most_one_end(const ari::Said& said, std::map<std::string, int>& ends) {
    for (const auto& output : said.outputs) {
        if (const auto* command = std::get_if<ari::Command>(&output)) {
            const auto ask = ari::http_ask(*command, "hotline");
            if (ask.path.find_first_of(" \r\n#") != std::string::npos) std::abort();
        }
        const auto* event = std::get_if<telephony::CtiEvent>(&output);
        if (event == nullptr) continue;
        using enum telephony::CtiKind;
        const bool end = event->kind == ended || event->kind == abandoned || event->kind == lost;
        if (end && ++ends[event->call_id] > 1) std::abort();
    }
}

}  // namespace

// One event a line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    ari::read_channels(text);
    ari::read_bridges(text);
    ari::Calls calls{ari::ScriptSettings{}};
    std::map<std::string, int> ends;
    // Within what a call is remembered for: later, its name is another call's.
    std::optional<ari::Instant> first;
    ari::Instant now{};
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const auto event = ari::read_event(line);
        if (!event) continue;
        for (const auto* id :
             {&event->channel.id, &event->bridge.id, &event->sound, &event->recording}) {
            bounded(*id);
        }
        if (!first) first = now = event->at;
        now = std::clamp(event->at, now, *first + ari::remembered_for / 2);
        at_most_one_end(calls.hear(*event, now), ends);
        for (const auto& said : calls.tick(now)) at_most_one_end(said, ends);
    }
    return 0;
}
