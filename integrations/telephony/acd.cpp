#include "integrations/telephony/acd.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <tuple>

namespace hotline::telephony {
namespace {

using ticketing::Instant;

int level_of(const FreeAgent& agent, std::string_view skill) {
    const auto has = std::ranges::find(agent.skills, skill, &AgentSkill::skill);
    return has == agent.skills.end() ? 0 : has->level;
}

bool is_excluded(const WaitingCall& call, ticketing::UserId agent, Instant now) {
    return std::ranges::any_of(call.excluded, [&](const Exclusion& one) {
        return one.agent == agent && one.until > now;
    });
}

template <class T>
bool read_number(std::string_view text, T& number) {
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc{} && read.ptr == end;
}

// The parts of "a:1 b:2", each as its two sides.
template <class Take>
void each_pair(std::string_view text, Take take) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view part = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t middle = part.find(':');
        if (middle != part.npos) take(part.substr(0, middle), part.substr(middle + 1));
    }
}

}  // namespace

bool is_skill(std::string_view name) {
    constexpr std::size_t most_characters = 20;
    std::size_t characters = 0;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= ' ' || byte == 0x7f || c == ':' || c == '?') return false;
        if ((byte & 0xC0) != 0x80) ++characters;
    }
    return characters >= 1 && characters <= most_characters;
}

Instant effective_time(const WaitingCall& call) {
    return call.enqueued_at - call.bonus;
}

bool stands_before(const WaitingCall& one, const WaitingCall& other) {
    const auto place = [](const WaitingCall& call) {
        return std::tuple(
            effective_time(call),
            call.enqueued_at,
            std::string_view(call.source),
            std::string_view(call.call_id)
        );
    };
    return place(one) < place(other);
}

bool fits(const WaitingCall& call, const FreeAgent& agent, Instant now) {
    if (is_excluded(call, agent.id, now)) return false;
    const auto waited = now - call.enqueued_at;
    const int lower = waited >= lower_level_after ? 1 : 0;
    return std::ranges::all_of(call.skills, [&](const SkillWish& wish) {
        if (wish.optional && waited >= optional_dropped_after) return true;
        return level_of(agent, wish.skill) >= std::max(1, wish.level - lower);
    });
}

std::vector<Pairing> pair_up(
    std::span<const WaitingCall> calls, std::span<const FreeAgent> agents, Instant now
) {
    std::vector<std::size_t> line(calls.size());
    std::iota(line.begin(), line.end(), 0);
    std::ranges::sort(line, [&](std::size_t one, std::size_t other) {
        return stands_before(calls[one], calls[other]);
    });
    std::vector<std::size_t> free(agents.size());
    std::iota(free.begin(), free.end(), 0);
    std::ranges::sort(free, {}, [&](std::size_t agent) {
        return std::tuple(agents[agent].idle_since, agents[agent].id);
    });
    std::vector<Pairing> pairs;
    for (const std::size_t call : line) {
        const auto taker = std::ranges::find_if(free, [&](std::size_t agent) {
            return fits(calls[call], agents[agent], now);
        });
        if (taker == free.end()) continue;
        pairs.push_back({call, *taker});
        free.erase(taker);
        if (free.empty()) break;
    }
    return pairs;
}

CallWord word_of(OfferFailure why) {
    switch (why) {
        case OfferFailure::no_answer:
            return CallWord::no_answer;
        case OfferFailure::unreachable:
            return CallWord::unreachable;
        case OfferFailure::rejected:
        case OfferFailure::busy:
            break;
    }
    return CallWord::rejected;
}

void exclude(std::vector<Exclusion>& excluded, ticketing::UserId agent, Instant now) {
    std::erase_if(excluded, [&](const Exclusion& one) {
        return one.agent == agent || one.until <= now;
    });
    excluded.push_back({agent, now + excluded_for});
}

std::string skills_text(std::span<const SkillWish> skills) {
    std::string text;
    for (const SkillWish& wish : skills) {
        if (!text.empty()) text += ' ';
        text += wish.skill + ':' + std::to_string(wish.level) + (wish.optional ? "?" : "");
    }
    return text;
}

std::vector<SkillWish> skills_of(std::string_view text) {
    std::vector<SkillWish> skills;
    each_pair(text, [&](std::string_view skill, std::string_view level) {
        SkillWish wish{std::string(skill), 1, level.ends_with('?')};
        if (wish.optional) level.remove_suffix(1);
        if (is_skill(skill) && read_number(level, wish.level)) skills.push_back(std::move(wish));
    });
    return skills;
}

std::string excluded_text(std::span<const Exclusion> excluded) {
    std::string text;
    for (const Exclusion& one : excluded) {
        if (!text.empty()) text += ' ';
        text += std::to_string(one.agent.value) + ':' +
                std::to_string(one.until.time_since_epoch().count());
    }
    return text;
}

std::vector<Exclusion> excluded_of(std::string_view text) {
    std::vector<Exclusion> excluded;
    each_pair(text, [&](std::string_view agent, std::string_view until) {
        Exclusion one;
        std::int64_t at = 0;
        if (!read_number(agent, one.agent.value) || !read_number(until, at)) return;
        one.until = Instant{std::chrono::milliseconds{at}};
        excluded.push_back(one);
    });
    return excluded;
}

}  // namespace hotline::telephony
