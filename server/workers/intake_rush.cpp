#include "server/workers/intake_rush.hpp"

namespace hotline::workers {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t crowd = 48;
constexpr auto goes_on_for = 250ms;
constexpr auto patience = 100ms;

}  // namespace

void IntakeRush::saw(std::size_t batch) {
    if (batch < crowd) return;
    const bool begins = !on();
    until_ = std::chrono::steady_clock::now() + goes_on_for;
    if (begins) began_.ring();
}

boost::asio::awaitable<void> IntakeRush::wait() {
    return began_.wait(patience);
}

}  // namespace hotline::workers
