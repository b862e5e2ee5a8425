#include "server/api/directory/json.hpp"

#include "server/api/dto.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/permissions.hpp"
#include "ticketing/uscc.hpp"

#include <fmt/format.h>

#include <set>

namespace hotline::api {
namespace {

using mysql::Listed;
using ticketing::JsonObject;
using ticketing::Verb;
namespace organisation = ticketing::organisation;

constexpr std::size_t most_lines = 500;

void truth(JsonObject& out, std::string_view key, bool value) {
    out.raw(key, value ? "true" : "false");
}

template <class Tag>
void identity(JsonObject& out, std::string_view key, ticketing::Id<Tag> id) {
    if (id) out.number(key, static_cast<std::int64_t>(id.value));
}

// Schema Kept.
template <class Entry>
JsonObject head(const Listed<Entry>& line, bool may_change) {
    const Entry& entry = line.stored.entry;
    JsonObject out;
    out.number("id", static_cast<std::int64_t>(organisation::id_of(entry)));
    truth(out, "active", organisation::in_use(entry));
    out.number("revision", line.stored.revision);
    truth(out, "may_change", may_change);
    return out;
}

bool keeps(const DirectoryViewer& viewer) {
    return may(viewer.actor.role, Verb::directory_keep);
}

std::string lines_json(const std::vector<city::LineProblem>& lines) {
    const auto shown = std::span{lines}.first(std::min(lines.size(), most_lines));
    return ticketing::json_array(shown, [](const city::LineProblem& problem) {
        return JsonObject{}
            .number("line", static_cast<std::int64_t>(problem.line))
            .text("message", problem.reason)
            .str();
    });
}

}  // namespace

std::string kept_json(const Listed<ticketing::Unit>& line, const DirectoryViewer& viewer) {
    const auto& unit = line.stored.entry;
    JsonObject out = head(line, keeps(viewer));
    out.text("code", unit.code).text("name", unit.name);
    identity(out, "parent_id", unit.parent);
    if (unit.parent) out.text("parent_name", line.beside.parent_name);
    out.text("level", ticketing::name(unit.level));
    out.text("division", unit.division).text("function", unit.function);
    out.number("officials", line.beside.officials);
    return out.number("open_tickets", line.beside.open_tickets).str();
}

std::string kept_json(const Listed<mysql::StaffedOfficial>& line, const DirectoryViewer& viewer) {
    const auto& official = line.stored.entry.official;
    const auto at = viewer.loads.find(official.id.value);
    const auto load = at == viewer.loads.end() ? ticketing::Load{} : ticketing::Load{at->second};
    JsonObject out = head(line, keeps(viewer));
    out.text("staff_no", line.stored.entry.staff_no).text("name", official.name);
    identity(out, "unit_id", official.unit);
    out.text("unit_name", line.beside.unit_name).text("phone", official.phone);
    const auto duties = organisation::duty_parts(official.duty);
    out.raw("duties", ticketing::json_array(duties, [](const std::string& duty) {
                return ticketing::json_string(duty);
            }));
    out.number("capacity", official.capacity);
    truth(out, "on_leave", line.beside.on_leave);
    identity(out, "deputy_id", official.deputy);
    if (official.deputy) out.text("deputy_name", line.beside.deputy_name);
    truth(out, "demonstration", line.stored.entry.demonstration);
    out.raw("open_weighted", fmt::format("{:.1f}", load.open_weighted));
    return out.number("overdue", load.overdue).number("cards", line.beside.cards).str();
}

std::string kept_json(const Listed<organisation::Leave>& line, const DirectoryViewer& viewer) {
    const auto& leave = line.stored.entry;
    const bool own = keeps_duty_of(viewer.actor, line.beside.unit, viewer.city.directory) ||
                     keeps_own_duty(viewer.actor, leave.official);
    JsonObject out = head(line, own);
    identity(out, "official_id", leave.official);
    out.text("official_name", line.beside.official_name);
    identity(out, "unit_id", line.beside.unit);
    out.text("unit_name", line.beside.unit_name).text("from", organisation::day_text(leave.from));
    if (leave.to) out.text("to", organisation::day_text(*leave.to));
    // Why somebody is away is for those who keep it.
    out.text("reason", own ? leave.reason : std::string{});
    truth(out, "now", leave.covers(viewer.today));
    return out.str();
}

std::string kept_json(const Listed<ticketing::Turn>& line, const DirectoryViewer& viewer) {
    const auto& turn = line.stored.entry;
    JsonObject out = head(line, keeps_duty_of(viewer.actor, turn.unit, viewer.city.directory));
    identity(out, "unit_id", turn.unit);
    out.text("unit_name", line.beside.unit_name).text("day", organisation::day_text(turn.day));
    const bool whole_day = turn.from.count() == 0 && turn.to == std::chrono::hours{24};
    if (!whole_day) {
        out.text("from", organisation::time_text(turn.from));
        out.text("to", organisation::time_text(turn.to));
    }
    identity(out, "official_id", turn.official);
    return out.text("official_name", line.beside.official_name).text("phone", turn.phone).str();
}

std::string kept_json(const Listed<organisation::Card>& line, const DirectoryViewer& viewer) {
    const auto& card = line.stored.entry;
    JsonObject out = head(line, keeps(viewer));
    identity(out, "enterprise_id", card.enterprise);
    out.text("enterprise_name", line.beside.enterprise_name);
    identity(out, "official_id", card.official);
    out.text("official_name", line.beside.official_name).text("unit_name", line.beside.unit_name);
    return out.text("since", organisation::day_text(card.since)).str();
}

std::string kept_json(const Listed<ticketing::Enterprise>& line, const DirectoryViewer& viewer) {
    const auto& firm = line.stored.entry;
    JsonObject out = head(line, keeps(viewer));
    out.text("uscc", firm.uscc).text("name", firm.name).text("division", firm.division);
    out.text("zone", firm.zone).text("town", firm.town).text("address", firm.address);
    out.text("phone", firm.phone).text("industry", firm.industry).number("size", firm.size);
    truth(out, "five_above", firm.five_above);
    truth(out, "demonstration", firm.demonstration);
    const bool doubtful = !firm.uscc.empty() && ticketing::inspect_uscc(firm.uscc).doubtful();
    const std::string remark = ticketing::json_string(
        viewer.english ? "The check digit of the credit code does not fit; compare the licence."
                       : "统一社会信用代码的校验位不符，请对照营业执照核对。"
    );
    return out.raw("remarks", doubtful ? "[" + remark + "]" : "[]").str();
}

std::string change_json(const mysql::DirectoryChange& change) {
    JsonObject out;
    out.number("id", static_cast<std::int64_t>(change.id)).text("at", to_text(change.at));
    identity(out, "user_id", change.user);
    out.text("user_name", change.user_name).text("deed", ticketing::name(change.deed));
    out.text("kind", ticketing::name(change.kind));
    out.number("entity_id", static_cast<std::int64_t>(change.entity));
    out.text("entity_name", change.entity_name);
    if (!change.before.empty()) out.raw("before", change.before);
    out.raw("after", change.after).text("source", change.source);
    if (!change.note.empty()) out.text("note", change.note);
    return out.str();
}

std::string directory_state_json(const City& city, std::uint64_t stored_version, bool english) {
    const auto& directory = city.directory;
    std::set<std::string> functions;
    for (const auto& duty : directory.duties) functions.insert(duty.function);
    for (const auto& unit : directory.units) {
        if (!unit.function.empty()) functions.insert(unit.function);
    }
    JsonObject out;
    out.number("version", static_cast<std::int64_t>(directory.version));
    out.number("stored_version", static_cast<std::int64_t>(stored_version));
    out.text("day", organisation::day_text(directory.day));
    out.text("in_force_since", to_text(city.since));
    out.raw("faults", ticketing::json_array(city.faults, [english](const auto& found) {
                return JsonObject{}
                    .text("rule", organisation::label(found.fault.rule))
                    .text("kind", ticketing::name(found.kind))
                    .number("entity_id", static_cast<std::int64_t>(found.id))
                    .text("message", sentence(found.fault, english))
                    .str();
            }));
    out.raw("functions", ticketing::json_array(functions, [](const std::string& function) {
                return ticketing::json_string(function);
            }));
    return out.str();
}

std::string import_json(const city::ImportReport& report) {
    JsonObject out;
    const auto count = [&out](std::string_view key, std::size_t value) {
        out.number(key, static_cast<std::int64_t>(value));
    };
    count("rows", report.rows);
    count("added", report.added);
    count("changed", report.changed);
    count("unchanged", report.unchanged);
    truth(out, "applied", report.applied);
    out.raw("problems", lines_json(report.problems)).raw("remarks", lines_json(report.remarks));
    count("problem_count", report.problems.size());
    out.raw("examples", ticketing::json_array(report.examples, [](const std::string& example) {
                return ticketing::json_string(example);
            }));
    return out.str();
}

}  // namespace hotline::api
