#include "server/calendar/local_text.hpp"

#include "sla/date_text.hpp"

#include <fmt/format.h>

#include <array>

namespace hotline::calendar {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// Exactly `length` digits at `at`; −1 for anything else.
int digits(std::string_view text, std::size_t at, std::size_t length) {
    if (text.size() < at + length) return -1;
    int value = 0;
    for (const char c : text.substr(at, length)) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

bool has(std::string_view text, std::size_t at, char c) {
    return at < text.size() && text[at] == c;
}

}  // namespace

std::optional<sla::LocalDay> date_of(std::string_view text) {
    if (text.size() != 10 || !has(text, 4, '-') || !has(text, 7, '-')) return std::nullopt;
    const int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    if (year < 1 || month < 0 || day < 0) return std::nullopt;
    const std::chrono::year_month_day date{
        std::chrono::year{year},
        std::chrono::month{static_cast<unsigned>(month)},
        std::chrono::day{static_cast<unsigned>(day)},
    };
    if (!date.ok()) return std::nullopt;
    return sla::LocalDay{date};
}

std::optional<LocalSeconds> local_time_of(std::string_view text) {
    const bool with_seconds = text.size() == 19;
    if (!with_seconds && text.size() != 16) return std::nullopt;
    if (!has(text, 10, 'T') || !has(text, 13, ':')) return std::nullopt;
    if (with_seconds && !has(text, 16, ':')) return std::nullopt;
    const auto day = date_of(text.substr(0, 10));
    const int hour = digits(text, 11, 2), minute = digits(text, 14, 2);
    const int second = with_seconds ? digits(text, 17, 2) : 0;
    if (!day || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
        return std::nullopt;
    }
    return *day + hours{hour} + minutes{minute} + seconds{second};
}

std::optional<minutes> time_of_day_of(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const int hour = digits(text, 0, 2), minute = digits(text, 3, 2);
    if (hour < 0 || minute < 0 || minute > 59) return std::nullopt;
    const minutes time = hours{hour} + minutes{minute};
    if (time > days{1}) return std::nullopt;
    return time;
}

std::string text_of(LocalSeconds time) {
    const auto day = std::chrono::floor<days>(time);
    const std::chrono::hh_mm_ss clock{time - day};
    return fmt::format(
        "{}T{:02}:{:02}:{:02}",
        sla::date_text(day),
        clock.hours().count(),
        clock.minutes().count(),
        clock.seconds().count()
    );
}

std::string text_of(minutes time) {
    return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

std::string moment_text(sla::Instant instant) {
    const LocalSeconds local{
        std::chrono::floor<std::chrono::seconds>(instant + sla::china_offset).time_since_epoch()
    };
    std::string text = text_of(local).substr(0, 16);
    text[10] = ' ';
    return text;
}

}  // namespace hotline::calendar
