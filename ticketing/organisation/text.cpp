#include "ticketing/json_text.hpp"
#include "ticketing/organisation/entries.hpp"

namespace hotline::ticketing::organisation {
namespace {

std::string padded(std::int64_t number, std::size_t width) {
    std::string digits = std::to_string(number);
    return std::string(digits.size() < width ? width - digits.size() : 0, '0') + digits;
}

template <class Id>
void reference(JsonObject& out, std::string_view key, Id id) {
    if (id) out.number(key, static_cast<std::int64_t>(id.value));
}

void flag(JsonObject& out, std::string_view key, bool value) {
    out.raw(key, value ? "true" : "false");
}

}  // namespace

std::string day_text(sla::LocalDay day) {
    const std::chrono::year_month_day date{day};
    return padded(static_cast<int>(date.year()), 4) + "-" +
           padded(static_cast<unsigned>(date.month()), 2) + "-" +
           padded(static_cast<unsigned>(date.day()), 2);
}

std::string time_text(std::chrono::minutes time) {
    const auto minutes = time.count() % (24 * 60);
    return padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2);
}

std::string text_of(const Unit& unit) {
    JsonObject out;
    flag(out, "active", unit.active);
    out.text("code", unit.code).text("division", unit.division).text("function", unit.function);
    out.text("level", name(unit.level)).text("name", unit.name);
    reference(out, "parent_id", unit.parent);
    return out.str();
}

std::string text_of(const StaffedOfficial& staffed) {
    const Official& official = staffed.official;
    JsonObject out;
    flag(out, "active", official.active);
    out.number("capacity", official.capacity);
    reference(out, "deputy_id", official.deputy);
    out.text("duties", official.duty).text("name", official.name).text("phone", official.phone);
    out.text("staff_no", staffed.staff_no);
    reference(out, "unit_id", official.unit);
    return out.str();
}

std::string text_of(const Leave& leave) {
    JsonObject out;
    flag(out, "active", leave.active);
    out.text("from", day_text(leave.from));
    reference(out, "official_id", leave.official);
    out.text("reason", leave.reason);
    if (leave.to) out.text("to", day_text(*leave.to));
    return out.str();
}

std::string text_of(const Turn& turn) {
    JsonObject out;
    flag(out, "active", turn.active);
    out.text("day", day_text(turn.day)).text("from", time_text(turn.from));
    reference(out, "official_id", turn.official);
    out.text("phone", turn.phone).text("to", time_text(turn.to));
    reference(out, "unit_id", turn.unit);
    return out.str();
}

std::string text_of(const Card& card) {
    JsonObject out;
    flag(out, "active", card.active);
    reference(out, "enterprise_id", card.enterprise);
    reference(out, "official_id", card.official);
    out.text("since", day_text(card.since));
    return out.str();
}

std::string text_of(const Enterprise& firm) {
    JsonObject out;
    flag(out, "active", firm.active);
    out.text("address", firm.address).text("division", firm.division);
    flag(out, "five_above", firm.five_above);
    out.text("industry", firm.industry).text("name", firm.name).text("phone", firm.phone);
    out.number("size", firm.size).text("town", firm.town).text("uscc", firm.uscc);
    out.text("zone", firm.zone);
    return out.str();
}

}  // namespace hotline::ticketing::organisation
