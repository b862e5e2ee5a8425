#pragma once

#include "ticketing/notices/plan.hpp"

#include <string>
#include <vector>

// What the administrator has decided about being told (README.md, G18), and what it comes to.
namespace hotline::ticketing::notices {

// Takes channels away from the notices it fits; what it does not name fits all.
struct ChannelRule {
    std::optional<Occasion> occasion;
    std::optional<Standing> standing;
    std::optional<Urgency> urgency;
    Channels without;

    bool operator==(const ChannelRule&) const = default;
};

struct Rules {
    Pace pace;
    // Of whoever has not set quiet hours of his own; the same twice: none.
    std::chrono::minutes quiet_from = Preferences{}.quiet_from;
    std::chrono::minutes quiet_to = Preferences{}.quiet_to;
    std::vector<ChannelRule> lines;

    bool operator==(const Rules&) const = default;
};

// G18: by which of `reachable` a notice may go. Every line that fits takes its channels away; an
// open page is never taken away, and nothing is of a critical duty.
Channels permitted(
    const Rules& rules, Occasion occasion, Standing standing, Urgency urgency, Channels reachable
);

// As what the receivers of an occasion are told (G1 to G6, G13).
std::vector<Standing> standings_of(Occasion occasion);

// One kind of notice.
struct Case {
    Occasion occasion = Occasion::assigned;
    Standing standing = Standing::handler;
    Urgency urgency = Urgency::normal;

    bool operator==(const Case&) const = default;
};
// All there are: every occasion, as every standing it is told to, at every urgency.
std::vector<Case> all_cases();

// The first duty that would be told by nothing but an open page, of those this server could tell
// otherwise; nothing: the rules leave every duty a way.
std::optional<Case> silenced(const Rules& rules, Channels reachable);

// The channels of a notice one after the other, as the ladder has it under these rules for
// somebody with no wishes of his own.
std::vector<Channels> ways_of(const Rules& rules, const Case& of, Channels reachable);

// What happens to a notice nobody answers and no channel reports as taken, from `at` on.
struct CourseStep {
    Instant at;
    Channels send;
    bool held = false;  // waits from now until the next step

    bool operator==(const CourseStep&) const = default;
};
struct ForeseenCourse {
    std::vector<CourseStep> steps;
    Ending ending = Ending::none;
    Instant ended_at;

    bool operator==(const ForeseenCourse&) const = default;
};
ForeseenCourse foresee(
    const Rules& rules,
    const Case& of,
    Channels reachable,
    const sla::Calendar& calendar,
    Instant at
);

}  // namespace hotline::ticketing::notices
