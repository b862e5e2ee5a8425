#include "server/api/progress_json.hpp"

#include "server/api/attachment_json.hpp"
#include "server/api/dto.hpp"
#include "server/api/whose_move.hpp"
#include "ticketing/change_text.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/lifecycle/decide.hpp"
#include "ticketing/lifecycle/urging.hpp"
#include "ticketing/permissions.hpp"
#include "ticketing/plan_text.hpp"
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
        case State::mediating:
            return {
                "正在由调解组织调解，办理时限暂停",
                "Mediators are working on it with both sides; the time limit stands still"
            };
    }
    return {};
}

// What the appellant is told of a step; empty = the step is not for him.
Words words_for(Act act) {
    switch (act) {
        case Act::create:
            return {"诉求已收到", "Appeal received"};
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
        case Act::recompute:
            return {"办理期限已按新的规定调整", "The time limit follows a new rule"};
        case Act::suspend:
            return {"因客观原因暂缓办理", "Paused for an objective reason"};
        case Act::resume:
            return {"恢复办理", "Work goes on"};
        case Act::unmerge:
            return {"恢复单独办理", "Handled on its own again"};
        case Act::plan_hard_case:
            return {
                "已召开联席会议，正按计划办理",
                "The units met and agreed on a plan; they work on it"
            };
        case Act::meet_milestone:
            return {"计划中的一项工作已完成", "One step of the plan is done"};
        case Act::refer_to_mediation:
            return {"已转请调解组织调解", "Mediators were asked to help both sides settle it"};
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
        case Act::note:
            return {"您补充了说明", "You added information"};
        default:
            return {};
    }
}

// Where the same act may come to different things.
Words words_for(const ticketing::Event& event) {
    const auto changes = ticketing::read_changes(event.changes);
    const auto changed = [&](std::string_view field) -> const ticketing::Change* {
        if (!changes) return nullptr;
        const auto found = std::ranges::find(*changes, field, &ticketing::Change::field);
        return found == changes->end() ? nullptr : &*found;
    };
    if (event.act == Act::callback && event.to == State::handling) {
        if (changed("unit")) {
            return {
                "已记录您的评价，由上一级单位重新办理",
                "Your rating was recorded; the next higher unit handles it again"
            };
        }
        return {"已记录您的评价，重新办理", "Your rating was recorded; it is handled again"};
    }
    if (event.act != Act::conclude_mediation) return words_for(event.act);
    const auto* told = changed("mediations");
    const auto text = told ? ticketing::text_value(told->after) : std::nullopt;
    const auto mediations = ticketing::mediations_from(text.value_or(""));
    const bool known = mediations && !mediations->empty();
    const auto outcome = known ? mediations->back().outcome : std::nullopt;
    if (outcome == ticketing::MediationOutcome::agreed) {
        return {"调解达成协议，承办单位正在落实", "Both sides agreed; the unit sees to it"};
    }
    if (outcome == ticketing::MediationOutcome::declined) {
        return {
            "有一方不愿调解，承办单位继续办理", "One side did not want mediation; the unit goes on"
        };
    }
    return {"调解未达成协议，承办单位继续办理", "No agreement was reached; the unit goes on"};
}

// A new rule comes with its reason, which is written for everybody (S43).
std::string told(const ticketing::Event& event, bool english) {
    std::string text{words_for(event).in(english)};
    if (event.act != Act::recompute || event.reason.empty()) return text;
    return text + (english ? ": " : "：") + event.reason;
}

std::string timeline(const std::vector<ticketing::Event>& events, bool english) {
    std::string items = "[";
    for (const ticketing::Event& event : events) {
        const std::string text = told(event, english);
        if (event.internal || text.empty()) continue;
        if (items.size() > 1) items += ',';
        JsonObject item;
        item.text("at", to_text(event.at)).text("text", text);
        // His own words; T41 is his alone.
        if (event.act == Act::note) item.text("words", event.reason);
        items += item.str();
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
        // Parked or mediated it is promised for no day.
        const bool runs = sla::is_open(clock) && clock.state != sla::ClockState::paused;
        if (clock.kind == sla::ClockKind::handle && runs) found = &clock;
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
    out.raw("move", move_json(ticket, city, now, english));
    add_result(out, ticket, english);
    out.raw("can_rate", can(Act::callback) ? "true" : "false");
    out.raw("can_withdraw", can(Act::withdraw) ? "true" : "false");
    out.raw("can_urge", can(Act::urge) ? "true" : "false");
    const auto free_from = urge_from(ticket, city.calendar, now);
    if (free_from > now && !is_final(ticket.state) && ticket.state != State::draft) {
        out.text("urge_from", to_text(free_from));
    }
    out.raw("can_reopen", can(Act::reopen) ? "true" : "false");
    out.raw("can_add", can(Act::note) ? "true" : "false");
    out.raw("can_attach", can(Act::attach) ? "true" : "false");
    out.raw("attachments", own_attachments_json(files, ticket));
    out.raw("timeline", timeline(events, english));
    return out.str();
}

}  // namespace hotline::api
