#pragma once

#include "ticketing/errors.hpp"

#include <fmt/format.h>

#include <string_view>

namespace hotline::calendar {

// What somebody gave cannot be read: where in it, and what is wrong there.
inline std::unexpected<Error> wrong(std::string_view place, std::string_view what) {
    return fail(ErrorCode::validation_failed, fmt::format("{}: {}", place, what));
}

}  // namespace hotline::calendar
