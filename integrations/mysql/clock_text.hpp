#pragma once

#include "sla/clock.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The clocks of a ticket inside its own row. A clock is never read, written or locked without its
// ticket, and rows of their own cost a birth and an act more than all their other rows together.
namespace hotline::mysql {

// A JSON array with one array per clock:
//   [kind, generation, state, started, due, warn, warned, stopped, fired, limit unit, limit amount,
//    [[pause from, until], …], [[extension at, unit, amount], …], calendar version, policy version,
//    beyond known calendar, escalate at, escalate to]
// Numbers as the enums persist them, instants in Unix milliseconds, null for what has not come; a
// pause that lasts has one number. The view `ticket_clock` shows the same as rows.
std::string clocks_text(const std::vector<sla::Clock>& clocks);

// Nothing when the text is not what clocks_text() writes.
std::optional<std::vector<sla::Clock>> clocks_from(std::string_view text);

}  // namespace hotline::mysql
