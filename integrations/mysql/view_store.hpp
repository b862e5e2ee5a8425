#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/actor.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// A named question to the list of tickets (A15).
struct SavedView {
    std::string id;
    ticketing::UserId account;
    std::string account_name;  // read only
    std::string name;
    std::string question;  // JSON
    std::string sort;
    std::string columns;  // comma separated; "": as the page offers them
    std::optional<ticketing::Role> role;
    std::uint32_t version = 1;
};

// The account's own and those given to the role, the oldest first.
Result<std::vector<SavedView>> list_views(
    Connection& db, ticketing::UserId account, ticketing::Role role
);
// The account's own and all that are given to somebody.
Result<std::vector<SavedView>> list_given_views(Connection& db, ticketing::UserId account);
// Locked until the transaction ends.
Result<std::optional<SavedView>> find_view(Connection& db, std::string_view id);
Result<std::size_t> count_views(Connection& db, ticketing::UserId account);

Result<void> insert_view(Connection& db, const SavedView& view, ticketing::Instant now);
// All but the owner; `view.version` is the new one.
Result<void> update_view(Connection& db, const SavedView& view, ticketing::Instant now);
Result<void> delete_view(Connection& db, std::string_view id);

}  // namespace hotline::mysql
