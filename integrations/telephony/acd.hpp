#pragma once

#include "integrations/telephony/agent_state.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Which agent gets which waiting call (README.md, T25 to T31). Of no call platform.
namespace hotline::telephony {

// Where a call of ours stands in the distribution. Persisted numbers.
enum class AcdState {
    waiting = 1,
    offered = 2,  // an agent is reserved for it, or rung at
    taken = 3,    // somebody speaks with the caller; a server still has it in hand
    over = 4,
};

// How a call left the distribution. Persisted numbers.
enum class LeftAs {
    answered = 1,    // it was taken, and is over
    abandoned = 2,   // the caller hung up while he waited
    overflowed = 3,  // he left to be called back, or to leave a message
    lost = 4,        // over, and nobody knows how
};

// What became of an agent's telephone that was to ring.
enum class OfferFailure { no_answer, rejected, busy, unreachable };

struct SkillWish {
    std::string skill;
    int level = 1;
    bool optional = false;  // T26: given up at last

    bool operator==(const SkillWish&) const = default;
};
struct AgentSkill {
    std::string skill;
    int level = 1;

    bool operator==(const AgentSkill&) const = default;
};
constexpr int highest_level = 5;
// One word of up to twenty characters.
bool is_skill(std::string_view name);

// Whom a call does not ring at, for a while (T30).
struct Exclusion {
    ticketing::UserId agent;
    ticketing::Instant until{};

    bool operator==(const Exclusion&) const = default;
};

struct WaitingCall {
    std::string source;
    std::string call_id;
    ticketing::Instant enqueued_at{};  // for the first time (T25)
    std::chrono::seconds bonus{};
    std::vector<SkillWish> skills;
    std::vector<Exclusion> excluded;
};

// Who is ready and promised to nobody.
struct FreeAgent {
    ticketing::UserId id;
    ticketing::Instant idle_since{};
    std::vector<AgentSkill> skills;
};

// T25
ticketing::Instant effective_time(const WaitingCall& call);
bool stands_before(const WaitingCall& one, const WaitingCall& other);

// T26
constexpr auto lower_level_after = std::chrono::seconds(30);
constexpr auto optional_dropped_after = std::chrono::seconds(60);
bool fits(const WaitingCall& call, const FreeAgent& agent, ticketing::Instant now);

// T27: places in the two lists, in the order of the calls.
struct Pairing {
    std::size_t call = 0;
    std::size_t agent = 0;

    bool operator==(const Pairing&) const = default;
};
std::vector<Pairing> pair_up(
    std::span<const WaitingCall> calls, std::span<const FreeAgent> agents, ticketing::Instant now
);

// T29
constexpr auto ring_time = std::chrono::seconds(15);
constexpr auto offer_lease = ring_time + std::chrono::seconds(5);

// T30
constexpr auto excluded_for = std::chrono::seconds(60);
CallWord word_of(OfferFailure why);
void exclude(std::vector<Exclusion>& excluded, ticketing::UserId agent, ticketing::Instant now);

// T31: how long a server counts as alive after it was heard.
constexpr auto owner_lease = std::chrono::seconds(4);

// As a row of the store keeps them, and back; what is no such text is left out.
std::string skills_text(std::span<const SkillWish> skills);
std::vector<SkillWish> skills_of(std::string_view text);
std::string excluded_text(std::span<const Exclusion> excluded);
std::vector<Exclusion> excluded_of(std::string_view text);

}  // namespace hotline::telephony
