#include "server/actions/ticket_content.hpp"

namespace hotline::actions {

using ticketing::Appeal;
using ticketing::Enterprise;
using ticketing::Ticket;

void take_over(Ticket& ticket, const Appeal& appeal, const Enterprise* firm) {
    ticket.call_id = appeal.call_id;
    ticket.created_by = appeal.created_by;
    ticket.visiting_official = appeal.visiting_official;
    ticket.appellant = appeal.appellant;
    ticket.enterprise_name = firm ? firm->name : appeal.enterprise_name;
    ticket.uscc = firm ? firm->uscc : appeal.uscc;
    if (firm) ticket.enterprise = firm->id;
    ticket.title = appeal.title;
    ticket.content = appeal.content;
    ticket.place = appeal.place;
    ticket.wanted = appeal.wanted;
    ticket.town = appeal.town;
    ticket.amount_fen = appeal.amount_fen;
}

void grade(Ticket& ticket, Appeal& appeal, const ticketing::Cues& cues, const Enterprise* firm) {
    apply(cues, appeal);
    if (appeal.division.empty() && firm != nullptr) {
        appeal.division = firm->zone.empty() ? firm->division : firm->zone;
    }
    ticket.type = appeal.type.value_or(cues.type);
    ticket.urgency = appeal.urgency.value_or(cues.urgency);
    ticket.topic = appeal.topic;
    ticket.division = appeal.division;
    ticket.town = appeal.town;
    ticket.place = appeal.place;
    ticket.amount_fen = appeal.amount_fen;
    ticket.appellant.confidential = appeal.appellant.confidential;
    ticket.risk_flags = cues.risk_flags;
    ticket.complained_unit = cues.complained_unit;
}

}  // namespace hotline::actions
