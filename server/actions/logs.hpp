#pragma once

#include "ticketing/types/event.hpp"

#include <algorithm>
#include <span>

namespace hotline::actions {

// Calls `take` with each ticket's log out of many read together, by ticket and seq.
template <class Take>
void for_each_log(std::span<const ticketing::Event> events, Take take) {
    while (!events.empty()) {
        const auto ticket = events.front().ticket;
        const auto end = std::ranges::find_if(events, [ticket](const ticketing::Event& event) {
            return event.ticket != ticket;
        });
        const auto length = static_cast<std::size_t>(end - events.begin());
        take(events.first(length));
        events = events.subspan(length);
    }
}

}  // namespace hotline::actions
