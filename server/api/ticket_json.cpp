#include "server/api/ticket_json.hpp"

#include "server/api/act_input.hpp"
#include "server/api/attachment_json.hpp"
#include "server/api/dto.hpp"
#include "server/api/phone/recording_json.hpp"
#include "server/api/plan_json.hpp"
#include "server/api/route_json.hpp"
#include "sla/derivation.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/lifecycle/decide.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"
#include "ticketing/masking.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace hotline::api {
namespace {

using ticketing::FieldViews;
using ticketing::JsonObject;
using ticketing::State;
using ticketing::Ticket;
using ticketing::Verb;
using ticketing::View;

void text(JsonObject& out, std::string_view key, std::string_view value) {
    if (!value.empty()) out.text(key, value);
}

void flag(JsonObject& out, std::string_view key, bool value) {
    out.raw(key, value ? "true" : "false");
}

void set_flag(JsonObject& out, std::string_view key, bool value) {
    if (value) out.raw(key, "true");
}

void time(JsonObject& out, std::string_view key, const std::optional<ticketing::Instant>& value) {
    if (value) out.text(key, to_text(*value));
}

template <class Id>
void id(JsonObject& out, std::string_view key, Id value) {
    if (value) out.number(key, static_cast<std::int64_t>(value.value));
}

// P4
void free_text(
    JsonObject& out, std::string_view key, std::string_view value, const FieldViews& views
) {
    if (value.empty()) return;
    out.text(
        key, views.free_text == View::clear ? std::string(value) : ticketing::masked_text(value)
    );
}

std::string_view counted_in(sla::LimitUnit unit) {
    return unit == sla::LimitUnit::natural_minutes ? "natural" : "working";
}

bool is_overdue(const mysql::TicketLine& line, ticketing::Instant now) {
    const State state = line.ticket.state;
    const bool at_work =
        state == State::dispatched || state == State::handling || state == State::return_pending;
    return at_work && line.handle_due_at && *line.handle_due_at < now;
}

std::string risk_flags(std::uint32_t flags) {
    constexpr std::pair<std::uint32_t, std::string_view> words[] = {
        {ticketing::risk_group, "\"group\""},
        {ticketing::risk_media, "\"media\""},
        {ticketing::risk_safety, "\"safety\""},
        {ticketing::risk_wages, "\"wages\""},
    };
    std::string items = "[";
    for (const auto& [bit, word] : words) {
        if ((flags & bit) == 0) continue;
        if (items.size() > 1) items += ',';
        items += word;
    }
    return items + "]";
}

void add_places(JsonObject& out, const Ticket& ticket, const Viewer& viewer) {
    const auto& directory = viewer.city.directory;
    text(out, "division", ticket.division);
    if (const auto* division = directory.division(ticket.division)) {
        text(out, "division_name", division->name);
    }
    id(out, "unit_id", ticket.lead_unit);
    if (const auto* unit = directory.unit(ticket.lead_unit)) text(out, "unit_name", unit->name);
    id(out, "official_id", ticket.official);
    if (const auto* official = directory.official(ticket.official)) {
        text(out, "official_name", official->name);
    }
}

void add_summary(
    JsonObject& out, const mysql::TicketLine& line, const Viewer& viewer, const FieldViews& views
) {
    const Ticket& t = line.ticket;
    out.text("ticket_no", t.number).number("version", t.version).text("state", name(t.state));
    out.text("title", views.free_text == View::clear ? t.title : ticketing::masked_text(t.title));
    out.text("type", name(t.type));
    text(out, "category", t.category);
    out.text("topic", t.topic).text("urgency", name(t.urgency)).text("channel", name(t.channel));
    // A7: the firm is who raised it.
    if (views.uscc != View::hidden) text(out, "enterprise_name", t.enterprise_name);
    add_places(out, t, viewer);
    out.text("accepted_at", to_text(t.accepted_at));
    time(out, "handle_due_at", line.handle_due_at);
    time(out, "next_due_at", line.next_due_at);
    if (line.next_clock) out.text("next_clock", name(*line.next_clock));
    if (line.next_limit) out.text("next_clock_unit", counted_in(*line.next_limit));
    flag(out, "overdue", is_overdue(line, viewer.now));
    out.number("round", t.round).number("urge_count", t.urge_count);
    set_flag(out, "needs_entry", t.needs_entry);
    set_flag(out, "hard_case", t.hard_case);
    set_flag(out, "confidential", t.appellant.confidential);
    if (t.risk_flags != 0) out.raw("risk_flags", risk_flags(t.risk_flags));
}

std::string appellant_json(const Ticket& ticket, const FieldViews& views) {
    const auto& person = ticket.appellant;
    JsonObject out;
    if (views.person == View::clear) {
        text(out, "name", person.name);
        text(out, "phone", person.phone);
    } else if (views.person == View::masked) {
        text(out, "name", ticketing::masked_name(person.name));
        text(out, "phone", ticketing::masked_phone(person.phone));
    }
    if (views.person != View::hidden) text(out, "role_in_firm", person.role_in_firm);
    flag(out, "anonymous", person.anonymous);
    flag(out, "confidential", person.confidential);
    flag(out, "reply_wanted", person.reply_wanted);
    flag(out, "masked", views.person != View::clear);
    return out.str();
}

void add_matter(JsonObject& out, const Ticket& t, const Viewer& viewer, const FieldViews& views) {
    out.text(
        "content", views.free_text == View::clear ? t.content : ticketing::masked_text(t.content)
    );
    free_text(out, "place", t.place, views);
    free_text(out, "wanted", t.wanted, views);
    text(out, "town", t.town);
    if (const auto* town = viewer.city.directory.division(t.town))
        text(out, "town_name", town->name);
    if (t.amount_fen) {
        out.raw("amount_yuan", fmt::format("{}.{:02}", *t.amount_fen / 100, *t.amount_fen % 100));
    }
    if (views.uscc != View::hidden) {
        id(out, "enterprise_id", t.enterprise);
        text(out, "uscc", views.uscc == View::clear ? t.uscc : ticketing::masked_uscc(t.uscc));
    }
    if (may(viewer.actor.role, Verb::call_read)) text(out, "call_id", t.call_id);
    out.raw("appellant", appellant_json(t, views));
    out.text("complexity", name(t.complexity));
}

// T18: why it is parked, since when, and when the cause is looked at again.
std::string suspension_json(const Ticket& t) {
    JsonObject out;
    out.text("reason_code", t.suspend_reason).text("since", to_text(*t.suspended_at));
    const auto* look = open_clock(t, sla::ClockKind::suspension);
    if (look != nullptr) out.text("review_at", to_text(look->due_at));
    out.number("count", t.suspend_count);
    return out.str();
}

void add_course(JsonObject& out, const Ticket& t, const Viewer& viewer, const FieldViews& views) {
    const auto& directory = viewer.city.directory;
    if (!t.co_units.empty()) {
        out.raw("co_units", ticketing::json_array(t.co_units, [&](ticketing::UnitId id) {
                    const auto* row = directory.unit(id);
                    const bool answered =
                        std::ranges::find(t.co_answered, id) != t.co_answered.end();
                    std::string unit = row ? unit_json(*row) : unit_json({.id = id});
                    unit.back() = ',';
                    return unit + "\"answered\":" + (answered ? "true}" : "false}");
                }));
    }
    // Whose card the firm is on would tell who it is.
    const auto* owner = directory.official(t.case_owner);
    if (owner && views.person != View::hidden) {
        JsonObject person;
        id(person, "id", owner->id);
        out.raw("case_owner", person.text("name", owner->name).str());
    }
    set_flag(out, "designated", t.designated);
    time(out, "dispatched_at", t.dispatched_at);
    time(out, "signed_at", t.signed_at);
    time(out, "first_contact_at", t.first_contact_at);
    time(out, "submitted_at", t.submitted_at);
    time(out, "reviewed_at", t.reviewed_at);
    time(out, "closed_at", t.closed_at);
    if (t.return_count > 0) out.number("return_count", t.return_count);
    if (t.suspended_at) out.raw("suspension", suspension_json(t));
    if (!t.pending_return) return;
    JsonObject pending;
    pending.text("reason_code", t.pending_return->reason_code);
    free_text(pending, "basis", t.pending_return->basis, views);
    if (const auto* unit = directory.unit(t.pending_return->suggested_unit)) {
        pending.raw("suggested_unit", unit_json(*unit));
    }
    out.raw("pending_return", pending.str());
}

void add_result(JsonObject& out, const Ticket& t, const FieldViews& views) {
    if (t.outcome) out.text("outcome", name(*t.outcome));
    free_text(out, "result_text", t.result_text, views);
    free_text(out, "result_basis", t.result_basis, views);
    text(out, "decline_reason", t.decline_reason);
    if (t.closed_as) out.text("closed_as", name(*t.closed_as));
    if (!t.callback_attempts.empty()) {
        out.raw(
            "callback_attempts",
            ticketing::json_array(
                t.callback_attempts,
                [](const auto& attempt) {
                    JsonObject one;
                    one.text("at", to_text(attempt.at));
                    flag(one, "reached", attempt.reached);
                    return one.str();
                }
            )
        );
    }
    if (!t.survey) return;
    JsonObject survey;
    survey.text("solved", name(t.survey->solved));
    survey.text("satisfaction", name(t.survey->satisfaction));
    text(survey, "way", t.survey->way);
    free_text(survey, "reason", t.survey->reason, views);
    survey.text("at", to_text(t.survey->at));
    out.raw("survey", survey.str());
}

std::string clock_json(const Ticket& ticket, const sla::Clock& clock, const Viewer& viewer) {
    const auto& calendar = calendar_for(ticket, clock, viewer.city.at(viewer.now));
    const auto derivation = sla::derive(clock, calendar);
    JsonObject out;
    out.text("kind", name(clock.kind)).number("generation", clock.generation);
    out.text("state", name(clock.state));
    out.text("started_at", to_text(clock.started_at)).text("due_at", to_text(clock.due_at));
    time(out, "warn_at", clock.warn_at);
    time(out, "stopped_at", clock.stopped_at);
    flag(out, "late", sla::is_late(clock, viewer.now));
    out.text("unit", counted_in(clock.limit.unit));
    set_flag(out, "beyond_calendar", clock.beyond_known_calendar);
    out.text(
        "derivation", viewer.english ? sla::explain_en(derivation) : sla::explain_zh(derivation)
    );
    return out.str();
}

// A file is no form: it has a route of its own.
void add_acts(JsonObject& out, const Ticket& ticket, const Viewer& viewer) {
    std::vector<ticketing::Act> acts;
    if (may(viewer.actor.role, Verb::ticket_act)) {
        acts = allowed_acts(ticket, viewer.actor, viewer.city.at(viewer.now));
    }
    flag(out, "can_attach", std::ranges::find(acts, ticketing::Act::attach) != acts.end());
    std::string items = "[";
    for (const auto act : acts) {
        if (!is_offered(act)) continue;
        if (items.size() > 1) items += ',';
        items += '"';
        items += name(act);
        items += '"';
    }
    out.raw("allowed_actions", items + "]");
}

}  // namespace

std::string unit_json(const ticketing::Unit& unit) {
    JsonObject out;
    id(out, "id", unit.id);
    text(out, "code", unit.code);
    out.text("name", unit.name).text("level", name(unit.level));
    text(out, "division", unit.division);
    id(out, "parent_id", unit.parent);
    return out.str();
}

std::string summary_json(
    const mysql::TicketLine& line, const Viewer& viewer, std::string_view found
) {
    JsonObject out;
    add_summary(out, line, viewer, views_of(viewer.actor, line.ticket, viewer.scope));
    if (!found.empty()) out.raw("found", found);
    return out.str();
}

std::string ticket_json(
    const Ticket& ticket, const mysql::TicketExtras& extras, const Viewer& viewer
) {
    const FieldViews views = views_of(viewer.actor, ticket, viewer.scope);
    JsonObject out;
    add_summary(out, mysql::line_of(ticket), viewer, views);
    add_matter(out, ticket, viewer, views);
    add_course(out, ticket, viewer, views);
    add_plan(out, ticket, viewer, views);
    add_result(out, ticket, views);
    text(out, "created_by_name", extras.created_by);
    text(out, "parent_ticket_no", extras.parent_no);
    const bool knows_calls = may(viewer.actor.role, Verb::call_read);
    if (knows_calls && extras.call_score) out.number("call_score", *extras.call_score);
    if (extras.call) {
        const bool hidden = ticket.appellant.confidential || ticket.appellant.anonymous;
        const ticketing::RecordedCall recorded{extras.call->agent, true, hidden};
        if (may_hear(viewer.actor, recorded)) add_recording(out, *extras.call);
    }
    if (ticket.article) {
        JsonObject article;
        id(article, "article_id", ticket.article);
        article.number("version", ticket.article_version).text("title", extras.article);
        out.raw("article", article.str());
    }
    out.raw("clocks", ticketing::json_array(ticket.clocks, [&](const sla::Clock& clock) {
                return clock_json(ticket, clock, viewer);
            }));
    // The reasons speak of the firm's card and place.
    if (views.person != View::hidden) {
        const std::string route = route_json(extras.route, viewer.english);
        if (!route.empty()) out.raw("route", route);
    }
    out.raw("attachments", attachments_json(extras.attachments, viewer.actor, views));
    add_acts(out, ticket, viewer);
    return out.str();
}

std::string etag(const Ticket& ticket) {
    return "\"" + std::to_string(ticket.version) + "\"";
}

}  // namespace hotline::api
