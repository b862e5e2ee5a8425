#include "server/api/enterprise_json.hpp"

#include "ticketing/json_text.hpp"
#include "ticketing/masking.hpp"

#include <algorithm>

namespace hotline::api {
namespace {

using ticketing::JsonObject;

void text(JsonObject& out, std::string_view key, std::string_view value) {
    if (!value.empty()) out.text(key, value);
}

const std::vector<ticketing::OfficialId>& cards_of(
    const ticketing::Enterprise& enterprise, const ticketing::Directory& directory
) {
    static const std::vector<ticketing::OfficialId> none;
    const auto found = directory.cards.find(enterprise.id.value);
    return found == directory.cards.end() ? none : found->second;
}

std::string officials_json(
    const std::vector<ticketing::OfficialId>& cards, const ticketing::Directory& directory
) {
    std::string items = "[";
    for (const auto id : cards) {
        const auto* official = directory.official(id);
        if (official == nullptr || !official->active) continue;
        if (items.size() > 1) items += ',';
        JsonObject person;
        person.number("id", static_cast<std::int64_t>(id.value)).text("name", official->name);
        if (const auto* unit = directory.unit(official->unit)) person.text("unit_name", unit->name);
        items += person.str();
    }
    return items + "]";
}

}  // namespace

std::string enterprise_json(
    const ticketing::Enterprise& enterprise,
    const ticketing::Actor& actor,
    const ticketing::Directory& directory,
    std::optional<std::int64_t> open_tickets
) {
    const auto& cards = cards_of(enterprise, directory);
    const bool own = actor.official && std::ranges::find(cards, actor.official) != cards.end();
    JsonObject out;
    out.number("id", static_cast<std::int64_t>(enterprise.id.value)).text("name", enterprise.name);
    text(out, "uscc", own ? enterprise.uscc : ticketing::masked_uscc(enterprise.uscc));
    text(out, "division", enterprise.division);
    if (const auto* division = directory.division(enterprise.division)) {
        text(out, "division_name", division->name);
    }
    text(out, "zone", enterprise.zone);
    text(out, "address", enterprise.address);
    text(out, "phone", own ? enterprise.phone : ticketing::masked_phone(enterprise.phone));
    text(out, "industry", enterprise.industry);
    out.number("size", enterprise.size);
    out.raw("five_above", enterprise.five_above ? "true" : "false");
    if (enterprise.demonstration) out.raw("demonstration", "true");
    out.raw("officials", officials_json(cards, directory));
    if (open_tickets) out.number("open_tickets", *open_tickets);
    return out.str();
}

}  // namespace hotline::api
