#include "sla/policy.hpp"

// Rule S11 as a table. Read it from top to bottom: the first line that fits decides.
namespace hotline::sla {

namespace {

using enum ClockKind;
using enum AppealType;

constexpr Warning usual{};

// Who a block of lines is for.
struct Case {
    std::optional<Urgency> urgency;
    std::optional<Complexity> complexity;
    std::optional<AppealType> type;
};

struct Limits {
    Limit sign_for;
    Limit return_window;
    Limit first_contact;
    std::optional<Limit> feedback;
    Limit handle;
    Limit redo;
};

PolicyRow row(const Case& of, ClockKind kind, std::optional<Limit> limit) {
    PolicyRow made;
    made.kind = kind;
    made.urgency = of.urgency;
    made.complexity = of.complexity;
    made.type = of.type;
    made.limit = limit;
    // The window to return only closes: nobody is warned and nobody is late.
    if (limit && kind != return_window) made.warning = usual;
    return made;
}

void add(std::vector<PolicyRow>& table, const Case& of, const Limits& limits) {
    table.push_back(row(of, sign_for, limits.sign_for));
    table.push_back(row(of, return_window, limits.return_window));
    table.push_back(row(of, first_contact, limits.first_contact));
    table.push_back(row(of, feedback, limits.feedback));
    table.push_back(row(of, handle, limits.handle));
    auto redo = row(of, handle, limits.redo);
    redo.round = Round::redo;
    table.push_back(redo);
}

// Praise is passed on and thanked for; nothing else is waited for but the review that closes it.
void add_praise(std::vector<PolicyRow>& table) {
    const Case of{{}, {}, praise};
    for (const auto kind : {sign_for, return_window, first_contact, feedback, callback}) {
        table.push_back(row(of, kind, std::nullopt));
    }
    table.push_back(row(of, handle, working_days(2)));
}

void add_urgent(std::vector<PolicyRow>& table) {
    add(table,
        {Urgency::critical, {}, {}},
        {natural_minutes(15),
         natural_minutes(30),
         natural_minutes(30),
         natural_hours(2),
         natural_hours(24),
         natural_hours(24)});
    add(table,
        {Urgency::urgent, {}, {}},
        {natural_minutes(30),
         natural_hours(2),
         natural_hours(2),
         natural_hours(24),
         working_days(3),
         working_days(1)});
}

void add_normal(std::vector<PolicyRow>& table) {
    const Limits consulting{
        working_days(1), working_days(1), working_hours(2), {}, working_days(2), working_days(1)
    };
    const Limits helping{
        working_hours(4), working_days(1), natural_hours(2), {}, working_days(5), working_days(3)
    };
    const Limits complaining{
        working_hours(4), working_days(1), working_days(1), {}, working_days(10), working_days(5)
    };
    add(table,
        {{}, Complexity::complex, {}},
        {working_days(1), working_days(2), natural_hours(2), {}, working_days(15), working_days(5)}
    );
    add(table, {{}, {}, consult}, consulting);
    add(table, {{}, {}, help}, helping);
    add(table, {{}, {}, suggestion}, helping);
    add(table, {{}, {}, complaint}, complaining);
    add(table, {{}, {}, report}, complaining);
}

void add_centre(std::vector<PolicyRow>& table) {
    auto dispatching = row({}, dispatch, natural_minutes(30));
    dispatching.outside_office = natural_hours(2);
    table.push_back(dispatching);
    auto completing = row({}, entry, natural_minutes(30));
    completing.outside_office = natural_hours(2);
    table.push_back(completing);
    table.push_back(row({Urgency::critical, {}, {}}, ruling, natural_minutes(30)));
    table.push_back(row({Urgency::urgent, {}, {}}, ruling, natural_hours(2)));
    table.push_back(row({}, ruling, working_hours(4)));
    table.push_back(row({Urgency::critical, {}, {}}, co_unit, natural_hours(4)));
    table.push_back(row({Urgency::urgent, {}, {}}, co_unit, working_days(1)));
    table.push_back(row({}, co_unit, working_days(2)));
    table.push_back(row({Urgency::critical, {}, {}}, supervision, natural_hours(2)));
    table.push_back(row({Urgency::urgent, {}, {}}, supervision, natural_hours(24)));
    table.push_back(row({}, supervision, working_days(2)));
    // How far a plan may reach, counted from the first meeting; the milestones have days of their
    // own.
    table.push_back(row({}, milestone, working_days(60)));
    table.push_back(row({Urgency::critical, {}, {}}, mediation, std::nullopt));
    table.push_back(row({}, mediation, natural_hours(24 * 30)));
    table.push_back(row({}, review, working_days(1)));
    table.push_back(row({}, callback, working_days(2)));
}

std::vector<EscalationRow> ladder() {
    std::vector<EscalationRow> rows;
    for (const auto kind :
         {sign_for,
          first_contact,
          feedback,
          handle,
          dispatch,
          review,
          callback,
          ruling,
          entry,
          suspension,
          co_unit,
          supervision,
          milestone,
          mediation}) {
        rows.push_back({kind, AlarmStep::yellow, 0});
        rows.push_back({kind, AlarmStep::red, 0});
    }
    rows.push_back({handle, AlarmStep::level_3, 2});
    rows.push_back({handle, AlarmStep::level_4, 5});
    rows.push_back({milestone, AlarmStep::level_3, 2});
    return rows;
}

}  // namespace

Policy default_policy() {
    Policy policy;
    add_praise(policy.limits);
    add_urgent(policy.limits);
    add_normal(policy.limits);
    add_centre(policy.limits);
    policy.extensions = {
        {Urgency::critical, {}, {}, 0, 0},
        {Urgency::urgent, {}, {}, 0, 0},
        {{}, {}, praise, 0, 0},
        {{}, Complexity::complex, {}, 2, 15},
        {{}, {}, consult, 1, 1},
        {{}, {}, {}, 1, 5},
    };
    policy.escalation = ladder();
    return policy;
}

}  // namespace hotline::sla
