#include "integrations/webhooks/event.hpp"

#include "ticketing/json_text.hpp"

#include <algorithm>

namespace hotline::webhooks {

using ticketing::Act;
using ticketing::JsonObject;
using ticketing::State;

namespace {

// By what it led to, where more than one way leads there.
std::optional<Kind> kind_by_state(State from, State to) {
    if (from == to) return std::nullopt;
    switch (to) {
        case State::dispatched:
            return Kind::dispatched;
        case State::closed:
            return Kind::closed;
        case State::declined:
            return Kind::declined;
        case State::merged:
            return Kind::merged;
        case State::withdrawn:
            return Kind::withdrawn;
        default:
            return std::nullopt;
    }
}

std::optional<Kind> kind_by_act(Act act, State to) {
    switch (act) {
        case Act::create:
        case Act::complete:
        case Act::requeue:
            return to == State::draft ? std::nullopt : std::optional(Kind::created);
        case Act::dispatch:
        case Act::designate:
            return Kind::dispatched;
        case Act::sign_for:
        case Act::refuse_return:
            return Kind::signed_for;
        case Act::first_contact:
            return Kind::contacted;
        case Act::return_ticket:
            return Kind::returned;
        case Act::approve_extension:
            return Kind::extended;
        case Act::suspend:
            return Kind::suspended;
        case Act::resume:
            return Kind::resumed;
        case Act::submit_result:
            return Kind::result_submitted;
        case Act::review_pass:
            return Kind::resolved;
        case Act::review_fail:
        case Act::reopen:
            return Kind::redo;
        case Act::callback:
            return to == State::handling || to == State::dispatched ? std::optional(Kind::redo)
                                                                    : std::nullopt;
        case Act::yellow_card:
            return Kind::card_yellow;
        case Act::red_card:
            return Kind::card_red;
        case Act::sign_overdue:
        case Act::clock_overdue:
            return Kind::overdue;
        case Act::escalate:
            return Kind::escalated;
        case Act::urge:
            return Kind::urged;
        default:
            return std::nullopt;
    }
}

}  // namespace

std::optional<Kind> kind_of(Act act, State from, State to) {
    // A redo is one whatever unit it goes to.
    const bool again = act == Act::callback || act == Act::reopen || act == Act::review_fail;
    if (again) {
        if (const auto kind = kind_by_act(act, to); kind && !ticketing::is_final(to)) return kind;
    }
    const bool born = act == Act::create || act == Act::complete || act == Act::requeue;
    if (!born || to == State::closed) {
        if (const auto kind = kind_by_state(from, to)) return kind;
    }
    return kind_by_act(act, to);
}

std::string message_id(std::string_view ticket_no, std::uint32_t seq) {
    return std::string(ticket_no) + "_" + std::to_string(seq);
}

std::string body_of(
    const Step& step,
    const ticketing::Ticket& ticket,
    const ticketing::Directory& directory,
    std::string (*at_text)(ticketing::Instant)
) {
    JsonObject data;
    data.text("ticket_no", ticket.number).number("seq", step.seq);
    data.text("state", name(step.to)).text("type", name(ticket.type));
    data.text("category", ticket.category).text("topic", ticket.topic);
    data.text("urgency", name(ticket.urgency));
    if (const auto* division = directory.division(ticket.division)) {
        data.raw(
            "division", JsonObject().text("code", division->code).text("name", division->name).str()
        );
    }
    if (const auto* unit = directory.unit(ticket.lead_unit)) {
        data.raw("unit", JsonObject().text("code", unit->code).text("name", unit->name).str());
    }
    data.text("accepted_at", at_text(ticket.accepted_at));
    JsonObject out;
    out.text("type", ticketing::name(step.kind)).text("timestamp", at_text(step.at));
    return out.raw("data", data.str()).str();
}

std::string ping_body(std::string_view id, const std::string& at) {
    JsonObject out;
    out.text("type", ticketing::name(Kind::ping)).text("timestamp", at);
    return out.raw("data", JsonObject().text("id", id).str()).str();
}

std::set<Kind> kinds_from(std::string_view list) {
    std::set<Kind> kinds;
    while (!list.empty()) {
        const auto word = list.substr(0, list.find(','));
        list.remove_prefix(std::min(list.size(), word.size() + 1));
        if (const auto kind = ticketing::from_name<Kind>(word)) kinds.insert(*kind);
    }
    return kinds;
}

std::string list_of(const std::set<Kind>& kinds) {
    std::string list;
    for (const Kind kind : kinds) {
        if (!list.empty()) list += ',';
        list += ticketing::name(kind);
    }
    return list;
}

}  // namespace hotline::webhooks
