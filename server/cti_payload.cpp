#include "server/cti_payload.hpp"

#include "ticketing/json_text.hpp"

#include <boost/json/parse.hpp>

namespace hotline {
namespace {

namespace json = boost::json;
using telephony::CtiEvent;

struct Text {
    std::string_view key;
    std::string CtiEvent::* member;
};
constexpr Text texts[] = {
    {"event", &CtiEvent::event_id},
    {"call", &CtiEvent::call_id},
    {"ani", &CtiEvent::ani},
    {"dnis", &CtiEvent::dnis},
    {"queue", &CtiEvent::queue},
    {"agent", &CtiEvent::agent},
    {"recording", &CtiEvent::recording},
};

std::optional<std::int64_t> number(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    if (found == nullptr || !found->is_int64()) return std::nullopt;
    return found->get_int64();
}

}  // namespace

std::string encode_cti(const CtiEvent& event) {
    ticketing::JsonObject out;
    out.number("kind", static_cast<std::int64_t>(event.kind));
    out.number("at", event.occurred_at.time_since_epoch().count());
    for (const Text& text : texts) {
        if (!(event.*text.member).empty()) out.text(text.key, event.*text.member);
    }
    if (event.seq) out.number("seq", *event.seq);
    if (event.score) out.number("score", *event.score);
    if (event.direction) out.number("direction", static_cast<std::int64_t>(*event.direction));
    return out.str();
}

Result<CtiEvent> decode_cti(std::string_view text) {
    boost::system::error_code error;
    const json::value value = json::parse(text, error);
    if (error || !value.is_object()) return fail(ErrorCode::internal, "call event");
    const json::object& object = value.get_object();
    const auto kind = number(object, "kind");
    const auto at = number(object, "at");
    if (!kind || !at) return fail(ErrorCode::internal, "call event");
    CtiEvent event;
    event.kind = static_cast<telephony::CtiKind>(*kind);
    event.occurred_at = ticketing::Instant{std::chrono::milliseconds{*at}};
    event.seq = number(object, "seq");
    if (const auto score = number(object, "score")) event.score = static_cast<int>(*score);
    if (const auto way = number(object, "direction")) {
        event.direction = static_cast<telephony::Direction>(*way);
    }
    for (const Text& field : texts) {
        const json::value* found = object.if_contains(field.key);
        if (found != nullptr && found->is_string()) event.*field.member = found->get_string();
    }
    return event;
}

}  // namespace hotline
