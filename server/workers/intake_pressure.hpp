#pragma once

#include "server/actions/appeal_desk.hpp"
#include "server/metrics.hpp"

#include <chrono>

namespace hotline::workers {

// Whether appeals pour in: figures, search and hot topics can wait for seconds, an appeal's commit
// cannot. Whoever stands back asks before each piece of work. One for each of them; on the I/O
// thread.
class IntakePressure {
public:
    IntakePressure(const actions::Backlog& intake, const Metrics& metrics)
        : intake_(intake), metrics_(metrics) {}

    // Since the question before: many appeals wait, or many were written.
    bool pouring();

private:
    const actions::Backlog& intake_;
    const Metrics& metrics_;
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
    double written_ = 0;
};

}  // namespace hotline::workers
