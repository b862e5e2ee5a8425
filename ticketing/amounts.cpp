#include "ticketing/amounts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace hotline::ticketing {
namespace {

constexpr double most_yuan = 1e13;  // beyond that it is no sum but a slip of the keyboard

constexpr std::array<std::pair<std::string_view, int>, 12> numerals{{
    {"零", 0},
    {"〇", 0},
    {"一", 1},
    {"二", 2},
    {"两", 2},
    {"三", 3},
    {"四", 4},
    {"五", 5},
    {"六", 6},
    {"七", 7},
    {"八", 8},
    {"九", 9},
}};
constexpr std::array<std::pair<std::string_view, int>, 3> small_units{
    {{"十", 10}, {"百", 100}, {"千", 1000}}
};
constexpr std::array<std::string_view, 6> vague{"余", "多", "来", "几", " ", "约"};

// What is left of a text, taken from the front piece by piece.
struct AmountReader {
    std::string_view rest;

    bool take(std::string_view piece) {
        if (!rest.starts_with(piece)) return false;
        rest.remove_prefix(piece.size());
        return true;
    }
    template <std::size_t Count>
    std::optional<int> take_any(const std::array<std::pair<std::string_view, int>, Count>& list) {
        for (const auto& [piece, value] : list) {
            if (take(piece)) return value;
        }
        return std::nullopt;
    }
    void skip_vague() {
        while (std::ranges::any_of(vague, [this](auto piece) { return take(piece); })) {
        }
    }
};

std::optional<double> arabic(AmountReader& reader) {
    double value = 0;
    double scale = 0;
    bool any = false;
    while (!reader.rest.empty()) {
        const char c = reader.rest.front();
        if (c >= '0' && c <= '9') {
            value = scale == 0 ? value * 10 + (c - '0') : value + (c - '0') * scale;
            scale /= 10;
            any = true;
        } else if (c == '.' && any && scale == 0) {
            scale = 0.1;
        } else if (c != ',' || !any) {
            break;
        }
        reader.rest.remove_prefix(1);
    }
    return any ? std::optional{value} : std::nullopt;
}

// Numerals below ten thousand: 三百二十, 两千, 十五.
std::optional<double> chinese(AmountReader& reader) {
    double value = 0;
    int pending = 0;
    bool any = false;
    while (!reader.rest.empty()) {
        if (const auto digit = reader.take_any(numerals)) {
            pending = *digit;
        } else if (const auto unit = reader.take_any(small_units)) {
            value += (pending == 0 ? 1 : pending) * *unit;
            pending = 0;
        } else {
            break;
        }
        any = true;
    }
    return any ? std::optional{value + pending} : std::nullopt;
}

// A number with its thousands: "28.5万", "三百余万", "两亿", "3千多万".
std::optional<double> number(AmountReader& reader) {
    auto value = arabic(reader);
    if (!value) value = chinese(reader);
    if (!value) return std::nullopt;
    reader.skip_vague();
    if (reader.take("百")) *value *= 100;
    if (reader.take("千")) *value *= 1000;
    reader.skip_vague();
    if (reader.take("万")) *value *= 1e4;
    reader.skip_vague();
    if (reader.take("亿")) *value *= 1e8;
    reader.skip_vague();
    return value;
}

// One sum at the front of the text, in yuan; "二十八万六千元" has two parts.
std::optional<double> yuan_at(AmountReader& reader) {
    auto value = number(reader);
    if (!value) return std::nullopt;
    if (const auto rest = number(reader); rest && *rest < *value) *value += *rest;
    return reader.take("元") || reader.take("块") ? value : std::nullopt;
}

bool begins_number(std::string_view text) {
    const auto c = static_cast<unsigned char>(text.front());
    if (c >= '0' && c <= '9') return true;
    if (c < 0xE0) return false;
    const auto starts = [text](const auto& entry) { return text.starts_with(entry.first); };
    return std::ranges::any_of(numerals, starts) || std::ranges::any_of(small_units, starts);
}

}  // namespace

std::optional<std::int64_t> largest_amount(std::string_view text) {
    // Without a unit of money there is nothing to look for: the usual case, and cheap.
    if (text.find("元") == std::string_view::npos && text.find("块") == std::string_view::npos) {
        return std::nullopt;
    }
    double best = 0;
    AmountReader reader{text};
    while (!reader.rest.empty()) {
        if (!begins_number(reader.rest)) {
            reader.rest.remove_prefix(1);
            continue;
        }
        if (const auto yuan = yuan_at(reader); yuan && *yuan < most_yuan) {
            best = std::max(best, *yuan);
        }
    }
    if (best <= 0) return std::nullopt;
    return static_cast<std::int64_t>(std::llround(best * 100));
}

}  // namespace hotline::ticketing
