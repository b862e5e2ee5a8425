#include "server/api/effect_json.hpp"

#include "server/api/dto.hpp"
#include "server/api/limit_json.hpp"
#include "ticketing/json_text.hpp"

namespace hotline::api {
namespace {

using ticketing::Directory;
using ticketing::DueShift;
using ticketing::JsonObject;
using ticketing::UnitId;

std::string_view name_of(DueShift::Fate fate) {
    switch (fate) {
        case DueShift::Fate::moves:
            return "moves";
        case DueShift::Fate::settles:
            return "settles";
        case DueShift::Fate::stays:
            break;
    }
    return "stays";
}

void unit(JsonObject& out, UnitId id, const Directory& directory) {
    const auto* found = directory.unit(id);
    if (found == nullptr) return;
    out.number("unit_id", static_cast<std::int64_t>(id.value)).text("unit_name", found->name);
}

std::string due_json(const sla::Clock& clock) {
    JsonObject out;
    out.text("due_at", to_text(clock.due_at)).raw("limit", limit_json(clock.limit));
    return out.str();
}

std::string change_json(const actions::DueChange& change, const Directory& directory) {
    JsonObject out;
    out.text("ticket_no", change.ticket_no);
    unit(out, change.unit, directory);
    out.text("clock", name(change.shift.before.kind)).text("fate", name_of(change.shift.fate));
    out.raw("before", due_json(change.shift.before)).raw("after", due_json(change.shift.after));
    return out.str();
}

std::int64_t count(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

}  // namespace

std::string effect_json(const actions::RecomputeEffect& effect, const Directory& directory) {
    JsonObject out;
    out.number("looked_at", count(effect.looked_at)).number("tickets", count(effect.tickets));
    out.number("earlier", count(effect.earlier)).number("later", count(effect.later));
    out.number("settled", count(effect.settled)).number("stayed", count(effect.stayed));
    out.raw("by_unit", ticketing::json_array(effect.by_unit, [&](const auto& entry) {
                JsonObject line;
                unit(line, entry.first, directory);
                return line.number("tickets", count(entry.second)).str();
            }));
    out.raw("changes", ticketing::json_array(effect.largest, [&](const auto& change) {
                return change_json(change, directory);
            }));
    return out.str();
}

std::string enacted_json(const actions::Enacted& done) {
    JsonObject out;
    out.number("version", done.version);
    if (done.job) out.number("job_id", count(*done.job));
    return out.str();
}

std::string job_json(const mysql::RecomputeJob& job) {
    JsonObject out;
    out.number("id", count(job.id)).text("asked_by_name", job.asked_by_name);
    out.text("asked_at", to_text(job.asked_at)).text("reason", job.reason);
    out.text("limits", job.keep_limits ? "kept" : "by_policy");
    out.number("total", count(job.total)).number("looked_at", count(job.looked_at));
    out.number("moved", count(job.moved)).number("stayed", count(job.stayed));
    if (job.finished_at) out.text("finished_at", to_text(*job.finished_at));
    return out.str();
}

}  // namespace hotline::api
