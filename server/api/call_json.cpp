#include "server/api/call_json.hpp"

#include "integrations/telephony/call_state.hpp"
#include "server/api/dto.hpp"
#include "server/api/phone/recording_json.hpp"
#include "server/api/ticket_json.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/masking.hpp"

namespace hotline::api {
namespace {

using ticketing::JsonObject;

void text(JsonObject& out, std::string_view key, std::string_view value) {
    if (!value.empty()) out.text(key, value);
}

void time(JsonObject& out, std::string_view key, const std::optional<ticketing::Instant>& value) {
    if (value) out.text(key, to_text(*value));
}

std::string caller_json(const ticketing::Enterprise& firm, const City& city) {
    JsonObject out;
    out.number("id", static_cast<std::int64_t>(firm.id.value)).text("name", firm.name);
    text(out, "uscc", ticketing::masked_uscc(firm.uscc));
    text(out, "division", firm.division);
    if (const auto* division = city.directory.division(firm.division)) {
        text(out, "division_name", division->name);
    }
    text(out, "zone", firm.zone);
    text(out, "address", firm.address);
    text(out, "phone", ticketing::masked_phone(firm.phone));
    text(out, "industry", firm.industry);
    out.number("size", firm.size);
    out.raw("five_above", firm.five_above ? "true" : "false");
    out.raw("demonstration", firm.demonstration ? "true" : "false");
    return out.str();
}

std::string history_json(
    const std::vector<mysql::TicketLine>& history, const City& city, ticketing::Instant now
) {
    const ticketing::Actor agent{.role = ticketing::Role::agent};
    const ticketing::Scope nothing;
    const Viewer viewer{agent, nothing, city, now};
    std::string items = "[";
    for (const auto& line : history) {
        if (items.size() > 1) items += ',';
        items += summary_json(line, viewer);
    }
    return items + "]";
}

}  // namespace

std::string call_json(
    const actions::CallPicture& picture, const City& city, ticketing::Instant now
) {
    const mysql::PhoneCall& call = picture.call;
    JsonObject out;
    out.text("call_id", call.call_id);
    out.text("state", ticketing::name(static_cast<telephony::CallState>(call.state)));
    out.text("direction", ticketing::name(static_cast<telephony::Direction>(call.direction)));
    text(out, "ani", call.ani);
    text(out, "queue", call.queue);
    text(out, "agent_name", call.agent_name);
    time(out, "offered_at", call.offered_at);
    time(out, "answered_at", call.answered_at);
    time(out, "ended_at", call.ended_at);
    text(out, "ticket_no", call.ticket_no);
    const bool recorded = !call.recording.empty() || call.recorded;
    out.raw("has_recording", recorded ? "true" : "false");
    add_recording(out, call);
    if (call.score) out.number("score", *call.score);
    if (picture.enterprise) out.raw("enterprise", caller_json(*picture.enterprise, city));
    if (!picture.history.empty()) out.raw("history", history_json(picture.history, city, now));
    return out.str();
}

}  // namespace hotline::api
