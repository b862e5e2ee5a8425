#include "server/api/limit_json.hpp"

#include "ticketing/json_text.hpp"

namespace hotline::api {
namespace {

using ticketing::Directory;
using ticketing::JsonObject;

template <class Row>
void who(JsonObject& out, const Row& row, const Directory& directory) {
    if (row.unit.empty()) return;
    out.text("unit_code", row.unit);
    if (const auto* unit = directory.unit_by_code(row.unit)) out.text("unit_name", unit->name);
}

template <class Row>
void grading(JsonObject& out, const Row& row) {
    if (row.urgency) out.text("urgency", name(*row.urgency));
    if (row.complexity) out.text("complexity", name(*row.complexity));
    if (row.type) out.text("type", name(*row.type));
}

std::string row_json(const sla::PolicyRow& row, const Directory& directory) {
    JsonObject out;
    out.text("clock", name(row.kind)).text("round", sla::word_of(row.round));
    grading(out, row);
    if (row.limit) out.raw("limit", limit_json(*row.limit));
    if (row.outside_office) out.raw("outside_office", limit_json(*row.outside_office));
    if (row.warning) {
        out.number("warn_percent", row.warning->percent_left);
        out.number("warn_days", row.warning->working_days_before);
    }
    who(out, row, directory);
    return out.str();
}

std::string row_json(const sla::ExtensionRow& row, const Directory& directory) {
    JsonObject out;
    grading(out, row);
    out.number("count", row.max_count).number("total_days", row.max_total_days);
    who(out, row, directory);
    return out.str();
}

std::string row_json(const sla::EscalationRow& row, const Directory& directory) {
    JsonObject out;
    out.text("clock", name(row.kind)).text("step", name(row.step));
    out.number("days_after", row.working_days_after);
    who(out, row, directory);
    return out.str();
}

}  // namespace

std::string limit_json(sla::Limit limit) {
    return JsonObject().number("amount", limit.amount).text("unit", name(limit.unit)).str();
}

std::string rules_json(const sla::Policy& policy, const Directory& directory) {
    const auto rows = [&](const auto& lines) {
        return ticketing::json_array(lines, [&](const auto& row) {
            return row_json(row, directory);
        });
    };
    JsonObject out;
    out.raw("limits", rows(policy.limits)).raw("extensions", rows(policy.extensions));
    out.raw("escalation", rows(policy.escalation));
    out.number("max_redos", policy.max_redos);
    out.number("extension_cut_off_minutes", policy.extension_cut_off.count());
    out.number("callback_attempts", policy.callback_attempts);
    out.number("callback_days", policy.callback_days);
    out.number("reopen_days", policy.reopen_days).number("archive_days", policy.archive_days);
    return out.str();
}

}  // namespace hotline::api
