#include "tests/bench/verdict.hpp"

#include <fmt/core.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace hotline::bench {

void Verdict::say(std::string_view what, double got, std::string_view goal, bool met, bool hard) {
    fmt::print("  {:<52} {:>10.2f}   goal {:<10} {}\n", what, got, goal, met ? "met" : "NOT MET");
    if (!met && hard) good = false;
}

int run_check() {
    const char* server = std::getenv("BENCH_SERVER");
    if (server == nullptr) return 0;
    std::fflush(stdout);
    const std::string command =
        fmt::format("'{}' --config '{}' check", server, std::getenv("BENCH_CONFIG"));
    return std::system(command.c_str());
}

}  // namespace hotline::bench
