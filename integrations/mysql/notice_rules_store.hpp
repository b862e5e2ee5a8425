#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotline::mysql {

// One version of the notice rules, as text (server/api/notice_rules_input.hpp).
struct StoredNoticeRules {
    std::uint32_t version = 0;
    ticketing::Instant added_at;
    ticketing::UserId added_by;
    std::string added_by_name;
    std::string note;
    std::string body;
};

// The newest one, when it is another than `known`; nothing when that is the newest. Cheap enough to
// ask every second.
Result<std::optional<StoredNoticeRules>> newer_notice_rules(Connection& db, std::uint32_t known);
// Newest first.
Result<std::vector<StoredNoticeRules>> list_notice_rules(Connection& db, std::size_t limit);
// Adds it inside the caller's transaction; `conflict` when its number is there already.
Result<void> insert_notice_rules(Connection& db, const StoredNoticeRules& rules);

}  // namespace hotline::mysql
