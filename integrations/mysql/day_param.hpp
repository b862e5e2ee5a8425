#pragma once

#include "integrations/mysql/param.hpp"
#include "sla/local_time.hpp"

#include <chrono>

namespace hotline::mysql {

// A DATE column both ways: a calendar day of China.
inline Param day_param(sla::LocalDay day) {
    return Time{day.time_since_epoch()};
}

inline sla::LocalDay day_of(Time midnight) {
    return sla::LocalDay{std::chrono::floor<std::chrono::days>(midnight).time_since_epoch()};
}

}  // namespace hotline::mysql
