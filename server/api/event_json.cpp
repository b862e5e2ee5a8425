#include "server/api/event_json.hpp"

#include "integrations/crypto/digest.hpp"
#include "server/api/dto.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/masking.hpp"
#include "ticketing/minute_ledger.hpp"

#include <boost/json.hpp>

namespace hotline::api {
namespace {

namespace json = boost::json;
using ticketing::JsonObject;
using ticketing::View;

// What a value of the log means, by the name of its field (ticketing/lifecycle/changes.cpp).
enum class Meaning { plain, unit, official, time };

Meaning meaning_of(std::string_view field) {
    if (field == "unit" || field == "co_units" || field == "co_answered" ||
        field == "complained_unit" || field == "charged_units" || field == "refused_units" ||
        field == "mediator" || field == "return_unit")
        return Meaning::unit;
    if (field == "official") return Meaning::official;
    return field.starts_with("due_") || field.ends_with("_at") ? Meaning::time : Meaning::plain;
}

class Reader {
public:
    Reader(const ticketing::Directory& directory, bool masked)
        : directory_(directory), masked_(masked) {}

    void translate(json::value& value, Meaning meaning) const {
        if (auto* list = value.if_array()) {
            for (json::value& entry : *list) translate(entry, meaning);
        } else if (auto* text = value.if_string()) {
            if (masked_) *text = ticketing::masked_text(*text);
        } else if (value.is_int64() && meaning != Meaning::plain) {
            translate_number(value, meaning);
        }
    }

    std::string text(std::string_view text) const {
        return masked_ ? ticketing::masked_text(text) : std::string(text);
    }

    // "{}" for a text that is not what the log holds.
    std::string changes(const std::string& text) const {
        boost::system::error_code error;
        json::value root = json::parse(text, error);
        auto* object = error ? nullptr : root.if_object();
        if (object == nullptr) return "{}";
        // Texts for machines; the reason says it, and the ticket shows them.
        for (const auto* packed : {"plan", "mediations", "callback_attempts", "partner"}) {
            object->erase(packed);
        }
        for (auto& entry : *object) translate(entry.value(), meaning_of(entry.key()));
        return json::serialize(root);
    }

private:
    void translate_number(json::value& value, Meaning meaning) const {
        const std::int64_t number = value.get_int64();
        const auto id = static_cast<std::uint64_t>(number);
        if (meaning == Meaning::time) {
            value = to_text(ticketing::Instant{std::chrono::milliseconds{number}});
        } else if (const auto* unit = directory_.unit({id}); unit && meaning == Meaning::unit) {
            value = unit->name;
        } else if (const auto* official = directory_.official({id});
                   official && meaning == Meaning::official) {
            value = official->name;
        }
    }

    const ticketing::Directory& directory_;
    bool masked_;
};

std::string event_json(
    const ticketing::Event& event, const ticketing::Directory& directory, const Reader& reader
) {
    JsonObject out;
    out.number("seq", event.seq).text("act", name(event.act)).text("at", to_text(event.at));
    out.text("role", name(event.role)).text("actor_name", event.actor_name);
    if (const auto* unit = directory.unit(event.unit)) out.text("unit_name", unit->name);
    out.text("from", name(event.from)).text("to", name(event.to));
    if (!event.reason.empty()) out.text("reason", reader.text(event.reason));
    out.raw("changes", reader.changes(event.changes));
    if (event.internal) out.raw("internal", "true");
    out.text("hash", crypto::hex(event.hash));
    return out.str();
}

// Whole seconds that add up to those of the life: each line ends where rounding down leaves it.
std::string ledger_json(
    const ticketing::MinuteLedger& ledger, const ticketing::Directory& directory
) {
    using std::chrono::floor;
    using std::chrono::seconds;
    std::string lines = "[";
    std::chrono::milliseconds reached{};
    for (const auto& line : ledger.lines) {
        const auto share = floor<seconds>(reached + line.time) - floor<seconds>(reached);
        reached += line.time;
        JsonObject out;
        out.text("party", name(line.party));
        if (const auto* unit = directory.unit(line.unit)) {
            out.number("unit_id", static_cast<std::int64_t>(line.unit.value));
            out.text("unit_name", unit->name);
        }
        if (lines.size() > 1) lines += ',';
        lines += out.number("seconds", share.count()).str();
    }
    return JsonObject{}
        .number("life_seconds", floor<seconds>(ledger.life).count())
        .raw("lines", lines + "]")
        .str();
}

}  // namespace

std::string events_json(
    const std::vector<ticketing::Event>& events,
    const ticketing::Ticket& ticket,
    const Viewer& viewer
) {
    const auto views = views_of(viewer.actor, ticket, viewer.scope);
    const bool internal = may(viewer.actor.role, ticketing::Verb::internal_events);
    const Reader reader(viewer.city.directory, views.free_text != View::clear);
    std::string items = "{\"items\":[";
    bool first = true;
    for (const auto& event : events) {
        if (event.internal && !internal) continue;
        if (!first) items += ',';
        first = false;
        items += event_json(event, viewer.city.directory, reader);
    }
    items += ']';
    const auto ledger = ticketing::minute_ledger(events, viewer.city.at(viewer.now));
    if (ledger) items += ",\"ledger\":" + ledger_json(*ledger, viewer.city.directory);
    return items + '}';
}

}  // namespace hotline::api
