#pragma once

#include "sla/rollup.hpp"
#include "ticketing/types/ids.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

// R13: what the router remembers of approved returns. A kind is a topic at a place.
namespace hotline::ticketing {

// One approved return, or one that a supervisor's designation for another unit stands for.
struct Misroute {
    std::string topic;
    std::string place;  // county or zone of the matter, "" = unknown
    UnitId unit;        // gave it back
    UnitId went_to;     // has it since; none: nobody yet
    Instant returned_at;

    bool operator==(const Misroute&) const = default;
};

// A matter of a kind for which the unit submitted a result, by when it was sent there.
struct Kept {
    std::string topic;
    std::string place;
    UnitId unit;
    Instant sent_at;

    bool operator==(const Kept&) const = default;
};

// What one ticket teaches.
struct Lessons {
    std::vector<Misroute> misroutes;
    std::optional<Kept> kept;
};

// Nothing of a ticket that is declined, withdrawn or merged, nor of topic 其他, which says nothing
// about a matter. The same facts give the same lessons.
Lessons lessons_of(const sla::TicketFacts& facts);

// Which unit to ask instead of which, by what is remembered at one moment. Immutable; the same
// lessons in any order give the same answers.
class Misroutes {
public:
    struct Instead {
        UnitId unit;
        int returns = 0;

        bool operator==(const Instead&) const = default;
    };

    // Two in a row: one may be a matter of its own.
    static constexpr int returns_to_learn = 2;
    static constexpr int returns_to_forget = 2;
    static constexpr std::chrono::days memory{90};

    Misroutes() = default;
    // `misroutes` of the last `memory` before `now` at least, older ones do no harm; `kept`: the
    // last of each kind and unit, or all.
    Misroutes(std::span<const Misroute> misroutes, std::span<const Kept> kept, Instant now);

    std::optional<Instead> instead_of(std::string_view topic, std::string_view place, UnitId unit)
        const;

    // A unit that is passed over for a kind, and who is asked instead.
    struct Known {
        std::string topic;
        std::string place;
        UnitId unit;
        Instead instead;

        bool operator==(const Known&) const = default;
    };
    // All of them, by topic, place and unit.
    std::vector<Known> known() const;
    std::size_t size() const;
    bool operator==(const Misroutes&) const = default;

private:
    struct Pair {
        std::string topic;
        std::string place;
        Instead instead;

        bool operator==(const Pair&) const = default;
    };
    std::unordered_map<std::uint64_t, std::vector<Pair>> by_unit_;  // ordered by topic and place
};

}  // namespace hotline::ticketing
