#pragma once

#include "ticketing/errors.hpp"
#include "ticketing/types/directory.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The city's facts as they are delivered with the program: the files of this folder, parsed. The
// seed writes them into the database once; from then on the database is right.
namespace hotline::reference {

// Where a county's or zone's tile stands on the dashboard.
struct Tile {
    int column = 0;
    int row = 0;
};

struct Place {
    ticketing::Division division;
    std::optional<Tile> tile;
};

// An exception to Monday to Friday.
struct CalendarDay {
    std::chrono::year_month_day day;
    bool off = false;
    std::string name;
};

struct Reference {
    std::vector<Place> places;
    std::vector<ticketing::Unit> units;  // with ids 1, 2, 3 … in the order of the files
    std::vector<ticketing::Duty> duties;
    std::vector<CalendarDay> days;
};

// The delivered files, as text.
struct Files {
    std::string_view divisions;
    std::string_view departments;
    std::string_view duties;
    std::string_view holidays;
};
Files embedded_files();

// Fails with `invalid_format` and "file:line: what is wrong" at the first faulty line.
Result<Reference> parse(const Files& files);

// A directory of the reference alone, indexed: no officials, no cards.
ticketing::Directory directory_of(const Reference& reference);

}  // namespace hotline::reference
