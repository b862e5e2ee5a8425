#include "ticketing/notices/before.hpp"

#include "ticketing/change_text.hpp"

#include <charconv>

namespace hotline::ticketing::notices {
namespace {

template <class Tag>
Id<Tag> id_in(std::string_view json) {
    return {static_cast<std::uint64_t>(number_value(json).value_or(0))};
}

void add_ids(std::vector<UnitId>& units, std::string_view json) {
    const char* at = json.data();
    const char* const end = at + json.size();
    while (at != end) {
        std::uint64_t value = 0;
        const auto read = std::from_chars(at, end, value);
        if (read.ec == std::errc{}) {
            units.push_back({value});
            at = read.ptr;
        } else {
            ++at;
        }
    }
}

}  // namespace

Moved moved_by(const Event& event) {
    Moved moved;
    const auto changes = read_changes(event.changes);
    if (!changes) return moved;
    for (const Change& change : *changes) {
        if (change.field == "official") {
            moved.official = true;
            moved.official_before = id_in<OfficialTag>(change.before);
        } else if (change.field == "unit") {
            moved.unit = true;
            moved.unit_before = id_in<UnitTag>(change.before);
        } else if (change.field == "urgency") {
            moved.urgency = true;
        } else if (change.field == "co_units" || change.field == "charged_units") {
            moved.helpers = true;
            add_ids(moved.helpers_before, change.before);
        } else if (change.field == "partner") {
            moved.partner = text_value(change.after).value_or("");
        }
    }
    return moved;
}

Ticket before(const Ticket& ticket, const Moved& moved) {
    Ticket was;
    was.lead_unit = moved.unit ? moved.unit_before : ticket.lead_unit;
    was.official = moved.official ? moved.official_before : ticket.official;
    was.co_units = ticket.co_units;
    was.charged_units = ticket.charged_units;
    was.case_owner = ticket.case_owner;
    was.visiting_official = ticket.visiting_official;
    was.created_by = ticket.created_by;
    was.division = ticket.division;
    was.complained_unit = ticket.complained_unit;
    return was;
}

}  // namespace hotline::ticketing::notices
