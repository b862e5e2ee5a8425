#include "server/api/directory/input.hpp"

#include "server/api/dto.hpp"
#include "server/calendar/local_text.hpp"
#include "ticketing/intake.hpp"
#include "ticketing/text.hpp"
#include "ticketing/uscc.hpp"

namespace hotline::api {
namespace {

using http::Request;
using mysql::StaffedOfficial;
using ticketing::Enterprise;
using ticketing::Turn;
using ticketing::Unit;
using ticketing::organisation::Card;
using ticketing::organisation::Leave;

std::string tidy_text(Fields& fields, std::string_view field, std::size_t max) {
    return ticketing::tidied(fields.text(field, {.max = max}).value_or(""));
}

// I3: as dialled from Weinan.
std::string phone_of(Fields& fields, std::string_view field) {
    const std::string typed = tidy_text(fields, field, 40);
    if (typed.empty()) return {};
    std::string phone = ticketing::normalised_phone(typed);
    if (phone.empty()) fields.note(field, ErrorCode::invalid_format, "phone");
    return phone;
}

std::function<void(Unit&)> read_form(Fields& fields, const boost::json::object&, Unit unit) {
    unit.code = tidy_text(fields, "code", 60);
    unit.name = ticketing::tidied(fields.required_text("name", {.max = 80}));
    unit.parent = fields.id<ticketing::UnitId>("parent_id");
    unit.level = fields.required_name<ticketing::UnitLevel>("level", ticketing::UnitLevel::city);
    unit.division = ticketing::tidied(fields.required_text("division", {.max = 12}));
    unit.function = tidy_text(fields, "function", 40);
    return [unit](Unit& entry) {
        Unit wanted = unit;
        wanted.id = entry.id;
        wanted.active = entry.active;
        if (wanted.code.empty()) wanted.code = entry.code;
        entry = std::move(wanted);
    };
}

// "duties" as the list the table keeps.
std::string duties_of(Fields& fields, const boost::json::object& object) {
    std::string duties;
    if (!fields.has("duties")) return duties;
    const auto* list = object.at("duties").if_array();
    bool sound = list != nullptr && list->size() <= 20;
    for (std::size_t i = 0; sound && i < list->size(); ++i) {
        const auto* duty = (*list)[i].if_string();
        sound = duty != nullptr;
        if (!sound) break;
        const std::string part = ticketing::tidied({duty->data(), duty->size()});
        duties += (duties.empty() ? "" : ",") + part;
    }
    if (!sound) fields.note("duties", ErrorCode::wrong_type);
    return duties;
}

std::function<void(StaffedOfficial&)> read_form(
    Fields& fields, const boost::json::object& object, StaffedOfficial staffed
) {
    auto& official = staffed.official;
    staffed.staff_no = tidy_text(fields, "staff_no", 40);
    official.name = ticketing::tidied(fields.required_text("name", {.max = 60}));
    official.unit = fields.required_id<ticketing::UnitId>("unit_id");
    official.phone = phone_of(fields, "phone");
    official.duty = duties_of(fields, object);
    // What is out of bounds the rule tells (O11).
    official.capacity = static_cast<int>(
        fields.integer("capacity", {.min = -1000, .max = 100'000}).value_or(official.capacity)
    );
    official.deputy = fields.id<ticketing::OfficialId>("deputy_id");
    return [staffed](StaffedOfficial& entry) {
        StaffedOfficial wanted = staffed;
        wanted.official.id = entry.official.id;
        wanted.official.active = entry.official.active;
        if (wanted.staff_no.empty()) wanted.staff_no = entry.staff_no;
        entry = std::move(wanted);
    };
}

std::function<void(Leave&)> read_form(Fields& fields, const boost::json::object&, Leave leave) {
    leave.official = fields.required_id<ticketing::OfficialId>("official_id");
    if (!fields.has("from")) fields.note("from", ErrorCode::missing_field);
    leave.from = fields.day("from").value_or(sla::LocalDay{});
    leave.to = fields.day("to");
    leave.reason = tidy_text(fields, "reason", 100);
    return [leave](Leave& entry) {
        Leave wanted = leave;
        wanted.id = entry.id;
        wanted.active = entry.active;
        entry = std::move(wanted);
    };
}

// Both times or neither; an end that is not after the beginning lies on the next day.
void read_times(Fields& fields, Turn& turn) {
    constexpr std::chrono::minutes day{24 * 60};
    const auto time = [&](std::string_view field) {
        const auto typed = fields.text(field, {.max = 5});
        const auto read = typed ? calendar::time_of_day_of(*typed) : std::nullopt;
        if (typed && !read) fields.note(field, ErrorCode::invalid_format, "18:00");
        return read;
    };
    const bool from_given = fields.has("from"), to_given = fields.has("to");
    const auto from = time("from"), to = time("to");
    if (from_given && !to_given) fields.note("to", ErrorCode::missing_field);
    if (to_given && !from_given) fields.note("from", ErrorCode::missing_field);
    if (!from || !to) return;
    turn.from = *from;
    turn.to = *to > *from ? *to : *to + day;
}

std::function<void(Turn&)> read_form(Fields& fields, const boost::json::object&, Turn turn) {
    turn.unit = fields.required_id<ticketing::UnitId>("unit_id");
    if (!fields.has("day")) fields.note("day", ErrorCode::missing_field);
    turn.day = fields.day("day").value_or(sla::LocalDay{});
    read_times(fields, turn);
    turn.official = fields.required_id<ticketing::OfficialId>("official_id");
    turn.phone = phone_of(fields, "phone");
    return [turn](Turn& entry) {
        Turn wanted = turn;
        wanted.id = entry.id;
        wanted.active = entry.active;
        entry = std::move(wanted);
    };
}

std::function<void(Card&)> read_form(Fields& fields, const boost::json::object&, Card card) {
    card.enterprise = fields.required_id<ticketing::EnterpriseId>("enterprise_id");
    card.official = fields.required_id<ticketing::OfficialId>("official_id");
    const auto since = fields.day("since");
    return [card, since](Card& entry) {
        Card wanted = card;  // since: today
        wanted.id = entry.id;
        wanted.active = entry.active;
        if (entry.id) wanted.since = entry.since;
        if (since) wanted.since = *since;
        entry = std::move(wanted);
    };
}

std::function<void(Enterprise&)> read_form(
    Fields& fields, const boost::json::object&, Enterprise firm
) {
    firm.uscc = ticketing::normalise_uscc(fields.text("uscc", {.max = 40}).value_or(""));
    firm.name = ticketing::tidied(fields.required_text("name", {.max = 160}));
    firm.division = ticketing::tidied(fields.required_text("division", {.max = 12}));
    firm.zone = tidy_text(fields, "zone", 12);
    firm.town = tidy_text(fields, "town", 12);
    firm.address = tidy_text(fields, "address", 200);
    firm.phone = phone_of(fields, "phone");
    firm.industry = tidy_text(fields, "industry", 1);
    firm.size = static_cast<int>(fields.integer("size", {.min = 0, .max = 100}).value_or(1));
    firm.five_above = fields.flag("five_above").value_or(false);
    return [firm](Enterprise& entry) {
        Enterprise wanted = firm;
        wanted.id = entry.id;
        wanted.active = entry.active;
        entry = std::move(wanted);
    };
}

Card blank(const Card&, sla::LocalDay today) {
    return {.since = today};
}
template <class Entry>
Entry blank(const Entry& entry, sla::LocalDay) {
    return entry;
}

}  // namespace

template <class Entry>
Result<EntryForm<Entry>> read_entry_form(const Request& request, sla::LocalDay today) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    EntryForm<Entry> form;
    form.note = tidy_text(fields, "note", 200);
    form.apply = read_form(fields, *object, blank(Entry{}, today));
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return form;
}

template Result<EntryForm<Unit>> read_entry_form(const Request&, sla::LocalDay);
template Result<EntryForm<StaffedOfficial>> read_entry_form(const Request&, sla::LocalDay);
template Result<EntryForm<Leave>> read_entry_form(const Request&, sla::LocalDay);
template Result<EntryForm<Turn>> read_entry_form(const Request&, sla::LocalDay);
template Result<EntryForm<Card>> read_entry_form(const Request&, sla::LocalDay);
template Result<EntryForm<Enterprise>> read_entry_form(const Request&, sla::LocalDay);

Result<ActivationForm> read_activation(const Request& request) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    ActivationForm form;
    form.successor = fields.id<ticketing::OfficialId>("successor_id");
    form.note = tidy_text(fields, "note", 200);
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return form;
}

}  // namespace hotline::api
