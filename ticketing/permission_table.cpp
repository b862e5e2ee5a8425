#include "ticketing/permission_table.hpp"

#include "ticketing/lifecycle/transition_table.hpp"
#include "ticketing/permissions.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

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

std::string verbs_table() {
    std::string text = head_of(with_roles("verb"));
    for (const auto& [verb, word] : names_of(Verb{})) {
        std::vector<std::string> cells{std::string(word)};
        for (const auto& [role, name] : names_of(Role{}))
            cells.emplace_back(may(role, verb) ? "x" : "");
        text += row_of(cells);
    }
    return text;
}

std::string states_of(const Transition& transition) {
    std::string states;
    for (const auto& [state, word] : names_of(State{})) {
        if (!transition.from.has(state)) continue;
        if (!states.empty()) states += ", ";
        states += word;
    }
    return states;
}

std::string conditions_of(const Transition& transition) {
    std::string names;
    const auto add = [&](const Guard& guard) {
        if (guard.name.empty()) return;
        if (!names.empty()) names += ", ";
        names += guard.name;
    };
    add(transition.when);
    for (const Guard& guard : transition.guards) add(guard);
    return names;
}

std::string acts_table() {
    auto head = with_roles("act");
    head.insert(head.begin(), "rule");
    head.insert(head.end(), {"in states", "when"});
    std::string text = head_of(head);
    for (const Transition& transition : transitions()) {
        std::vector<std::string> cells{
            std::string(transition.rule), std::string(name(transition.act))
        };
        for (const auto& [role, word] : names_of(Role{})) {
            cells.emplace_back(transition.roles.has(role) ? "x" : "");
        }
        cells.push_back(states_of(transition));
        cells.push_back(conditions_of(transition));
        text += row_of(cells);
    }
    return text;
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
    std::string title;
    Actor actor;
};

std::vector<Person> everybody() {
    std::vector<Person> people;
    for (const auto& [role, word] : names_of(Role{})) {
        Actor actor{.user = {1}, .role = role, .unit = own_unit};
        if (role == Role::official) actor.official = own_official;
        people.push_back({std::string(word), actor});
        if (role != Role::manager) continue;
        actor.division = own_division;
        people.push_back({std::string(word) + " of a county", actor});
    }
    return people;
}

std::string words_for(const Scope& scope) {
    if (scope.everything) return "all tickets";
    if (!scope.units.empty()) {
        return "those his unit or one below it leads, helps with, mediates or has a milestone of";
    }
    if (scope.official) {
        return "those he handles, follows (card) or brought from a visit, and those his unit "
               "mediates or has a milestone of";
    }
    if (scope.filed_by) return "those he filed";
    if (!scope.division.empty()) return "those of his county or zone";
    return "none";
}

std::string scopes_table(const Directory& directory) {
    std::string text = head_of({"role", "may know of", "never"});
    for (const auto& [title, actor] : everybody()) {
        const Scope scope = scope_of(actor, directory);
        const bool barred = !scope.nothing();
        text += row_of(
            {title, words_for(scope), barred ? "complaints about his unit or one above it" : ""}
        );
    }
    return text;
}

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

struct Sample {
    std::string_view title;
    bool own;
    bool confidential;
};

constexpr std::array samples{
    Sample{"handled by him or his unit", true, false},
    Sample{"of others", false, false},
    Sample{"confidential, handled by him or his unit", true, true},
    Sample{"confidential, of others", false, true},
};

Ticket sample_ticket(const Sample& sample) {
    Ticket ticket;
    ticket.lead_unit = sample.own ? own_unit : other_unit;
    if (sample.own) ticket.official = own_official;
    ticket.appellant.confidential = sample.confidential;
    return ticket;
}

std::string fields_table(const Directory& directory) {
    std::string text =
        head_of({"role", "ticket", "name and telephone", "credit code", "text", "may reveal"});
    for (const auto& [title, actor] : everybody()) {
        const Scope scope = scope_of(actor, directory);
        if (scope.nothing()) continue;
        for (const Sample& sample : samples) {
            const auto views = views_of(actor, sample_ticket(sample), scope);
            text += row_of(
                {title,
                 std::string(sample.title),
                 std::string(word_for(views.person)),
                 std::string(word_for(views.uscc)),
                 std::string(word_for(views.free_text)),
                 views.may_reveal ? "x" : ""}
            );
        }
    }
    return text;
}

// A file somebody else added.
std::string files_table() {
    std::string text = head_of({"role", "for everyone", "internal", "of a hidden appellant"});
    for (const auto& [title, actor] : everybody()) {
        if (!may(actor.role, Verb::ticket_list) && actor.role != Role::enterprise) continue;
        const auto cell = [&actor](Audience audience) -> std::string {
            return may_open_file(actor, audience, {}) ? "x" : "";
        };
        text +=
            row_of({title, cell(Audience::everyone), cell(Audience::staff), cell(Audience::held)});
    }
    return text;
}

}  // namespace

std::string permission_table() {
    const Directory directory = two_units();
    return "# Who may see and do what\n\n"
           "## What is not tied to one ticket (A1)\n\n" +
           verbs_table() +
           "\n## Acts on a ticket (T)\n\n"
           "Rows of the same act are tried in order; unit people act only on tickets their own "
           "unit "
           "answers for (A4).\n\n" +
           acts_table() + "\n## Whose tickets (A2, A3, A5)\n\n" + scopes_table(directory) +
           "\n## Personal fields (A6 to A9)\n\n" + fields_table(directory) +
           "\n## Files of a ticket he sees (A10)\n\n" + files_table();
}

}  // namespace hotline::ticketing
