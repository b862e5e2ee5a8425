#include "sla/date_text.hpp"

#include <algorithm>

namespace hotline::sla {
namespace {

// Zeros in front until there are `width` digits.
std::string padded(unsigned number, std::size_t width) {
    const std::string digits = std::to_string(number);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
}

}  // namespace

std::string date_text(LocalDay day) {
    const std::chrono::year_month_day date{day};
    return padded(static_cast<unsigned>(static_cast<int>(date.year())), 4) + '-' +
           padded(static_cast<unsigned>(date.month()), 2) + '-' +
           padded(static_cast<unsigned>(date.day()), 2);
}

}  // namespace hotline::sla
