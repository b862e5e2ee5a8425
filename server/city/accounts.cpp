#include "server/city/accounts.hpp"

#include <array>

namespace hotline::city {
namespace {

using ticketing::Official;
using ticketing::Role;
using ticketing::Unit;

constexpr std::size_t officials_per_unit = 2;

// A city department, county bureaus, a zone, a utility, a central body and a town; and who mediates
// a dispute in a town of the county whose bureau of industry is among them, first and second.
constexpr std::array<std::string_view, 10> staffed_units{
    "city.industry",
    "city.commerce",
    "610526.state_grid",
    "610526.housing",
    "610528.industry",
    "6105G1.zone_admin",
    "city.water_supply",
    "610523101.town_government",
    "610528101.town_government",
    "610528.justice",
};

std::string numbered(std::string_view word, std::size_t number) {
    return std::string{word} + (number < 10 ? "0" : "") + std::to_string(number);
}

void add_centre(std::vector<DemoAccount>& accounts) {
    struct Post {
        std::string_view login;
        std::string_view title;
        Role role;
        std::size_t people;
        int extensions_after;  // 0: no telephone
    };
    constexpr std::array<Post, 4> posts{{
        {"agent", "话务员", Role::agent, 4, 8000},
        {"dispatcher", "分办员", Role::dispatcher, 2, 0},
        {"reviewer", "审核回访员", Role::reviewer, 2, 8010},
        {"supervisor", "督办员", Role::supervisor, 1, 8020},
    }};
    for (const Post& post : posts) {
        for (std::size_t n = 1; n <= post.people; ++n) {
            DemoAccount account;
            account.login = numbered(post.login, n);
            account.name = std::string{post.title} + std::to_string(n) + "（演示）";
            account.role = post.role;
            if (post.extensions_after > 0) {
                account.extension = std::to_string(post.extensions_after + static_cast<int>(n));
            }
            accounts.push_back(std::move(account));
        }
    }
}

void add_oversight(std::vector<DemoAccount>& accounts) {
    accounts.push_back({"manager01", "市领导（演示）", Role::manager, {}, {}, "", ""});
    accounts.push_back({"manager02", "蒲城县领导（演示）", Role::manager, {}, {}, "610526", ""});
    accounts.push_back({"auditor01", "审计员（演示）", Role::auditor, {}, {}, "", ""});
    accounts.push_back({"admin", "系统管理员（演示）", Role::admin, {}, {}, "", ""});
}

void add_unit(
    const Unit& unit,
    std::size_t number,
    const std::vector<Official>& officials,
    std::vector<DemoAccount>& accounts
) {
    accounts.push_back(
        {numbered("clerk", number),
         unit.name + "联络员（演示）",
         Role::unit_clerk,
         unit.id,
         {},
         "",
         ""}
    );
    accounts.push_back(
        {numbered("leader", number),
         unit.name + "负责人（演示）",
         Role::unit_leader,
         unit.id,
         {},
         "",
         ""}
    );
    std::size_t taken = 0;
    for (const Official& official : officials) {
        if (official.unit != unit.id || taken == officials_per_unit) continue;
        ++taken;
        accounts.push_back(
            {numbered("official", (number - 1) * officials_per_unit + taken),
             official.name,
             Role::official,
             unit.id,
             official.id,
             "",
             ""}
        );
    }
}

}  // namespace

std::vector<DemoAccount> demo_accounts(
    const reference::Reference& reference, const std::vector<Official>& officials
) {
    std::vector<DemoAccount> accounts;
    add_centre(accounts);
    for (std::size_t i = 0; i < staffed_units.size(); ++i) {
        for (const Unit& unit : reference.units) {
            if (unit.code == staffed_units[i]) add_unit(unit, i + 1, officials, accounts);
        }
    }
    add_oversight(accounts);
    return accounts;
}

}  // namespace hotline::city
