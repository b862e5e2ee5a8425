#include "server/workers/intake_pressure.hpp"

namespace hotline::workers {
namespace {

constexpr std::uint64_t many_waiting = 500;  // about two batches of the intake
constexpr double many_written = 200;         // a second

}  // namespace

bool IntakePressure::pouring() {
    const auto now = std::chrono::steady_clock::now();
    const double written = metrics_.tickets_committed.Value();
    const std::chrono::duration<double> passed = now - since_;
    const bool many = written - written_ > many_written * passed.count();
    since_ = now;
    written_ = written;
    return many || intake_.length > many_waiting;
}

}  // namespace hotline::workers
