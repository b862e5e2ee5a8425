#pragma once

#include "ticketing/permissions.hpp"
#include "ticketing/types/actor.hpp"
#include "ticketing/types/directory.hpp"
#include "ticketing/types/enterprise.hpp"
#include "ticketing/types/ticket.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

// An enterprise's whole life with the city, out of its tickets (rule A16).
namespace hotline::ticketing {

// A16: whether he may be shown this enterprise. `of_his`: one of its tickets is in his scope.
bool may_see_enterprise(
    const Actor& actor, const Enterprise& enterprise, bool of_his, const Directory& directory
);

// A16: what of its tickets he is shown in lists: for who takes calls, what any call of it shows.
Scope enterprise_scope_of(const Actor& actor, const Directory& directory);

// One of its tickets, as far as figures need it.
struct EnterpriseMatter {
    State state{};
    Channel channel{};
    std::string topic;
    std::string title;
    Instant accepted_at{};
    std::optional<Instant> rated_at;
    std::optional<Solved> solved;
    std::optional<Satisfaction> satisfaction;
};

// Ratings of one month of the calendar in China, by when they were given.
struct MonthOfRatings {
    std::string month;  // "2026-11"
    int rated = 0;
    int satisfied = 0;  // basically satisfied counts
    int solved = 0;     // wholly

    bool operator==(const MonthOfRatings&) const = default;
};

struct CountedWords {
    std::string text;
    int tickets = 0;

    bool operator==(const CountedWords&) const = default;
};

struct EnterpriseFigures {
    int tickets = 0;
    int open = 0;
    int visits = 0;  // 走访
    std::optional<Instant> first_at;
    std::vector<MonthOfRatings> ratings;  // the oldest first; months without are left out
    std::vector<CountedWords> topics;     // the most frequent first, at most eight
    std::vector<CountedWords> words;      // what its titles say again and again, likewise
};
// `matters`: the newest first; only the newest three hundred are read for words.
EnterpriseFigures figures_of(std::span<const EnterpriseMatter> matters);

}  // namespace hotline::ticketing
