#pragma once

#include "ticketing/types/ids.hpp"

#include <chrono>

namespace hotline {

// The machine's time, to the millisecond as the stores keep it; UTC.
inline ticketing::Instant now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace hotline
