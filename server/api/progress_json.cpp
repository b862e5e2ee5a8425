#include "server/api/progress_json.hpp"

#include "server/api/attachment_json.hpp"
#include "server/api/dto.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/lifecycle/decide.hpp"
#include "ticketing/permissions.hpp"
#include "ticketing/reasons.hpp"

#include <algorithm>

namespace hotline::api {
namespace {

using ticketing::Act;
using ticketing::JsonObject;
using ticketing::State;
using ticketing::Ticket;

struct Words {
    std::string_view zh;
    std::string_view en;

    std::string_view in(bool english) const { return english ? en : zh; }
};

Words words_for(State state) {
    switch (state) {
        case State::draft:
            return {"正在登记", "Being taken down"};
        case State::accepted:
            return {"已受理，正在派给承办单位", "Accepted; being sent to the unit in charge"};
        case State::dispatched:
            return {"已派单，等待承办单位签收", "Sent; waiting for the unit to sign for it"};
        case State::handling:
            return {"承办单位正在办理", "The unit in charge is working on it"};
        case State::return_pending:
            return {"正在核定承办单位", "The unit in charge is being confirmed"};
        case State::suspended:
            return {"因客观原因暂缓办理", "Paused for an objective reason"};
        case State::submitted:
            return {"已有办理结果，正在审核", "There is a result; it is being reviewed"};
        case State::callback:
            return {"已有办理结果，请您评价", "There is a result; please rate it"};
        case State::closed:
            return {"已办结", "Closed"};
        case State::archived:
            return {"已归档", "Archived"};
        case State::declined:
            return {"不予受理", "Not accepted"};
        case State::merged:
            return {"已与您的另一件诉求合并办理", "Handled together with another appeal of yours"};
        case State::withdrawn:
            return {"已撤回", "Withdrawn"};
    }
    return {};
}

// What the appellant is told of a step; empty = the step is not for him.
Words words_for(Act act) {
    switch (act) {
        case Act::create:
            return {"诉求已受理", "Appeal accepted"};
        case Act::complete:
        case Act::requeue:
            return {"诉求内容已补充", "The appeal was completed"};
        case Act::decline:
            return {"不予受理", "Not accepted"};
        case Act::close_on_call:
            return {"已当场答复", "Answered at once"};
        case Act::merge:
            return {"与另一件诉求合并办理", "Merged with another appeal"};
        case Act::dispatch:
        case Act::designate:
            return {"已派给承办单位", "Sent to the unit in charge"};
        case Act::sign_for:
            return {"承办单位已签收", "The unit has signed for it"};
        case Act::return_ticket:
            return {"正在核定承办单位", "The unit in charge is being confirmed"};
        case Act::approve_return:
            return {"重新确定承办单位", "Another unit is being found"};
        case Act::refuse_return:
            return {"承办单位继续办理", "The unit goes on handling it"};
        case Act::first_contact:
            return {"工作人员已与您联系", "An official has contacted you"};
        case Act::add_co_unit:
            return {"已请其他单位协助办理", "Another unit was asked to help"};
        case Act::approve_extension:
            return {"办理期限已延长", "The time limit was extended"};
        case Act::suspend:
            return {"因客观原因暂缓办理", "Paused for an objective reason"};
        case Act::resume:
            return {"恢复办理", "Work goes on"};
        case Act::unmerge:
            return {"恢复单独办理", "Handled on its own again"};
        case Act::submit_result:
            return {"承办单位已提交办理结果", "The unit has submitted its result"};
        case Act::review_fail:
            return {"审核后退回重新办理", "Sent back for further work after review"};
        case Act::review_pass:
            return {"办理结果已审核通过，请您评价", "The result passed review; please rate it"};
        case Act::callback:
            return {"已记录您的评价", "Your rating was recorded"};
        case Act::reopen:
            return {"重新办理", "Reopened"};
        case Act::withdraw:
            return {"已撤回诉求", "Withdrawn"};
        case Act::urge:
            return {"已催办", "Urged"};
        case Act::attach:
            return {"已补充材料", "A file was added"};
        default:
            return {};
    }
}

std::string timeline(const std::vector<ticketing::Event>& events, bool english) {
    std::string items = "[";
    for (const ticketing::Event& event : events) {
        const std::string_view text = words_for(event.act).in(english);
        if (event.internal || text.empty()) continue;
        if (items.size() > 1) items += ',';
        items += JsonObject().text("at", to_text(event.at)).text("text", text).str();
    }
    return items + "]";
}

void add_result(JsonObject& out, const Ticket& ticket, bool english) {
    if (result_is_public(ticket.state) && !ticket.result_text.empty()) {
        out.text("result_text", ticket.result_text);
        if (ticket.outcome) out.text("outcome", name(*ticket.outcome));
    }
    if (const auto* reason = find_reason(ticketing::decline_reasons, ticket.decline_reason)) {
        out.text("decline_reason", reason->code);
        out.text("decline_reason_text", english ? reason->en : reason->zh);
    }
    if (!ticket.survey) return;
    JsonObject survey;
    survey.text("solved", name(ticket.survey->solved));
    survey.text("satisfaction", name(ticket.survey->satisfaction));
    if (!ticket.survey->reason.empty()) survey.text("reason", ticket.survey->reason);
    survey.text("at", to_text(ticket.survey->at));
    out.raw("survey", survey.str());
}

std::optional<ticketing::Instant> due(const Ticket& ticket) {
    const sla::Clock* found = nullptr;
    for (const sla::Clock& clock : ticket.clocks) {
        if (clock.kind == sla::ClockKind::handle && sla::is_open(clock)) found = &clock;
    }
    return found ? std::optional(found->due_at) : std::nullopt;
}

}  // namespace

std::string_view state_text(const Ticket& ticket, bool english) {
    return words_for(ticket.state).in(english);
}

std::string progress_json(
    const Ticket& ticket,
    const std::vector<ticketing::Event>& events,
    const std::vector<mysql::Attachment>& files,
    const City& city,
    ticketing::Instant now,
    bool english
) {
    const ticketing::Actor appellant{.role = ticketing::Role::enterprise};
    const auto acts = ticketing::allowed_acts(ticket, appellant, city.at(now));
    const auto can = [&](Act act) { return std::ranges::find(acts, act) != acts.end(); };
    JsonObject out;
    out.text("ticket_no", ticket.number).text("state", name(ticket.state));
    out.text("state_text", state_text(ticket, english)).text("title", ticket.title);
    out.text("accepted_at", to_text(ticket.accepted_at));
    if (const auto at = due(ticket)) out.text("due_at", to_text(*at));
    if (const auto* unit = city.directory.unit(ticket.lead_unit)) out.text("unit_name", unit->name);
    add_result(out, ticket, english);
    out.raw("can_rate", can(Act::callback) ? "true" : "false");
    out.raw("can_withdraw", can(Act::withdraw) ? "true" : "false");
    out.raw("can_urge", can(Act::urge) ? "true" : "false");
    out.raw("can_attach", can(Act::attach) ? "true" : "false");
    out.raw("attachments", own_attachments_json(files, ticket));
    out.raw("timeline", timeline(events, english));
    return out.str();
}

}  // namespace hotline::api
