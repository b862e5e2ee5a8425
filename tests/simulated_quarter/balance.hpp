#pragma once

#include "ticketing/types/directory.hpp"

#include <cstddef>
#include <vector>

namespace simulated_quarter {

using namespace hotline::ticketing;

// What lay on each official's desk at the end of the working days on which he was there.
class DeskBook {
public:
    explicit DeskBook(std::size_t officials) : pages_(officials) {}

    void note(std::size_t official, double open_weighted);
    void took(std::size_t official) { ++pages_[official].taken; }

    struct Page {
        double sum = 0;
        int days = 0;
        int taken = 0;

        double mean() const { return days == 0 ? 0 : sum / days; }
    };
    const Page& page(std::size_t official) const { return pages_[official]; }

private:
    std::vector<Page> pages_;
};

// How evenly the members of each unit of two or more, who may all take the same, were loaded. An
// official's load is the mean over the days of his presence of the weighted work open on his desk
// at the day's end. Where people took few matters each, a single long one decides what that mean
// is; there the matters are counted.
struct Balance {
    std::size_t groups = 0;     // whose people took `enough` matters each on average
    std::size_t officials = 0;  // in them
    double worst = 0;           // the largest load, as a multiple of its group's mean
    UnitId worst_unit;
    double gini = 0;  // of the loads as multiples of their group's mean

    std::size_t small_groups = 0;  // the others that took anything
    // The most matters anybody in them took beyond one and a half times his share, which goes by
    // the days of his presence.
    double most_beyond = 0;
};

inline constexpr double enough = 10;
inline constexpr double fair_multiple = 1.5;

Balance balance_of(const DeskBook& book, const Directory& directory);

}  // namespace simulated_quarter
