#pragma once

#include "tests/faults/wire.hpp"
#include "tests/faults/world.hpp"

#include <string>

namespace hotline::test {

// A session of a demonstration account: the header lines that prove it, CSRF token included.
struct LoggedIn {
    std::string headers;
};

// Logs in as the first demonstration account of the role; throws std::runtime_error when refused.
LoggedIn log_in(const World& world, Wire& wire, const std::string& role);

}  // namespace hotline::test
