#pragma once

#include "integrations/telephony/queue_words.hpp"
#include "server/actions/distribute_calls.hpp"

namespace hotline::actions {

// Who has calls in hand (integrations/telephony, T31), and how the line stands (T32). Each deed
// inside the caller's transaction.

// Heard again: the same token as long as its lease had not run out. Another one: it counts as a new
// owner, by its beginning (token 0) or because it was silent too long; whatever it had in hand is
// given to whoever takes over first, itself included.
Result<std::uint64_t> renew_owner(
    mysql::Connection& db, const AcdOwner& owner, ticketing::Instant now
);

// A call whose owner is heard no more, and how it stands. An offer stays what it is: the telephone
// may ring; its end is told with the new token.
struct TakenOver {
    std::string source;
    std::string call_id;
    telephony::AcdState state{};
    int attempt = 0;
    ticketing::UserId agent;  // it rings at him, or he took it
    std::optional<ticketing::Instant> lease_until;
    ticketing::Instant enqueued_at{};
    std::uint64_t token = 0;
};
// Each of them goes to one new owner. None to one whose own lease is over.
Result<std::vector<TakenOver>> take_over(
    mysql::Connection& db, const AcdOwner& owner, ticketing::Instant now
);

// The line as everybody sees it, the first first; calls that ring at an agent keep their place.
struct LineEntry {
    std::string source;
    std::string call_id;
    ticketing::Instant enqueued_at{};
    std::chrono::seconds bonus{};
    std::vector<telephony::SkillWish> skills;
    int attempt = 0;
    bool offered = false;
    std::uint64_t token = 0;
};
struct WaitingLine {
    std::vector<LineEntry> entries;
    telephony::LineFigures figures;
};
Result<WaitingLine> read_line(mysql::Connection& db, ticketing::Instant now);

}  // namespace hotline::actions
