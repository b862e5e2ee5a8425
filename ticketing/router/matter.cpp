#include "ticketing/router/matter.hpp"

#include "ticketing/text_models.hpp"

namespace hotline::ticketing {
namespace {

void take_cues(const Cues& cues, Matter& matter) {
    if (cues.second_topic != matter.topic) matter.second_topic = cues.second_topic;
    matter.tangled = cues.tangled;
    matter.emergency = cues.emergency;
    matter.clarify = cues.clarify;
    matter.decline = cues.decline;
    matter.asked_unit = cues.asked_unit;
    for (const LearnedHint& hint : cues.learned) {
        if (hint.field == function_model && hint.taken) matter.power = &hint;
    }
}

}  // namespace

Matter matter_of(const Appeal& appeal, const Cues& cues) {
    Matter matter;
    matter.type = appeal.type.value_or(cues.type);
    matter.urgency = appeal.urgency.value_or(cues.urgency);
    matter.topic = appeal.topic.empty() ? std::string_view{cues.topic} : appeal.topic;
    matter.division = appeal.division.empty() ? std::string_view{cues.division} : appeal.division;
    matter.title = appeal.title;
    matter.content = appeal.content;
    matter.complained_unit = cues.complained_unit;
    matter.visiting_official = appeal.visiting_official;
    take_cues(cues, matter);
    return matter;
}

Matter matter_of(const Ticket& ticket, const Cues& cues) {
    Matter matter;
    matter.type = ticket.type;
    matter.urgency = ticket.urgency;
    matter.topic = ticket.topic;
    matter.division = ticket.division;
    matter.title = ticket.title;
    matter.content = ticket.content;
    matter.complained_unit = ticket.complained_unit;
    matter.visiting_official = ticket.visiting_official;
    matter.refused_units = ticket.refused_units;
    matter.return_count = ticket.return_count;
    take_cues(cues, matter);
    return matter;
}

}  // namespace hotline::ticketing
