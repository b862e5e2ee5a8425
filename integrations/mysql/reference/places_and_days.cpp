#include "integrations/mysql/reference/lines.hpp"
#include "integrations/mysql/reference/tables.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace hotline::reference {
namespace {

using ticketing::Division;

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<Division::Kind> kind_of(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, Division::Kind>, 4> kinds{{
        {"city", Division::Kind::city},
        {"county", Division::Kind::county},
        {"zone", Division::Kind::zone},
        {"town", Division::Kind::town},
    }};
    for (const auto& [name, kind] : kinds) {
        if (name == word) return kind;
    }
    return std::nullopt;
}

std::optional<std::chrono::year_month_day> day_of(std::string_view text) {
    const auto parts = parted(text, '-');
    if (parts.size() != 3) return std::nullopt;
    const auto year = number(parts[0]), month = number(parts[1]), day = number(parts[2]);
    if (!year || !month || !day || *month < 1 || *day < 1) return std::nullopt;
    const std::chrono::year_month_day date{
        std::chrono::year{*year},
        std::chrono::month{static_cast<unsigned>(*month)},
        std::chrono::day{static_cast<unsigned>(*day)},
    };
    return date.ok() ? std::optional{date} : std::nullopt;
}

}  // namespace

Result<std::vector<Place>> parse_divisions(std::string_view text) {
    std::vector<Place> places;
    for (const Line& line : lines_of("divisions.tsv", text)) {
        const auto cells = parted(line.text, '\t');
        if (cells.size() != 6) return faulty(line, "expected six columns");
        const auto kind = kind_of(cells[3]);
        if (!kind) return faulty(line, "unknown kind");
        Place place;
        place.division.code = cells[0];
        place.division.name = cells[1];
        if (cells[2] != "-") place.division.parent = cells[2];
        place.division.kind = *kind;
        if (cells[4] != "-") {
            const auto column = number(cells[4]), row = number(cells[5]);
            if (!column || !row) return faulty(line, "the grid takes whole numbers");
            place.tile = Tile{*column, *row};
        }
        places.push_back(std::move(place));
    }
    return places;
}

Result<std::vector<CalendarDay>> parse_holidays(std::string_view text) {
    std::vector<CalendarDay> days;
    for (const Line& line : lines_of("holidays.tsv", text)) {
        const auto cells = parted(line.text, '\t');
        if (cells.size() != 3) return faulty(line, "expected three columns");
        const auto day = day_of(cells[0]);
        if (!day) return faulty(line, "no such day");
        if (cells[1] != "0" && cells[1] != "1") return faulty(line, "expected 0 or 1");
        days.push_back({*day, cells[1] == "1", std::string{cells[2]}});
    }
    return days;
}

}  // namespace hotline::reference
