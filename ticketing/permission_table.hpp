#pragma once

#include "ticketing/permissions.hpp"
#include "ticketing/types/act.hpp"
#include "ticketing/types/state.hpp"

#include <string>
#include <string_view>
#include <vector>

// Rules A1 to A10 and the lifecycle's table as rows for people who have to check them. Nothing is
// written down twice: every row is asked of the functions that decide.
namespace hotline::ticketing {

struct VerbRow {
    Verb verb{};
    std::vector<Role> roles;
};

// One way of the lifecycle; rows of the same act are tried in order.
struct ActRow {
    std::string_view rule;
    Act act{};
    std::vector<Role> roles;
    std::vector<State> states;
    std::vector<std::string_view> conditions;  // guards by name
};

// A role, or of the managers those of one county or zone.
struct Holder {
    Role role{};
    bool of_a_county = false;
};

// Whose tickets a holder may know of.
enum class TicketReach { everything, own_unit, own, filed, county, nothing };

constexpr auto names_of(TicketReach) {
    return NameTable<TicketReach, 6>{
        {{TicketReach::everything, "everything"},
         {TicketReach::own_unit, "own_unit"},
         {TicketReach::own, "own"},
         {TicketReach::filed, "filed"},
         {TicketReach::county, "county"},
         {TicketReach::nothing, "nothing"}}
    };
}

struct ScopeRow {
    Holder who;
    TicketReach reach{};
    bool barred = false;  // from complaints about his unit or one above it
};

struct FieldRow {
    Holder who;
    bool own = false;  // handled by him or his unit
    bool confidential = false;
    FieldViews views;
};

// Of files somebody else added.
struct FileRow {
    Holder who;
    bool everyone = false;
    bool staff = false;
    bool held = false;  // of a hidden appellant
};

struct PermissionTables {
    std::vector<VerbRow> verbs;
    std::vector<ActRow> acts;
    std::vector<ScopeRow> scopes;
    std::vector<FieldRow> fields;
    std::vector<FileRow> files;
};
PermissionTables permission_tables();

std::string_view word_for(View view);

// The same as one Markdown text.
std::string permission_table();

}  // namespace hotline::ticketing
