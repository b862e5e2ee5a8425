#pragma once

#include "integrations/telephony/acd.hpp"
#include "server/actions/agent_moves.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace hotline::actions {

// The distribution of waiting calls (integrations/telephony, T25 to T30), each deed inside the
// caller's transaction and harmless when it is done again. Rows of calls are locked before those of
// agents.

// A server that has calls in hand, by a token that is never given out twice (T31, own_calls.hpp).
struct AcdOwner {
    std::string instance;
    std::uint64_t token = 0;
};

struct CallToQueue {
    std::string source;
    std::string call_id;
    ticketing::Instant enqueued_at{};
    std::chrono::seconds bonus{};
    std::vector<telephony::SkillWish> skills;
    bool returns = false;  // from whoever took it; else a call that was taken is not queued again
};
struct Enqueued {
    bool waits = false;  // in this owner's hand; now, or already
    MovedAgents agents;
};
// validation_failed (field skills): names, levels or number of them.
constexpr std::size_t most_skills_asked = 6;
Result<Enqueued> enqueue_call(
    mysql::Connection& db, const CallToQueue& call, const AcdOwner& owner, ticketing::Instant now
);

// Ring at this extension for so long; whoever tells what became of it names attempt and token.
struct Offer {
    std::string source;
    std::string call_id;
    int attempt = 0;
    ticketing::UserId agent;
    std::string extension;
    std::chrono::seconds ring{};
    ticketing::Instant lease_until{};
    std::uint64_t token = 0;
};
struct Matched {
    std::vector<Offer> offers;
    MovedAgents agents;
};
// At most this many at once: what comes of them is on disk before the next.
constexpr std::size_t most_offers_at_once = 20;
// Offers for calls of this owner alone. None for one whose lease is over.
Result<Matched> match_calls(mysql::Connection& db, const AcdOwner& owner, ticketing::Instant now);

struct OfferKey {
    std::string source;
    std::string call_id;
    int attempt = 0;
    std::uint64_t token = 0;
};
struct OfferEnded {
    bool stands = false;  // it was the call's present offer; else nothing has changed (T31)
    MovedAgents agents;
};
Result<OfferEnded> offer_failed(
    mysql::Connection& db,
    const OfferKey& offer,
    telephony::OfferFailure why,
    ticketing::Instant now
);
// `stands` also when it was taken before.
Result<OfferEnded> offer_taken(
    mysql::Connection& db, const OfferKey& offer, ticketing::Instant now
);

// A fact whoever tells it: needs no token. The first word of how stays.
Result<MovedAgents> leave_queue(
    mysql::Connection& db,
    const std::string& source,
    const std::string& call_id,
    telephony::LeftAs how,
    ticketing::Instant now
);

// T29: offers nobody has told the end of in time; at most a hundred.
Result<MovedAgents> release_expired(mysql::Connection& db, ticketing::Instant now);

}  // namespace hotline::actions
