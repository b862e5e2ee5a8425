#include "server/api/phone/recording_json.hpp"

#include "integrations/telephony/call_state.hpp"
#include "integrations/telephony/recording_rules.hpp"
#include "server/api/dto.hpp"

namespace hotline::api {
namespace {

using telephony::RecordingState;

RecordingState recording_state_of(const mysql::PhoneCall& call) {
    if (call.recorded) return static_cast<RecordingState>(call.recorded->state);
    return call.recording.empty() ? RecordingState::none : RecordingState::at_platform;
}

}  // namespace

void add_recording(ticketing::JsonObject& out, const mysql::PhoneCall& call) {
    const bool over = telephony::is_over(static_cast<telephony::CallState>(call.state));
    if (!call.answered_at || !over) return;
    const RecordingState state = recording_state_of(call);
    ticketing::JsonObject recording;
    recording.number("call", static_cast<std::int64_t>(call.id));
    recording.text("state", ticketing::name(state)).text("at", to_text(*call.answered_at));
    if (const auto& facts = call.recorded) {
        if (facts->seconds) recording.number("seconds", *facts->seconds);
        const bool kept = state == RecordingState::kept;
        if (kept && facts->keep_until) recording.text("kept_until", to_text(*facts->keep_until));
        if (facts->deleted_at) recording.text("deleted_at", to_text(*facts->deleted_at));
    }
    out.raw("recording", recording.str());
}

}  // namespace hotline::api
