#include "sla/date_text.hpp"

namespace hotline::sla {
namespace {

// Writes the last `width` digits and returns the place after them.
char* digits(char* out, unsigned value, int width) {
    for (int place = width - 1; place >= 0; --place, value /= 10) {
        out[place] = static_cast<char>('0' + value % 10);
    }
    return out + width;
}

// Keeps the hyphens that stand there.
char* date_digits(char* out, std::chrono::year_month_day date) {
    out = digits(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    out = digits(out + 1, static_cast<unsigned>(date.month()), 2);
    return digits(out + 1, static_cast<unsigned>(date.day()), 2);
}

}  // namespace

std::string date_text(LocalDay day) {
    std::string text = "0000-00-00";
    date_digits(text.data(), std::chrono::year_month_day{day});
    return text;
}

std::string instant_text(Instant instant, char between) {
    const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(instant);
    const auto of_day = static_cast<unsigned>((instant - day).count());
    std::string text = "0000-00-00 00:00:00.000";
    char* at = date_digits(text.data(), std::chrono::year_month_day{day});
    *at = between;
    at = digits(at + 1, of_day / 3'600'000, 2);
    at = digits(at + 1, of_day / 60'000 % 60, 2);
    at = digits(at + 1, of_day / 1000 % 60, 2);
    digits(at + 1, of_day % 1000, 3);
    return text;
}

}  // namespace hotline::sla
