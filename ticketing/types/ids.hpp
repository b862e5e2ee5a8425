#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

namespace hotline::ticketing {

// An instant in UTC, to the millisecond. China's wall clock is this plus eight hours, always.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

// A database identity that cannot be mixed up with another kind's. Zero means "none".
template <class Tag>
struct Id {
    std::uint64_t value = 0;

    explicit constexpr operator bool() const { return value != 0; }
    constexpr auto operator<=>(const Id&) const = default;
};

using TicketId = Id<struct TicketTag>;
using UnitId = Id<struct UnitTag>;
using OfficialId = Id<struct OfficialTag>;
using UserId = Id<struct UserTag>;
using EnterpriseId = Id<struct EnterpriseTag>;
using ArticleId = Id<struct ArticleTag>;  // of the knowledge base
using LeaveId = Id<struct LeaveTag>;
using TurnId = Id<struct TurnTag>;
using CardId = Id<struct CardTag>;

}  // namespace hotline::ticketing
