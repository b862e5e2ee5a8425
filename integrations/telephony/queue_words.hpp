#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

// What somebody who waits is told, and when he is offered something better than waiting
// (README.md, T32 and T33).
namespace hotline::telephony {

// How the whole line stands.
struct LineFigures {
    int staffed = 0;                       // agents who take calls, wrap one up or speak
    int answered_lately = 0;               // calls, in the last half hour
    std::chrono::milliseconds handling{};  // on average, of those

    bool operator==(const LineFigures&) const = default;
};
constexpr auto lately = std::chrono::minutes(30);

// How one call stands in it.
struct PlaceInLine {
    int position = 1;
    std::chrono::milliseconds waited{};
    std::optional<int> said_position;                   // the last one he was told
    std::optional<std::chrono::milliseconds> said_ago;  // and how long that is ago
    bool said_wait = false;                             // whether he was ever told how long
};

struct Announcement {
    int position = 1;
    std::optional<std::chrono::seconds> wait;  // about; where that can be said

    bool operator==(const Announcement&) const = default;
};

// T32
constexpr auto said_again_after = std::chrono::seconds(30);
constexpr auto no_estimate_before = std::chrono::seconds(5);
constexpr int answered_for_an_estimate = 20;
std::optional<std::chrono::seconds> expected_wait(int position, const LineFigures& figures);
std::optional<Announcement> announcement(const PlaceInLine& place, const LineFigures& figures);

// T60: as it is said, 0 for less than one.
int minutes_to_say(std::chrono::seconds wait);

// T33
enum class WayOut { none, callback, message };
constexpr auto callback_offered_after = std::chrono::seconds(60);
constexpr auto message_after = std::chrono::seconds(300);
WayOut way_out(const PlaceInLine& place, const LineFigures& figures);
bool is_full(std::size_t waiting, std::size_t most);

}  // namespace hotline::telephony
