#include "server/actions/agent_moves.hpp"

#include "integrations/mysql/call_store.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace hotline::actions {
namespace {

using mysql::AgentMoveRow;
using mysql::AgentRow;
using telephony::AgentCause;
using telephony::AgentMove;
using telephony::AgentPlace;
using telephony::AgentReason;
using telephony::AgentStanding;
using telephony::AgentState;
using ticketing::Instant;
using ticketing::UserId;

constexpr std::size_t agents_at_once = 100;

AgentPlace place_of(int state, int reason) {
    return {static_cast<AgentState>(state), static_cast<AgentReason>(reason)};
}

AgentStanding standing_of(const AgentRow& row) {
    AgentStanding standing;
    standing.place = place_of(row.state, row.reason);
    standing.since = row.since;
    standing.call = row.call_id;
    if (row.next_state) standing.next = place_of(*row.next_state, row.next_reason.value_or(0));
    standing.due_at = row.due_at;
    standing.idle_since = row.idle_since;
    standing.told_at = row.told_at;
    return standing;
}

void put_standing(AgentRow& row, const AgentStanding& standing, const std::string& source) {
    row.state = static_cast<int>(standing.place.state);
    row.reason = static_cast<int>(standing.place.reason);
    row.since = standing.since;
    if (row.call_id != standing.call) row.source = standing.call.empty() ? "" : source;
    row.call_id = standing.call;
    row.next_state.reset();
    row.next_reason.reset();
    if (standing.next) {
        row.next_state = static_cast<int>(standing.next->state);
        row.next_reason = static_cast<int>(standing.next->reason);
    }
    row.due_at = standing.due_at;
    row.idle_since = standing.idle_since;
    row.told_at = standing.told_at;
}

// Agents being stepped, and the log that comes of it.
class Stepping {
public:
    Stepping(mysql::Connection& db, std::vector<AgentRow> agents, std::string source = {})
        : db_(db), agents_(std::move(agents)), before_(agents_), source_(std::move(source)) {}

    std::vector<AgentRow>& agents() { return agents_; }

    // `step` changes the standing it is given and tells the steps.
    template <class Step>
    void step(AgentRow& row, Step&& take, UserId by = {}) {
        AgentStanding standing = standing_of(row);
        const std::vector<AgentMove> moves = take(standing);
        put_standing(row, standing, source_);
        for (const AgentMove& move : moves) {
            log_.push_back(
                {row.account,
                 move.at,
                 static_cast<int>(move.from.state),
                 static_cast<int>(move.from.reason),
                 static_cast<int>(move.to.state),
                 static_cast<int>(move.to.reason),
                 static_cast<int>(move.cause),
                 by,
                 move.call.empty() ? std::string{} : (source_.empty() ? row.source : source_),
                 move.call,
                 {}}
            );
        }
    }

    Result<MovedAgents> store() {
        MovedAgents moved;
        for (std::size_t i = 0; i < agents_.size(); ++i) {
            if (agents_[i] == before_[i]) continue;
            if (auto done = mysql::store_agent(db_, agents_[i]); !done) {
                return std::unexpected(done.error());
            }
            moved.push_back(agents_[i].account);
        }
        if (auto kept = mysql::add_agent_moves(db_, log_); !kept) {
            return std::unexpected(kept.error());
        }
        return moved;
    }

private:
    mysql::Connection& db_;
    std::vector<AgentRow> agents_;
    std::vector<AgentRow> before_;
    std::string source_;
    std::vector<AgentMoveRow> log_;
};

// Whom the words may be for: owners of the extensions they name and whoever is on the calls.
Result<std::vector<UserId>> agents_spoken_of(
    mysql::Connection& db, const std::string& source, std::span<const WordsOfCall> calls
) {
    std::vector<std::string> names;
    std::set<std::string> extensions;
    for (const WordsOfCall& call : calls) {
        if (!call.words.empty()) names.push_back(call.call_id);
        for (const auto& word : call.words) {
            if (!word.extension.empty()) extensions.insert(word.extension);
        }
    }
    auto accounts = mysql::agents_on_calls(db, source, names);
    if (!accounts) return accounts;
    const auto owners = mysql::extension_owners(db, {extensions.begin(), extensions.end()});
    if (!owners) return std::unexpected(owners.error());
    for (const auto& owner : *owners) accounts->push_back(owner.account);
    return accounts;
}

Result<AgentRow> own_standing(mysql::Connection& db, const ChooseCommand& command, Instant now) {
    auto agent = mysql::lock_agent(db, command.agent, now);
    if (!agent) return agent;
    if (!agent->extension.empty()) return agent;
    return fail_field(
        "state",
        ErrorCode::rule_broken,
        command.english ? "This account has no extension, so no call can ring at it. An "
                          "administrator sets one."
                        : "该账号没有分机号，来电无法接入；请管理员设置分机。"
    );
}

template <class Step>
Result<MovedAgents> step_all(
    mysql::Connection& db, Result<std::vector<AgentRow>> agents, Step&& take
) {
    if (!agents) return std::unexpected(agents.error());
    Stepping stepping(db, std::move(*agents));
    for (AgentRow& row : stepping.agents()) stepping.step(row, take);
    return stepping.store();
}

auto leaving(Instant now) {
    return [now](AgentStanding& standing) {
        const AgentPlace gone{AgentState::offline, AgentReason::left};
        return telephony::choose(standing, gone, AgentCause::clock, now);
    };
}

}  // namespace

Result<MovedAgents> follow_calls(
    mysql::Connection& db,
    const std::string& source,
    std::span<const WordsOfCall> calls,
    Instant now
) {
    const auto accounts = agents_spoken_of(db, source, calls);
    if (!accounts) return std::unexpected(accounts.error());
    auto agents = mysql::lock_agents(db, *accounts);
    if (!agents) return std::unexpected(agents.error());
    Stepping stepping(db, std::move(*agents), source);
    for (const WordsOfCall& call : calls) {
        for (const telephony::AgentWord& word : call.words) {
            for (AgentRow& row : stepping.agents()) {
                const bool here = row.source == source && row.call_id == call.call_id;
                const bool named = word.whom == telephony::AgentWord::Whom::him;
                if (!here && !named) continue;
                if (!telephony::concerns(word, row.extension, standing_of(row))) continue;
                // A platform whose clock is ahead moves nobody into the future.
                const Instant at = std::min(word.at, now);
                stepping.step(row, [&](AgentStanding& standing) {
                    return telephony::hear(standing, word.word, call.call_id, at);
                });
            }
        }
    }
    return stepping.store();
}

Result<MovedAgents> tell_agents(
    mysql::Connection& db,
    const std::string& source,
    std::span<const WordForAgent> words,
    Instant now
) {
    std::vector<UserId> accounts;
    for (const WordForAgent& word : words) accounts.push_back(word.agent);
    auto agents = mysql::lock_agents(db, accounts);
    if (!agents) return std::unexpected(agents.error());
    Stepping stepping(db, std::move(*agents), source);
    for (const WordForAgent& word : words) {
        for (AgentRow& row : stepping.agents()) {
            const bool elsewhere = !row.call_id.empty() && row.source != source;
            if (row.account != word.agent || elsewhere) continue;
            stepping.step(row, [&](AgentStanding& standing) {
                return telephony::hear(standing, word.word, word.call_id, now);
            });
        }
    }
    return stepping.store();
}

Result<AgentsTold> believe_platform(
    mysql::Connection& db, std::span<const AgentTold> told, Instant now
) {
    std::vector<std::string> extensions;
    for (const AgentTold& one : told) extensions.push_back(one.extension);
    const auto owners = mysql::extension_owners(db, extensions);
    if (!owners) return std::unexpected(owners.error());
    std::map<std::string, UserId> account_of;
    for (const auto& owner : *owners) account_of.try_emplace(owner.extension, owner.account);
    std::set<UserId> accounts;
    for (const auto& [extension, account] : account_of) accounts.insert(account);
    std::vector<AgentRow> rows;
    for (const UserId account : accounts) {
        auto row = mysql::lock_agent(db, account, now);
        if (!row) return std::unexpected(row.error());
        rows.push_back(std::move(*row));
    }
    AgentsTold result;
    Stepping stepping(db, std::move(rows));
    for (const AgentTold& one : told) {
        const auto account = account_of.find(one.extension);
        if (account == account_of.end()) {
            result.outcomes.push_back(AgentToldOutcome::nobody);
            continue;
        }
        AgentRow& row = *std::ranges::find(stepping.agents(), account->second, &AgentRow::account);
        const Instant at = std::min(one.at, now);
        const bool known = row.told_at && at <= *row.told_at;
        result.outcomes.push_back(known ? AgentToldOutcome::known : AgentToldOutcome::accepted);
        stepping.step(row, [&](AgentStanding& standing) {
            return telephony::believe(standing, one.place, at);
        });
    }
    auto moved = stepping.store();
    if (!moved) return std::unexpected(moved.error());
    result.moved = std::move(*moved);
    return result;
}

Result<AgentRow> choose_state(mysql::Connection& db, const ChooseCommand& command, Instant now) {
    auto agent = own_standing(db, command, now);
    if (!agent) return agent;
    const bool lead = command.actor.user != command.agent;
    AgentPlace wanted = command.wanted;
    if (!telephony::can_be_chosen(wanted)) {
        return fail_field(
            "state",
            ErrorCode::rule_broken,
            command.english ? "Choose ready, signed out, or not ready with its reason."
                            : "只能选择就绪、签出，或带原因的示忙。"
        );
    }
    if (lead && wanted.state != AgentState::ready) wanted.reason = AgentReason::forced;
    Stepping stepping(db, {std::move(*agent)});
    const AgentCause by = lead ? AgentCause::shift_lead : AgentCause::agent;
    AgentRow& row = stepping.agents().front();
    stepping.step(
        row,
        [&](AgentStanding& standing) { return telephony::choose(standing, wanted, by, now); },
        command.actor.user
    );
    if (auto stored = stepping.store(); !stored) return std::unexpected(stored.error());
    return std::move(row);
}

Result<AgentRow> lengthen_wrap_up(
    mysql::Connection& db, const ChooseCommand& command, Instant now
) {
    auto agent = own_standing(db, command, now);
    if (!agent) return agent;
    AgentStanding standing = standing_of(*agent);
    if (!telephony::wrap_up_longer(standing)) {
        return fail_field(
            "state",
            ErrorCode::rule_broken,
            command.english ? "There is no wrap-up that could be made longer."
                            : "现在没有可以延长的话后整理时间。"
        );
    }
    put_standing(*agent, standing, agent->source);
    if (auto done = mysql::store_agent(db, *agent); !done) return std::unexpected(done.error());
    return agent;
}

Result<MovedAgents> end_wrap_ups(mysql::Connection& db, Instant now) {
    return step_all(
        db,
        mysql::lock_due_agents(db, now, agents_at_once),
        [now](AgentStanding& standing) { return telephony::pass_time(standing, now); }
    );
}

Result<MovedAgents> sign_out_the_gone(mysql::Connection& db, Instant now) {
    return step_all(db, mysql::lock_agents_gone(db, agents_at_once), leaving(now));
}

}  // namespace hotline::actions
