#include "server/api/plan_json.hpp"

#include "server/api/dto.hpp"
#include "sla/date_text.hpp"
#include "ticketing/masking.hpp"

#include <algorithm>

namespace hotline::api {
namespace {

using ticketing::JsonObject;
using ticketing::Ticket;

// One list of a ticket under construction, as its viewer may see it.
class PlanWriter {
public:
    PlanWriter(const Ticket& ticket, const Viewer& viewer, const ticketing::FieldViews& views)
        : ticket_(ticket), viewer_(viewer), views_(views) {}

    template <class List, class Each>
    std::string list(const List& all, Each each) const {
        std::string items = "[";
        int number = 0;
        for (const auto& one : all) {
            if (number > 0) items += ',';
            items += (this->*each)(one, ++number);
        }
        return items + "]";
    }

    std::string meeting(const ticketing::Meeting& meeting, int number) const {
        JsonObject out;
        out.number("number", number).text("held_on", sla::date_text(meeting.held_on));
        std::string units = "[";
        for (const auto id : meeting.units) {
            if (units.size() > 1) units += ',';
            units += ticketing::json_string(unit_name(id));
        }
        out.raw("unit_names", units + "]").text("conclusion", words(meeting.conclusion));
        out.text("basis", words(meeting.basis)).text("noted_at", to_text(meeting.noted_at));
        return out.str();
    }

    std::string milestone(const ticketing::Milestone& milestone, int number) const {
        JsonObject out;
        out.number("number", number).number("meeting", milestone.meeting);
        out.text("text", words(milestone.text)).text("unit_name", unit_name(milestone.unit));
        out.number("unit_id", static_cast<std::int64_t>(milestone.unit.value));
        out.text("state", name(milestone.state));
        const auto clock = std::ranges::find_if(ticket_.clocks, [&](const sla::Clock& one) {
            return one.kind == sla::ClockKind::milestone && one.generation == number;
        });
        if (clock != ticket_.clocks.end()) {
            out.text("due_at", to_text(clock->due_at)).text("clock", name(clock->state));
            if (is_late(*clock, viewer_.now)) out.raw("late", "true");
        }
        if (milestone.ended_at) out.text("ended_at", to_text(*milestone.ended_at));
        if (!milestone.report.empty()) out.text("report", words(milestone.report));
        const auto& directory = viewer_.city.directory;
        const bool waits = milestone.state == ticketing::MilestoneState::open &&
                           (speaks_for(viewer_.actor, milestone.unit, directory) ||
                            answers_for(viewer_.actor, ticket_, directory));
        if (waits) out.raw("yours", "true");
        return out.str();
    }

    std::string mediation(const ticketing::Mediation& mediation, int) const {
        JsonObject out;
        out.text("level", name(mediation.level)).text("unit_name", unit_name(mediation.unit));
        out.number("round", mediation.round).text("started_at", to_text(mediation.started_at));
        if (mediation.ended_at) out.text("ended_at", to_text(*mediation.ended_at));
        if (mediation.outcome) out.text("outcome", name(*mediation.outcome));
        if (!mediation.words.empty()) out.text("words", words(mediation.words));
        if (!mediation.keeper.empty()) out.text("keeper", words(mediation.keeper));
        if (mediation.keep_by) out.text("keep_by", sla::date_text(*mediation.keep_by));
        return out.str();
    }

private:
    std::string words(const std::string& text) const {
        return views_.free_text == ticketing::View::clear ? text : ticketing::masked_text(text);
    }
    std::string unit_name(ticketing::UnitId id) const {
        const auto* unit = viewer_.city.directory.unit(id);
        return unit ? unit->name : std::string();
    }

    const Ticket& ticket_;
    const Viewer& viewer_;
    const ticketing::FieldViews& views_;
};

}  // namespace

void add_plan(
    JsonObject& out, const Ticket& t, const Viewer& viewer, const ticketing::FieldViews& views
) {
    const PlanWriter writer(t, viewer, views);
    if (!t.meetings.empty()) {
        out.raw("meetings", writer.list(t.meetings, &PlanWriter::meeting));
        out.raw("milestones", writer.list(t.milestones, &PlanWriter::milestone));
    }
    if (t.plan_days > 0) out.number("plan_days", t.plan_days);
    if (!t.mediations.empty()) {
        out.raw("mediations", writer.list(t.mediations, &PlanWriter::mediation));
    }
}

}  // namespace hotline::api
