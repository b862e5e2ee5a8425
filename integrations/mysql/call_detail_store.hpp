#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/types/ids.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

// What is known of a call that a platform's books may tell of.
struct ToldCall {
    std::string call_id;
    int state = 0;  // telephony::CallState
    std::optional<ticketing::Instant> answered_at;
    std::optional<ticketing::Instant> ended_at;
};
Result<std::vector<ToldCall>> told_calls(
    Connection& db, std::string_view source, const std::vector<std::string>& call_ids
);
// Its calls that ended from `from` on and before `until`, and came in from `begun_from` on.
Result<std::vector<ToldCall>> told_calls_ended(
    Connection& db,
    std::string_view source,
    ticketing::Instant begun_from,
    ticketing::Instant from,
    ticketing::Instant until
);

struct CallDetailList {
    std::uint64_t id = 0;
    std::string source;
    ticketing::Instant from{};
    ticketing::Instant until{};
    ticketing::Instant told_at{};
    std::size_t told = 0;
    std::size_t differing = 0;  // read only
};
struct CallDetailDifference {
    std::uint64_t list = 0;
    std::string call_id;
    int kind = 0;                                   // telephony::DetailDifference
    std::optional<std::chrono::milliseconds> ours;  // of talk
    std::optional<std::chrono::milliseconds> theirs;
};

// Keeps the list, or puts it in the place of the one of the same time; its row is locked then.
Result<std::uint64_t> keep_detail_list(Connection& db, const CallDetailList& list);
// Differences of a list that was told before, without those of `kept_kinds`, go; these come.
Result<void> replace_differences(
    Connection& db,
    std::uint64_t list,
    const std::vector<int>& kept_kinds,
    const std::vector<CallDetailDifference>& differences
);

// The latest times first.
Result<std::vector<CallDetailList>> read_detail_lists(Connection& db, std::size_t limit);
// Of one list, at most `limit`, by kind.
Result<std::vector<CallDetailDifference>> read_differences(
    Connection& db, std::uint64_t list, std::size_t limit
);

// For each platform that has told a list since `since`: its name and until when it has told.
struct DetailsTold {
    std::string source;
    ticketing::Instant until{};
};
Result<std::vector<DetailsTold>> details_told(Connection& db, ticketing::Instant since);
// How many differences of that kind lists since then have, and the first such call.
struct DifferenceCount {
    std::size_t calls = 0;
    std::string first;
};
Result<DifferenceCount> count_differences(Connection& db, int kind, ticketing::Instant since);

}  // namespace hotline::mysql
