#include "ticketing/permission_table.hpp"

#include "ticketing/lifecycle/transition_table.hpp"

#include <algorithm>
#include <array>

namespace hotline::ticketing {
namespace {

constexpr UnitId own_unit{1};
constexpr UnitId other_unit{2};
constexpr OfficialId own_official{1};
constexpr std::string_view own_division = "610526";

std::string row_of(const std::vector<std::string>& cells) {
    std::string row = "|";
    for (const std::string& cell : cells) row.append(" ").append(cell).append(" |");
    return row + "\n";
}

std::string head_of(const std::vector<std::string>& cells) {
    std::string line = "|";
    for (std::size_t i = 0; i < cells.size(); ++i) line += "---|";
    return row_of(cells) + line + "\n";
}

std::vector<std::string> with_roles(std::string first) {
    std::vector<std::string> cells{std::move(first)};
    for (const auto& [role, word] : names_of(Role{})) cells.emplace_back(word);
    return cells;
}

std::vector<VerbRow> verb_rows() {
    std::vector<VerbRow> rows;
    for (const auto& [verb, word] : names_of(Verb{})) {
        VerbRow& row = rows.emplace_back(verb);
        for (const auto& [role, name] : names_of(Role{})) {
            if (may(role, verb)) row.roles.push_back(role);
        }
    }
    return rows;
}

std::vector<ActRow> act_rows() {
    std::vector<ActRow> rows;
    for (const Transition& transition : transitions()) {
        ActRow& row = rows.emplace_back(transition.rule, transition.act);
        for (const auto& [role, word] : names_of(Role{})) {
            if (transition.roles.has(role)) row.roles.push_back(role);
        }
        for (const auto& [state, word] : names_of(State{})) {
            if (transition.from.has(state)) row.states.push_back(state);
        }
        const auto add = [&row](const Guard& guard) {
            if (!guard.name.empty()) row.conditions.push_back(guard.name);
        };
        add(transition.when);
        for (const Guard& guard : transition.guards) add(guard);
    }
    return rows;
}

Directory two_units() {
    Directory directory;
    for (const UnitId id : {own_unit, other_unit}) {
        Unit unit;
        unit.id = id;
        directory.units.push_back(std::move(unit));
    }
    directory.index();
    return directory;
}

struct Person {
    Holder holder;
    Actor actor;
};

std::vector<Person> everybody() {
    std::vector<Person> people;
    for (const auto& [role, word] : names_of(Role{})) {
        Actor actor{.user = {1}, .role = role, .unit = own_unit};
        if (role == Role::official) actor.official = own_official;
        people.push_back({{role, false}, actor});
        if (role != Role::manager) continue;
        actor.division = own_division;
        people.push_back({{role, true}, actor});
    }
    return people;
}

TicketReach reach_of(const Scope& scope) {
    if (scope.everything) return TicketReach::everything;
    if (!scope.units.empty()) return TicketReach::own_unit;
    if (scope.official) return TicketReach::own;
    if (scope.filed_by) return TicketReach::filed;
    return scope.division.empty() ? TicketReach::nothing : TicketReach::county;
}

std::vector<ScopeRow> scope_rows(const Directory& directory) {
    std::vector<ScopeRow> rows;
    for (const auto& [holder, actor] : everybody()) {
        const Scope scope = scope_of(actor, directory);
        rows.push_back({holder, reach_of(scope), !scope.nothing()});
    }
    return rows;
}

Ticket sample_ticket(bool own, bool confidential) {
    Ticket ticket;
    ticket.lead_unit = own ? own_unit : other_unit;
    if (own) ticket.official = own_official;
    ticket.appellant.confidential = confidential;
    return ticket;
}

std::vector<FieldRow> field_rows(const Directory& directory) {
    std::vector<FieldRow> rows;
    for (const auto& [holder, actor] : everybody()) {
        const Scope scope = scope_of(actor, directory);
        if (scope.nothing()) continue;
        for (const bool confidential : {false, true}) {
            for (const bool own : {true, false}) {
                const auto views = views_of(actor, sample_ticket(own, confidential), scope);
                rows.push_back({holder, own, confidential, views});
            }
        }
    }
    return rows;
}

std::vector<FileRow> file_rows() {
    std::vector<FileRow> rows;
    for (const auto& [holder, actor] : everybody()) {
        if (!may(actor.role, Verb::ticket_list) && actor.role != Role::enterprise) continue;
        rows.push_back(
            {holder,
             may_open_file(actor, Audience::everyone, {}),
             may_open_file(actor, Audience::staff, {}),
             may_open_file(actor, Audience::held, {})}
        );
    }
    return rows;
}

// From here on: the rows as Markdown.

std::string mark(bool yes) {
    return yes ? "x" : "";
}

template <class Words, class Each>
std::string joined(const Words& words, Each&& each) {
    std::string text;
    for (const auto& word : words) {
        if (!text.empty()) text += ", ";
        text += each(word);
    }
    return text;
}

void add_roles(std::vector<std::string>& cells, const std::vector<Role>& roles) {
    for (const auto& [role, word] : names_of(Role{})) {
        cells.push_back(mark(std::ranges::find(roles, role) != roles.end()));
    }
}

std::string title_of(const Holder& who) {
    return std::string(name(who.role)) + (who.of_a_county ? " of a county" : "");
}

std::string verbs_text(const std::vector<VerbRow>& rows) {
    std::string text = head_of(with_roles("verb"));
    for (const VerbRow& row : rows) {
        std::vector<std::string> cells{std::string(name(row.verb))};
        add_roles(cells, row.roles);
        text += row_of(cells);
    }
    return text;
}

std::string acts_text(const std::vector<ActRow>& rows) {
    auto head = with_roles("act");
    head.insert(head.begin(), "rule");
    head.insert(head.end(), {"in states", "when"});
    std::string text = head_of(head);
    for (const ActRow& row : rows) {
        std::vector<std::string> cells{std::string(row.rule), std::string(name(row.act))};
        add_roles(cells, row.roles);
        cells.push_back(joined(row.states, [](State state) { return name(state); }));
        cells.push_back(joined(row.conditions, [](std::string_view guard) { return guard; }));
        text += row_of(cells);
    }
    return text;
}

// In the order of TicketReach.
constexpr std::array<std::string_view, 6> reaches{
    "all tickets",
    "those his unit or one below it leads, helps with, mediates or has a milestone of",
    "those he handles, follows (card) or brought from a visit, and those his unit mediates or has "
    "a milestone of",
    "those he filed",
    "those of his county or zone",
    "none",
};

std::string scopes_text(const std::vector<ScopeRow>& rows) {
    std::string text = head_of({"role", "may know of", "never"});
    for (const ScopeRow& row : rows) {
        text += row_of(
            {title_of(row.who),
             std::string(reaches[static_cast<std::size_t>(row.reach)]),
             row.barred ? "complaints about his unit or one above it" : ""}
        );
    }
    return text;
}

std::string fields_text(const std::vector<FieldRow>& rows) {
    std::string text =
        head_of({"role", "ticket", "name and telephone", "credit code", "text", "may reveal"});
    for (const FieldRow& row : rows) {
        const std::string whose = row.own ? "handled by him or his unit" : "of others";
        text += row_of(
            {title_of(row.who),
             row.confidential ? "confidential, " + whose : whose,
             std::string(word_for(row.views.person)),
             std::string(word_for(row.views.uscc)),
             std::string(word_for(row.views.free_text)),
             mark(row.views.may_reveal)}
        );
    }
    return text;
}

std::string files_text(const std::vector<FileRow>& rows) {
    std::string text = head_of({"role", "for everyone", "internal", "of a hidden appellant"});
    for (const FileRow& row : rows) {
        text += row_of({title_of(row.who), mark(row.everyone), mark(row.staff), mark(row.held)});
    }
    return text;
}

}  // namespace

std::string_view word_for(View view) {
    switch (view) {
        case View::clear:
            return "clear";
        case View::masked:
            return "masked";
        case View::hidden:
            break;
    }
    return "hidden";
}

PermissionTables permission_tables() {
    const Directory directory = two_units();
    return {verb_rows(), act_rows(), scope_rows(directory), field_rows(directory), file_rows()};
}

std::string permission_table() {
    const PermissionTables tables = permission_tables();
    return "# Who may see and do what\n\n"
           "## What is not tied to one ticket (A1)\n\n" +
           verbs_text(tables.verbs) +
           "\n## Acts on a ticket (T)\n\n"
           "Rows of the same act are tried in order; unit people act only on tickets their own "
           "unit "
           "answers for (A4).\n\n" +
           acts_text(tables.acts) + "\n## Whose tickets (A2, A3, A5)\n\n" +
           scopes_text(tables.scopes) + "\n## Personal fields (A6 to A9)\n\n" +
           fields_text(tables.fields) + "\n## Files of a ticket he sees (A10)\n\n" +
           files_text(tables.files);
}

}  // namespace hotline::ticketing
