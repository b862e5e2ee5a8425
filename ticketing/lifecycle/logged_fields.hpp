#pragma once

#include "ticketing/lifecycle/mediators.hpp"
#include "ticketing/plan_text.hpp"
#include "ticketing/types/ticket.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

// What the event log keeps of a ticket, once for writing it (changes) and for reading it back
// (replay). Not in the log, because it is personal or in the appellant's own words: who he is and
// how he is reached, the firm and its card, the official who brought the matter, title, content,
// place, wish, sum and call, and why he is dissatisfied. The log is kept longer and read wider than
// the ticket. State and version are the event's own; the running clocks stand in rows of their own.
namespace hotline::ticketing {

// A field as it is.
template <class M>
struct LoggedField {
    std::string_view name;
    M Ticket::* member;

    const M& get(const Ticket& ticket) const { return ticket.*member; }
    void set(Ticket& ticket, M value) const { ticket.*member = std::move(value); }
};

// Part of one, or several in one text.
template <class Get, class Set>
struct LoggedPart {
    std::string_view name;
    Get get;
    Set set;
};

// Said for whoever reads the log; it follows from what is not in it.
template <class Get>
struct LoggedRemark {
    std::string_view name;
    Get get;
};

namespace logged {

// The due date in force of a kind: of its newest clock that was not cancelled. An earlier unit's
// clock is not the present one's.
constexpr auto due(std::string_view name, sla::ClockKind kind) {
    return LoggedRemark{
        name,
        [kind](const Ticket& ticket) -> std::optional<Instant> {
            for (auto clock = ticket.clocks.rbegin(); clock != ticket.clocks.rend(); ++clock) {
                if (clock->kind != kind || clock->state == sla::ClockState::cancelled) continue;
                if (!ticket.dispatched_at || clock->started_at >= *ticket.dispatched_at) {
                    return clock->due_at;
                }
            }
            return std::nullopt;
        }
    };
}

template <class T>
constexpr auto of_survey(std::string_view name, T Survey::* member) {
    return LoggedPart{
        name,
        [member](const Ticket& t) {
            return t.survey ? std::optional((*t.survey).*member) : std::nullopt;
        },
        [member](Ticket& t, const std::optional<T>& value) {
            if (!value) {
                t.survey.reset();
            } else {
                if (!t.survey) t.survey.emplace();
                (*t.survey).*member = *value;
            }
        }
    };
}

template <class T>
constexpr auto of_return(std::string_view name, T PendingReturn::* member) {
    return LoggedPart{
        name,
        [member](const Ticket& t) { return t.pending_return ? (*t.pending_return).*member : T{}; },
        [member](Ticket& t, const T& value) {
            if (!t.pending_return) t.pending_return.emplace();
            (*t.pending_return).*member = value;
            if (*t.pending_return == PendingReturn{}) t.pending_return.reset();
        }
    };
}

// Whether there is anybody to call back; who it is stays out of the log.
inline constexpr LoggedRemark contactable{"contactable", [](const Ticket& t) {
                                              return !t.appellant.phone.empty();
                                          }};
inline constexpr LoggedRemark mediator{"mediator", &mediating_unit};

// How the appeal came, told at its birth whatever it is: figures tell "not told" from a channel.
inline constexpr LoggedPart channel{
    "channel",
    [](const Ticket& t) { return t.id ? std::optional(t.channel) : std::nullopt; },
    [](Ticket& t, const std::optional<Channel>& value) { t.channel = value.value_or(t.channel); }
};

inline constexpr LoggedPart attempts{
    "callback_attempts",
    [](const Ticket& t) { return t.callback_attempts; },
    [](Ticket& t, std::vector<CallbackAttempt> value) { t.callback_attempts = std::move(value); }
};
inline constexpr LoggedPart mediations{
    "mediations",
    [](const Ticket& t) { return to_text(t.mediations); },
    [](Ticket& t, const std::string& text) {
        t.mediations = mediations_from(text).value_or(std::vector<Mediation>{});
    }
};
inline constexpr LoggedPart plan{
    "plan",
    [](const Ticket& t) { return to_text(t.meetings, t.milestones); },
    [](Ticket& t, const std::string& text) {
        Plan read = plan_from(text).value_or(Plan{});
        t.meetings = std::move(read.meetings);
        t.milestones = std::move(read.milestones);
    }
};

}  // namespace logged

// In ascending order of their names.
inline constexpr std::tuple logged_fields{
    LoggedField{"article", &Ticket::article},
    LoggedField{"article_version", &Ticket::article_version},
    logged::attempts,
    LoggedField{"category", &Ticket::category},
    logged::channel,
    LoggedField{"charged_units", &Ticket::charged_units},
    LoggedField{"closed_as", &Ticket::closed_as},
    LoggedField{"closed_at", &Ticket::closed_at},
    LoggedField{"co_answered", &Ticket::co_answered},
    LoggedField{"co_units", &Ticket::co_units},
    LoggedField{"complained_unit", &Ticket::complained_unit},
    LoggedField{"complexity", &Ticket::complexity},
    logged::contactable,
    LoggedField{"decline_reason", &Ticket::decline_reason},
    LoggedField{"designated", &Ticket::designated},
    LoggedField{"dispatch_count", &Ticket::dispatch_count},
    LoggedField{"dispatched_at", &Ticket::dispatched_at},
    LoggedField{"division", &Ticket::division},
    logged::due("due_contact", sla::ClockKind::first_contact),
    logged::due("due_handle", sla::ClockKind::handle),
    logged::due("due_mediation", sla::ClockKind::mediation),
    logged::due("due_sign", sla::ClockKind::sign_for),
    logged::due("due_supervision", sla::ClockKind::supervision),
    logged::due("due_suspension", sla::ClockKind::suspension),
    LoggedField{"extension_count", &Ticket::extension_count},
    LoggedField{"extension_days", &Ticket::extension_days},
    LoggedField{"extension_days_asked", &Ticket::extension_days_asked},
    LoggedField{"extension_pending", &Ticket::extension_pending},
    LoggedField{"first_contact_at", &Ticket::first_contact_at},
    LoggedField{"hard_case", &Ticket::hard_case},
    logged::mediations,
    logged::mediator,
    LoggedField{"needs_entry", &Ticket::needs_entry},
    LoggedField{"official", &Ticket::official},
    LoggedField{"outcome", &Ticket::outcome},
    LoggedField{"parent", &Ticket::parent},
    logged::plan,
    LoggedField{"plan_days", &Ticket::plan_days},
    LoggedField{"redo_count", &Ticket::redo_count},
    LoggedField{"refused_units", &Ticket::refused_units},
    LoggedField{"repeat_count", &Ticket::repeat_count},
    LoggedField{"result_basis", &Ticket::result_basis},
    LoggedField{"result_text", &Ticket::result_text},
    logged::of_return("return_basis", &PendingReturn::basis),
    LoggedField{"return_count", &Ticket::return_count},
    logged::of_return("return_reason", &PendingReturn::reason_code),
    logged::of_return("return_unit", &PendingReturn::suggested_unit),
    LoggedField{"review_return_count", &Ticket::review_return_count},
    LoggedField{"reviewed_at", &Ticket::reviewed_at},
    LoggedField{"risk_flags", &Ticket::risk_flags},
    LoggedField{"round", &Ticket::round},
    logged::of_survey("satisfaction", &Survey::satisfaction),
    LoggedField{"signed_at", &Ticket::signed_at},
    logged::of_survey("solved", &Survey::solved),
    LoggedField{"submitted_at", &Ticket::submitted_at},
    LoggedField{"supervise_level", &Ticket::supervise_level},
    logged::of_survey("survey_at", &Survey::at),
    logged::of_survey("survey_way", &Survey::way),
    LoggedField{"suspend_count", &Ticket::suspend_count},
    LoggedField{"suspend_reason", &Ticket::suspend_reason},
    LoggedField{"suspended_at", &Ticket::suspended_at},
    LoggedField{"told_at", &Ticket::told_at},
    LoggedField{"topic", &Ticket::topic},
    LoggedField{"town", &Ticket::town},
    LoggedField{"type", &Ticket::type},
    LoggedField{"unit", &Ticket::lead_unit},
    LoggedField{"urge_count", &Ticket::urge_count},
    LoggedField{"urged_at", &Ticket::urged_at},
    LoggedField{"urgency", &Ticket::urgency},
};

// Calls `each` with every field.
template <class Each>
constexpr void for_each_logged(Each each) {
    std::apply([&](const auto&... field) { (each(field), ...); }, logged_fields);
}

}  // namespace hotline::ticketing
