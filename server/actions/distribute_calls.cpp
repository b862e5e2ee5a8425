#include "server/actions/distribute_calls.hpp"

#include "integrations/mysql/acd_store.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace hotline::actions {
namespace {

using mysql::AcdCall;
using telephony::AcdState;
using telephony::CallWord;
using ticketing::Instant;
using ticketing::UserId;

constexpr std::size_t waiting_at_once = 500;
constexpr std::size_t expired_at_once = 100;

bool is(const AcdCall& call, AcdState state) {
    return call.state == static_cast<int>(state);
}

void put(AcdCall& call, AcdState state) {
    call.state = static_cast<int>(state);
}

void withdraw_offer(AcdCall& call) {
    call.offered_to = {};
    call.offer_until.reset();
}

// T30: back in its place, without him for a while.
void wait_again(AcdCall& call, Instant now) {
    auto excluded = telephony::excluded_of(call.excluded);
    telephony::exclude(excluded, call.offered_to, now);
    call.excluded = telephony::excluded_text(excluded);
    put(call, AcdState::waiting);
    withdraw_offer(call);
}

telephony::WaitingCall as_waiting(const AcdCall& row) {
    return {
        row.source,
        row.call_id,
        row.enqueued_at,
        std::chrono::seconds(row.bonus_s),
        telephony::skills_of(row.skills),
        telephony::excluded_of(row.excluded)
    };
}

bool can_be_asked(const std::vector<telephony::SkillWish>& skills) {
    return skills.size() <= most_skills_asked &&
           std::ranges::all_of(skills, [](const telephony::SkillWish& wish) {
               return telephony::is_skill(wish.skill) && wish.level >= 1 &&
                      wish.level <= telephony::highest_level;
           });
}

// T28: the calls that have a place in the line, those of this owner locked.
Result<std::vector<AcdCall>> line_of(
    mysql::Connection& db, const AcdOwner& owner, const std::set<std::uint64_t>& live
) {
    auto waiting = mysql::read_waiting_calls(db, waiting_at_once);
    if (!waiting) return waiting;
    std::vector<std::uint64_t> own;
    for (const AcdCall& call : *waiting) {
        if (call.token == owner.token) own.push_back(call.id);
    }
    const auto locked = mysql::lock_acd_calls(db, own);
    if (!locked) return std::unexpected(locked.error());
    std::set<std::uint64_t> still;
    for (const AcdCall& call : *locked) {
        if (call.token == owner.token && is(call, AcdState::waiting)) still.insert(call.id);
    }
    std::erase_if(*waiting, [&](const AcdCall& call) {
        return call.token == owner.token ? !still.contains(call.id) : !live.contains(call.token);
    });
    return waiting;
}

struct Hands {
    std::vector<mysql::ReadyAgent> rows;
    std::vector<telephony::FreeAgent> free;  // in the same order
};

Result<Hands> free_hands(mysql::Connection& db) {
    auto ready = mysql::lock_ready_agents(db);
    if (!ready) return std::unexpected(ready.error());
    Hands hands{std::move(*ready), {}};
    std::vector<UserId> accounts;
    for (const auto& agent : hands.rows) accounts.push_back(agent.account);
    const auto skills = mysql::read_skills(db, accounts);
    if (!skills) return std::unexpected(skills.error());
    for (const auto& agent : hands.rows) {
        telephony::FreeAgent free{agent.account, agent.idle_since, {}};
        for (const auto& [account, skill, level] : *skills) {
            if (account == agent.account) free.skills.push_back({skill, level});
        }
        hands.free.push_back(std::move(free));
    }
    return hands;
}

Result<Offer> promise(
    mysql::Connection& db, AcdCall& call, const mysql::ReadyAgent& agent, Instant now
) {
    put(call, AcdState::offered);
    call.attempt += 1;
    call.offered_to = agent.account;
    call.offer_until = now + telephony::offer_lease;
    if (auto done = mysql::store_acd_call(db, call); !done) return std::unexpected(done.error());
    return Offer{
        call.source,
        call.call_id,
        call.attempt,
        agent.account,
        agent.extension,
        telephony::ring_time,
        *call.offer_until,
        call.token
    };
}

struct WordOfSource {
    std::string source;
    WordForAgent word;
};

// All words of a source at once, so that agents are locked in the order everybody locks them.
Result<MovedAgents> tell_all(
    mysql::Connection& db, const std::vector<WordOfSource>& told, Instant now
) {
    std::map<std::string, std::vector<WordForAgent>> by_source;
    for (const auto& [source, word] : told) {
        if (word.agent) by_source[source].push_back(word);
    }
    MovedAgents moved;
    for (const auto& [source, words] : by_source) {
        const auto some = tell_agents(db, source, words, now);
        if (!some) return some;
        moved.insert(moved.end(), some->begin(), some->end());
    }
    return moved;
}

Result<MovedAgents> tell_one(
    mysql::Connection& db, const AcdCall& call, UserId agent, CallWord word, Instant now
) {
    return tell_all(db, {{call.source, {agent, word, call.call_id}}}, now);
}

}  // namespace

Result<Enqueued> enqueue_call(
    mysql::Connection& db, const CallToQueue& call, const AcdOwner& owner, Instant now
) {
    if (!can_be_asked(call.skills)) return fail_field("skills", ErrorCode::invalid_format);
    AcdCall wanted;
    wanted.source = call.source;
    wanted.call_id = call.call_id;
    wanted.owner = owner.instance;
    wanted.token = owner.token;
    wanted.enqueued_at = call.enqueued_at;
    wanted.bonus_s = static_cast<int>(call.bonus.count());
    wanted.skills = telephony::skills_text(call.skills);
    auto row = mysql::add_acd_call(db, wanted);
    if (!row) return std::unexpected(row.error());
    Enqueued done;
    if (call.returns && is(*row, AcdState::taken) && row->token == owner.token) {
        // T25: it keeps its first time; who had it has done his part.
        auto moved = tell_one(db, *row, row->taken_by, CallWord::left, now);
        if (!moved) return std::unexpected(moved.error());
        done.agents = std::move(*moved);
        put(*row, AcdState::waiting);
        row->taken_by = {};
        row->taken_at.reset();
        if (auto kept = mysql::store_acd_call(db, *row); !kept) {
            return std::unexpected(kept.error());
        }
    }
    const bool in_line = is(*row, AcdState::waiting) || is(*row, AcdState::offered);
    done.waits = in_line && row->token == owner.token;
    return done;
}

Result<Matched> match_calls(mysql::Connection& db, const AcdOwner& owner, Instant now) {
    // Nearly always nobody waits, or nobody is free: that is found out without holding anybody up.
    const auto may = mysql::may_match(db, owner.token);
    if (!may) return std::unexpected(may.error());
    if (!*may) return Matched{};
    if (auto turn = mysql::lock_acd_turn(db); !turn) return std::unexpected(turn.error());
    const auto tokens = mysql::live_owner_tokens(db, now);
    if (!tokens) return std::unexpected(tokens.error());
    const std::set<std::uint64_t> live(tokens->begin(), tokens->end());
    if (!live.contains(owner.token)) return Matched{};
    auto line = line_of(db, owner, live);
    if (!line) return std::unexpected(line.error());
    const auto hands = free_hands(db);
    if (!hands) return std::unexpected(hands.error());
    std::vector<telephony::WaitingCall> calls;
    for (const AcdCall& call : *line) calls.push_back(as_waiting(call));
    Matched matched;
    std::vector<WordOfSource> promises;
    for (const auto& pair : telephony::pair_up(calls, hands->free, now)) {
        AcdCall& call = (*line)[pair.call];
        // T28: another server's call keeps its agent until that server rings at him.
        if (call.token != owner.token) continue;
        auto offer = promise(db, call, hands->rows[pair.agent], now);
        if (!offer) return std::unexpected(offer.error());
        promises.push_back({call.source, {call.offered_to, CallWord::reserved, call.call_id}});
        matched.offers.push_back(std::move(*offer));
        if (matched.offers.size() == most_offers_at_once) break;
    }
    auto moved = tell_all(db, promises, now);
    if (!moved) return std::unexpected(moved.error());
    matched.agents = std::move(*moved);
    return matched;
}

Result<OfferEnded> offer_failed(
    mysql::Connection& db, const OfferKey& offer, telephony::OfferFailure why, Instant now
) {
    auto call = mysql::lock_acd_call(db, offer.source, offer.call_id);
    if (!call) return std::unexpected(call.error());
    const bool stands = *call && is(**call, AcdState::offered) &&
                        (*call)->attempt == offer.attempt && (*call)->token == offer.token;
    if (!stands) return OfferEnded{};
    const UserId agent = (*call)->offered_to;
    wait_again(**call, now);
    if (auto done = mysql::store_acd_call(db, **call); !done) return std::unexpected(done.error());
    auto moved = tell_one(db, **call, agent, telephony::word_of(why), now);
    if (!moved) return std::unexpected(moved.error());
    return OfferEnded{true, std::move(*moved)};
}

Result<OfferEnded> offer_taken(mysql::Connection& db, const OfferKey& offer, Instant now) {
    auto call = mysql::lock_acd_call(db, offer.source, offer.call_id);
    if (!call) return std::unexpected(call.error());
    const bool same = *call && (*call)->attempt == offer.attempt && (*call)->token == offer.token;
    if (!same) return OfferEnded{};
    if (is(**call, AcdState::taken)) return OfferEnded{true, {}};
    if (!is(**call, AcdState::offered)) return OfferEnded{};
    put(**call, AcdState::taken);
    (*call)->taken_by = (*call)->offered_to;
    (*call)->taken_at = now;
    withdraw_offer(**call);
    if (auto done = mysql::store_acd_call(db, **call); !done) return std::unexpected(done.error());
    auto moved = tell_one(db, **call, (*call)->taken_by, CallWord::answered, now);
    if (!moved) return std::unexpected(moved.error());
    return OfferEnded{true, std::move(*moved)};
}

Result<MovedAgents> leave_queue(
    mysql::Connection& db,
    const std::string& source,
    const std::string& call_id,
    telephony::LeftAs how,
    Instant now
) {
    auto call = mysql::lock_acd_call(db, source, call_id);
    if (!call) return std::unexpected(call.error());
    if (!*call || is(**call, AcdState::over)) return MovedAgents{};
    const UserId agent = is(**call, AcdState::offered) ? (*call)->offered_to : (*call)->taken_by;
    // Once taken it was answered, whatever is told of its end.
    if (is(**call, AcdState::taken)) how = telephony::LeftAs::answered;
    put(**call, AcdState::over);
    withdraw_offer(**call);
    (*call)->left_as = static_cast<int>(how);
    (*call)->left_at = now;
    if (auto done = mysql::store_acd_call(db, **call); !done) return std::unexpected(done.error());
    return tell_one(db, **call, agent, CallWord::left, now);
}

Result<MovedAgents> release_expired(mysql::Connection& db, Instant now) {
    auto expired = mysql::lock_expired_offers(db, now, expired_at_once);
    if (!expired) return std::unexpected(expired.error());
    std::vector<WordOfSource> words;
    for (AcdCall& call : *expired) {
        words.push_back({call.source, {call.offered_to, CallWord::ran_out, call.call_id}});
        wait_again(call, now);
        if (auto done = mysql::store_acd_call(db, call); !done) {
            return std::unexpected(done.error());
        }
    }
    return tell_all(db, words, now);
}

}  // namespace hotline::actions
