#pragma once

#include <string_view>

namespace hotline::bench {

// Goals beside what was measured. A hard one that is missed makes the benchmark fail.
struct Verdict {
    bool good = true;

    void say(std::string_view what, double got, std::string_view goal, bool met, bool hard);
};

// `hotline-server check` against the instance: its exit code; 0 without a server to ask.
int run_check();

}  // namespace hotline::bench
