#pragma once

#include <optional>

// How many agents a line needs (README.md, T11 to T13).
namespace hotline::telephony {

// Calls that come within a period, and how long one keeps an agent: talk, hold and wrap-up.
struct Load {
    double calls = 0;
    double period_s = 1800;
    double handling_s = 0;

    // T11
    double erlangs() const;
};

struct Promise {
    double share = 0.9;    // of the calls, from 0 to 1 …
    double within_s = 15;  // … are answered within
};

// T12: what so many agents make of a load.
struct Service {
    int agents = 0;
    double blocked = 0;  // Erlang B
    double waits = 0;    // Erlang C: the share of callers who wait at all
    double in_time = 0;  // the share answered within the promise's seconds
    double mean_wait_s = 0;
    double occupancy = 0;
    double waiting = 0;  // callers in the queue, on average
};

// None when the agents are no more than the erlangs: the queue then grows without end.
std::optional<Service> service_of(const Load& load, int agents, double within_s);

// T13: the fewest who keep the promise; 0 for no calls. None when no number does (a share of 1 with
// any load, or a load beyond `most_agents`).
constexpr int most_agents = 5000;
std::optional<int> agents_for(const Load& load, const Promise& promise);

}  // namespace hotline::telephony
