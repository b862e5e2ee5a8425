#pragma once

#include "ticketing/types/ids.hpp"
#include "ticketing/types/named_enum.hpp"

#include <string>

namespace hotline::ticketing {

// Who people are in the hotline. Numbers are persisted: never renumber.
enum class Role {
    agent = 1,        // 话务员
    dispatcher = 2,   // 分办员
    reviewer = 3,     // 审核/回访员
    supervisor = 4,   // 督办员/班长
    unit_clerk = 5,   // 单位联络员
    official = 6,     // 帮扶干部
    unit_leader = 7,  // 单位负责人
    manager = 8,      // 市/县领导
    auditor = 9,      // 审计员
    admin = 10,       // 系统管理员
    enterprise = 11,  // the appellant, known by ticket number + query code
    system = 12,      // the clocks, the router, the intake worker
    machine = 13,     // an API token
};

constexpr auto names_of(Role) {
    return NameTable<Role, 13>{{
        {Role::agent, "agent"},
        {Role::dispatcher, "dispatcher"},
        {Role::reviewer, "reviewer"},
        {Role::supervisor, "supervisor"},
        {Role::unit_clerk, "unit_clerk"},
        {Role::official, "official"},
        {Role::unit_leader, "unit_leader"},
        {Role::manager, "manager"},
        {Role::auditor, "auditor"},
        {Role::admin, "admin"},
        {Role::enterprise, "enterprise"},
        {Role::system, "system"},
        {Role::machine, "machine"},
    }};
}

// Who asks. Made by server/auth from a session or token, by the workers for the system.
struct Actor {
    UserId user;
    Role role = Role::enterprise;
    std::string name;         // as shown in the event log
    UnitId unit;              // the unit served; none for the centre's own people
    OfficialId official;      // set for Role::official
    std::string division;     // managers: the county or zone they answer for; empty = the city
    std::string token_scope;  // machines: "cti", "intake" …

    bool operator==(const Actor&) const = default;
};

}  // namespace hotline::ticketing
