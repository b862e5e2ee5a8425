#pragma once

#include "ticketing/types/ids.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// 工单编号: "WN", the day of acceptance, a serial, one check digit — WN2026112300000178. It is read
// out over the telephone, hence the digit (rule W1 in ticketing/router/README.md).
namespace hotline::ticketing {

struct TicketNumber {
    std::chrono::year_month_day day;  // Asia/Shanghai
    std::uint64_t serial = 0;         // global, not per day

    bool operator==(const TicketNumber&) const = default;
};

// The serial takes six digits, more past 999 999. The day is that of China at `accepted_at`.
std::string format_ticket_number(Instant accepted_at, std::uint64_t serial);
std::string format_ticket_number(const TicketNumber& number);

// Nothing unless the shape, the day and the check digit are right. Takes lower case and blanks, as
// people type them.
std::optional<TicketNumber> parse_ticket_number(std::string_view typed);

// ISO/IEC 7064:2003 MOD 11,10 over a string of digits: finds every single wrong digit and nearly
// all swaps of neighbours.
char mod_11_10_check_digit(std::string_view digits);

}  // namespace hotline::ticketing
