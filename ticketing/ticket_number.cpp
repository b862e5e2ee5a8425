#include "ticketing/ticket_number.hpp"

#include <algorithm>

namespace hotline::ticketing {
namespace {

constexpr std::string_view prefix = "WN";
constexpr std::size_t day_digits = 8;
constexpr std::size_t least_serial_digits = 6;
constexpr std::size_t most_serial_digits = 13;  // a ticket number stays within 24 characters
constexpr auto china = std::chrono::hours{8};

std::string padded(std::uint64_t value, std::size_t digits) {
    std::string text = std::to_string(value);
    if (text.size() < digits) text.insert(0, digits - text.size(), '0');
    return text;
}

std::uint64_t number_of(std::string_view digits) {
    std::uint64_t value = 0;
    for (const char c : digits) value = value * 10 + static_cast<std::uint64_t>(c - '0');
    return value;
}

std::string without_blanks(std::string_view typed) {
    std::string text;
    for (const char c : typed) {
        if (c == ' ' || c == '-') continue;
        text.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    return text;
}

}  // namespace

char mod_11_10_check_digit(std::string_view digits) {
    int carry = 10;
    for (const char c : digits) {
        carry = (carry + (c - '0')) % 10;
        if (carry == 0) carry = 10;
        carry = carry * 2 % 11;
    }
    return static_cast<char>('0' + (11 - carry) % 10);
}

std::string format_ticket_number(Instant accepted_at, std::uint64_t serial) {
    const auto day = std::chrono::floor<std::chrono::days>(accepted_at + china);
    return format_ticket_number({std::chrono::year_month_day{day}, serial});
}

std::string format_ticket_number(const TicketNumber& number) {
    std::string digits = padded(static_cast<unsigned>(static_cast<int>(number.day.year())), 4);
    digits += padded(static_cast<unsigned>(number.day.month()), 2);
    digits += padded(static_cast<unsigned>(number.day.day()), 2);
    digits += padded(number.serial, least_serial_digits);
    return std::string{prefix} + digits + mod_11_10_check_digit(digits);
}

std::optional<TicketNumber> parse_ticket_number(std::string_view typed) {
    const std::string text = without_blanks(typed);
    if (!text.starts_with(prefix)) return std::nullopt;
    const auto digits = std::string_view{text}.substr(prefix.size());
    if (!std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) {
        return std::nullopt;
    }
    if (digits.size() < day_digits + least_serial_digits + 1 ||
        digits.size() > day_digits + most_serial_digits + 1) {
        return std::nullopt;
    }
    const auto checked = digits.substr(0, digits.size() - 1);
    if (mod_11_10_check_digit(checked) != digits.back()) return std::nullopt;

    const std::chrono::year_month_day day{
        std::chrono::year{static_cast<int>(number_of(digits.substr(0, 4)))},
        std::chrono::month{static_cast<unsigned>(number_of(digits.substr(4, 2)))},
        std::chrono::day{static_cast<unsigned>(number_of(digits.substr(6, 2)))},
    };
    const auto serial = checked.substr(day_digits);
    // One number per serial: longer ones have no leading zero.
    if (!day.ok() || (serial.size() > least_serial_digits && serial.front() == '0')) {
        return std::nullopt;
    }
    return TicketNumber{day, number_of(serial)};
}

}  // namespace hotline::ticketing
