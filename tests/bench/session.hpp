#pragma once

#include "tests/bench/instance.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::bench {

// A logged-in person: the header lines that go with each of his requests.
struct Session {
    std::string headers;
};

// One request outside the measured load. Throws std::runtime_error unless it is answered 2xx.
std::string ask(
    std::uint16_t port,
    std::string_view method,
    const std::string& target,
    const std::string& headers = {},
    const std::string& body = {}
);

Session log_in(std::uint16_t port, const DemoAccount& account);

// All values of the field in a JSON answer, in order; without the quotes of text.
std::vector<std::string> json_values(std::string_view json, std::string_view field);

}  // namespace hotline::bench
