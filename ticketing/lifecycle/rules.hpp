#pragma once

#include <cstddef>
#include <cstdint>

// Figures of the lifecycle rules that no policy sets; README.md gives their sources. What a policy
// sets (redo limit, callback attempts, reopening time …) stands in sla::Policy.
namespace hotline::ticketing::rules {

inline constexpr int designate_after_returns = 2;     // T12
inline constexpr int designate_after_dispatches = 3;  // T12
inline constexpr int hard_case_redos = 2;             // T32
inline constexpr std::size_t hard_case_units = 3;     // T32: units that had or share it
inline constexpr std::size_t co_unit_limit = 8;       // T14
inline constexpr int suspension_days = 90;            // T18: until the next look at the cause
inline constexpr std::size_t meeting_limit = 6;       // T36
inline constexpr std::size_t milestone_limit = 12;    // T36: of one meeting
inline constexpr int meeting_days = 30;               // T36: noted so long after it at the latest
inline constexpr int supervision_days = 30;           // T28: until the reply at the latest
inline constexpr int ticket_files = 40;               // T35
inline constexpr int appellant_files = 12;            // T35: of those, his own
inline constexpr std::uint64_t ticket_file_bytes = 200ULL << 20;  // T35

}  // namespace hotline::ticketing::rules
