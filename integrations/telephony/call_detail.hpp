#pragma once

#include "integrations/telephony/call_state.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What a platform's own books say of a call that is over, held against what its events have told
// (README.md, T41 to T44).
namespace hotline::telephony {

// One call detail record.
struct CallDetail {
    std::string call_id;
    Direction direction = Direction::in;
    std::string ani;
    std::string dnis;
    std::string agent;  // extension; of whoever answered
    ticketing::Instant offered_at;
    ticketing::Instant ended_at;
    // Some books count a call as answered as soon as a machine greets it: they do not tell. Others
    // know that somebody answered, and not when.
    std::optional<bool> answered;
    std::optional<ticketing::Instant> answered_at;

    bool operator==(const CallDetail&) const = default;
};

// Persisted numbers.
enum class DetailDifference {
    unknown_call = 1,    // none of its events had come
    end_missed = 2,      // it was going on, or lost
    answer = 3,          // one side says answered, the other does not
    talk_time = 4,       // longer or shorter than it was here
    not_in_details = 5,  // it was here, and the books have no such call
};

constexpr auto names_of(DetailDifference) {
    return ticketing::NameTable<DetailDifference, 5>{{
        {DetailDifference::unknown_call, "unknown_call"},
        {DetailDifference::end_missed, "end_missed"},
        {DetailDifference::answer, "answer"},
        {DetailDifference::talk_time, "talk_time"},
        {DetailDifference::not_in_details, "not_in_details"},
    }};
}

// T43
constexpr auto same_talk_time = std::chrono::seconds(5);
// T41
constexpr auto longest_told_call = std::chrono::hours(12);
constexpr auto longest_detail_list = std::chrono::hours(24);
// T44
constexpr auto edge_of_details = std::chrono::minutes(1);
constexpr auto details_expected_every = std::chrono::hours(48);
constexpr auto details_expected_for = std::chrono::days(30);

// From the answer to the end; nothing where nobody answered, or nobody knows.
std::optional<std::chrono::milliseconds> talk_time(
    std::optional<ticketing::Instant> answered_at, std::optional<ticketing::Instant> ended_at
);

// T43; `story`: none when no event of it has come. Nothing: both say the same.
std::optional<DetailDifference> difference(const CallDetail& detail, const CallStory* story);

// T42: what its events would have told, or the end alone where only that is missing. Each event id
// begins with `stem`, which has to be this call's own.
std::vector<CtiEvent> missing_events(
    const CallDetail& detail, const CallStory* story, std::string_view stem
);

}  // namespace hotline::telephony
