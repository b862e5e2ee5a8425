#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/notices/plan.hpp"
#include "ticketing/notices/roster.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

// Notices whose time has come, and what is done about them.
namespace hotline::mysql {

struct DueNotice {
    std::uint64_t id = 0;
    ticketing::TicketId ticket;
    std::uint64_t seq = 0;
    ticketing::UserId receiver;
    ticketing::notices::Course course;  // `settled` is for the caller to find out
    bool held = false;
    ticketing::Instant at;
};

// Those due first, locked until the transaction ends; rows another one has in hand are passed over.
Result<std::vector<DueNotice>> take_due_notices(
    Connection& db, ticketing::Instant now, std::size_t limit
);

// How a receiver can be reached; the channels the server has are the caller's to know.
struct Reach {
    ticketing::notices::Preferences preferences;
    bool own = false;  // he has set them himself
    ticketing::notices::Channels addresses;
    std::vector<std::string> devices;  // with a subscription
};
// By UserId.value. `mail`: a mail address can be made of the log-in.
Result<std::unordered_map<std::uint64_t, Reach>> read_reach(
    Connection& db, const std::vector<ticketing::UserId>& receivers, bool mail
);

struct StepTaken {
    std::uint64_t notice = 0;
    ticketing::notices::Step step;
    std::vector<std::string> devices;  // for web_push
};

// Deliveries of a channel and device that are there already stay as they are.
Result<void> take_steps(Connection& db, std::span<const StepTaken> steps, ticketing::Instant now);

// The instant the next one is due; nothing when none is.
Result<std::optional<ticketing::Instant>> next_notice_at(Connection& db);

// Deliveries nobody has taken for a day are given up; notices that came to their end before are
// deleted, oldest first, at most a few thousand; the count.
Result<std::uint64_t> purge_notices(
    Connection& db, ticketing::Instant now, ticketing::Instant before
);

}  // namespace hotline::mysql
