#include "server/actions/own_calls.hpp"

#include "integrations/mysql/acd_store.hpp"

#include <algorithm>

namespace hotline::actions {
namespace {

using mysql::AcdCall;
using telephony::AcdState;
using telephony::AgentState;
using ticketing::Instant;

constexpr auto owners_kept_for = std::chrono::hours(24);

TakenOver handed(const AcdCall& call) {
    const auto state = static_cast<AcdState>(call.state);
    return {
        call.source,
        call.call_id,
        state,
        call.attempt,
        state == AcdState::offered ? call.offered_to : call.taken_by,
        call.offer_until,
        call.enqueued_at,
        call.token
    };
}

std::vector<int> states_at_work() {
    std::vector<int> states;
    for (const auto& [state, word] : names_of(AgentState{})) {
        const bool away = state == AgentState::offline || state == AgentState::not_ready;
        if (!away) states.push_back(static_cast<int>(state));
    }
    return states;
}

}  // namespace

Result<std::uint64_t> renew_owner(mysql::Connection& db, const AcdOwner& owner, Instant now) {
    const Instant until = now + telephony::owner_lease;
    if (owner.token != 0) {
        const auto same = mysql::lengthen_owner_lease(db, owner.instance, owner.token, until, now);
        if (!same) return std::unexpected(same.error());
        if (*same) return owner.token;
    }
    const auto last = mysql::lock_acd_turn(db);
    if (!last) return last;
    const std::uint64_t token = *last + 1;
    if (auto done = mysql::install_owner(db, owner.instance, token, until); !done) {
        return std::unexpected(done.error());
    }
    if (auto done = mysql::forget_owners(db, now - owners_kept_for); !done) {
        return std::unexpected(done.error());
    }
    return token;
}

Result<std::vector<TakenOver>> take_over(
    mysql::Connection& db, const AcdOwner& owner, Instant now
) {
    // Nearly always there is nothing: that is found out without holding anybody up.
    const auto stray = [&]() -> Result<std::vector<std::uint64_t>> {
        const auto tokens = mysql::live_owner_tokens(db, now);
        if (!tokens) return tokens;
        const bool lives = std::ranges::find(*tokens, owner.token) != tokens->end();
        if (!lives) return std::vector<std::uint64_t>{};
        return mysql::stray_acd_calls(db, *tokens);
    };
    std::vector<TakenOver> taken;
    auto ids = stray();
    if (!ids) return std::unexpected(ids.error());
    if (ids->empty()) return taken;
    if (auto turn = mysql::lock_acd_turn(db); !turn) return std::unexpected(turn.error());
    ids = stray();
    if (!ids) return std::unexpected(ids.error());
    auto calls = mysql::lock_acd_calls(db, *ids);
    if (!calls) return std::unexpected(calls.error());
    for (AcdCall& call : *calls) {
        if (call.state == static_cast<int>(AcdState::over)) continue;
        call.owner = owner.instance;
        call.token = owner.token;
        if (auto done = mysql::store_acd_call(db, call); !done) {
            return std::unexpected(done.error());
        }
        taken.push_back(handed(call));
    }
    return taken;
}

Result<WaitingLine> read_line(mysql::Connection& db, Instant now) {
    const auto open = mysql::read_open_acd_calls(db);
    if (!open) return std::unexpected(open.error());
    std::vector<std::pair<telephony::WaitingCall, LineEntry>> line;
    for (const AcdCall& call : *open) {
        if (call.state == static_cast<int>(AcdState::taken)) continue;
        LineEntry entry{
            call.source,
            call.call_id,
            call.enqueued_at,
            std::chrono::seconds(call.bonus_s),
            telephony::skills_of(call.skills),
            call.attempt,
            call.state == static_cast<int>(AcdState::offered),
            call.token
        };
        line.emplace_back(
            telephony::WaitingCall{
                entry.source, entry.call_id, entry.enqueued_at, entry.bonus, {}, {}
            },
            std::move(entry)
        );
    }
    std::ranges::sort(line, [](const auto& one, const auto& other) {
        return telephony::stands_before(one.first, other.first);
    });
    WaitingLine told;
    for (auto& [place, entry] : line) told.entries.push_back(std::move(entry));
    const auto counts = mysql::count_line(db, states_at_work(), now - telephony::lately);
    if (!counts) return std::unexpected(counts.error());
    told.figures.staffed = counts->staffed;
    told.figures.answered_lately = counts->answered;
    if (counts->handled > 0) {
        told.figures.handling = std::chrono::milliseconds(counts->handling_ms / counts->handled) +
                                telephony::usual_wrap_up;
    }
    return told;
}

}  // namespace hotline::actions
