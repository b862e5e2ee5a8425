#pragma once

#include "server/api/ticket_json.hpp"
#include "ticketing/json_text.hpp"

namespace hotline::api {

// What a ticket shows of its joint meetings, the milestones they set and its mediations:
// "meetings", "milestones" with what is left of each, "plan_days" and "mediations". Nothing where
// there is none.
void add_plan(
    ticketing::JsonObject& out,
    const ticketing::Ticket& ticket,
    const Viewer& viewer,
    const ticketing::FieldViews& views
);

}  // namespace hotline::api
