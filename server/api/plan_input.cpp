#include "server/api/plan_input.hpp"

#include "ticketing/lifecycle/rules.hpp"
#include "ticketing/text.hpp"

namespace hotline::api {
namespace {

using ticketing::Act;
using ticketing::ActRequest;
using ticketing::UnitId;

constexpr std::size_t most_units = 20;  // at one meeting

std::string words(Fields& fields, std::string_view field, std::size_t max) {
    return ticketing::tidied(fields.text(field, {.min = 0, .max = max}).value_or(""));
}

void read_milestone(Fields& fields, ActRequest& act, const City& city) {
    auto& milestone = act.milestones.emplace_back();
    milestone.text = words(fields, "text", 200);
    milestone.unit = fields.required_id<UnitId>("unit_id");
    if (milestone.unit && !city.directory.unit(milestone.unit)) {
        fields.note("unit_id", ErrorCode::unknown_reference);
    }
    if (!fields.has("due_on")) fields.note("due_on", ErrorCode::missing_field);
    milestone.due_on = fields.day("due_on").value_or(sla::LocalDay{});
    fields.refuse_others();
}

void read_meeting(Fields& fields, ActRequest& act, const City& city) {
    auto& meeting = act.meeting.emplace();
    if (!fields.has("held_on")) fields.note("held_on", ErrorCode::missing_field);
    meeting.held_on = fields.day("held_on").value_or(sla::LocalDay{});
    meeting.units = fields.ids<UnitId>("unit_ids", most_units);
    for (const UnitId unit : meeting.units) {
        if (!city.directory.unit(unit)) fields.note("unit_ids", ErrorCode::unknown_reference);
    }
    meeting.conclusion = words(fields, "conclusion", 1000);
    for (Fields& milestone : fields.objects("milestones", ticketing::rules::milestone_limit)) {
        read_milestone(milestone, act, city);
    }
}

}  // namespace

void read_plan(Fields& fields, ActRequest& act, const City& city) {
    switch (act.act) {
        case Act::plan_hard_case:
            read_meeting(fields, act, city);
            break;
        case Act::meet_milestone:
            act.milestone =
                static_cast<int>(fields.required_integer("milestone", {.min = 1, .max = 99}));
            break;
        case Act::refer_to_mediation:
            act.parties_agree = fields.flag("parties_agree").value_or(false);
            break;
        case Act::conclude_mediation:
            act.mediation_outcome = fields.name<ticketing::MediationOutcome>("mediation_outcome");
            act.keeper = words(fields, "keeper", 60);
            act.keep_by = fields.day("keep_by");
            break;
        default:
            break;
    }
}

}  // namespace hotline::api
