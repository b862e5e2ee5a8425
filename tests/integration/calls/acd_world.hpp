#pragma once

#include "integrations/mysql/acd_store.hpp"
#include "server/actions/own_calls.hpp"
#include "tests/integration/calls/calls_world.hpp"

#include <atomic>

namespace hotline::test {

// Agents at their telephones, calls that wait, and a clock of its own.
struct AcdFloor {
    CallsStore store;
    std::vector<ticketing::UserId> agents;
    ticketing::Instant clock = hotline::now();

    explicit AcdFloor(std::size_t ready) {
        for (std::size_t n = 0; n < ready; ++n) {
            const auto name = std::to_string(8001 + n);
            agents.push_back(store.account("agent" + name, ticketing::Role::agent, name));
            be_ready(agents.back(), clock - std::chrono::seconds(100 - n));
        }
    }

    void be_ready(ticketing::UserId agent, ticketing::Instant at) {
        store.now([&](mysql::Connection& db) { return choose_ready(db, agent, at); });
    }
    static Result<mysql::AgentRow> choose_ready(
        mysql::Connection& db, ticketing::UserId agent, ticketing::Instant at
    ) {
        return actions::choose_state(
            db,
            {agent,
             {telephony::AgentState::ready, telephony::AgentReason::none},
             {.user = agent, .role = ticketing::Role::agent}},
            at
        );
    }

    actions::AcdOwner owner(const std::string& instance) {
        actions::AcdOwner made{instance, 0};
        renew(made);
        return made;
    }
    void renew(actions::AcdOwner& owner) {
        owner.token = store.now([&](mysql::Connection& db) {
            return actions::renew_owner(db, owner, clock);
        });
    }
    bool enqueue(
        const actions::AcdOwner& owner,
        const std::string& call,
        std::vector<telephony::SkillWish> skills = {},
        std::chrono::seconds waited = {}
    ) {
        const actions::CallToQueue wanted{
            "pbx", call, clock - waited, {}, std::move(skills), false
        };
        return store
            .now([&](mysql::Connection& db) {
                return actions::enqueue_call(db, wanted, owner, clock);
            })
            .waits;
    }
    std::vector<actions::Offer> match(const actions::AcdOwner& owner) {
        return store
            .now([&](mysql::Connection& db) { return actions::match_calls(db, owner, clock); })
            .offers;
    }
    static actions::OfferKey key(const actions::Offer& offer) {
        return {offer.source, offer.call_id, offer.attempt, offer.token};
    }
    bool fail(const actions::OfferKey& offer, telephony::OfferFailure why) {
        return store
            .now([&](mysql::Connection& db) { return actions::offer_failed(db, offer, why, clock); }
            )
            .stands;
    }
    bool take(const actions::OfferKey& offer) {
        return store
            .now([&](mysql::Connection& db) { return actions::offer_taken(db, offer, clock); })
            .stands;
    }
    void leave(const std::string& call, telephony::LeftAs how) {
        store.now([&](mysql::Connection& db) {
            return actions::leave_queue(db, "pbx", call, how, clock);
        });
    }
    std::size_t release() {
        return store.now([&](mysql::Connection& db) { return actions::release_expired(db, clock); }
        ).size();
    }
    std::vector<actions::TakenOver> take_over(const actions::AcdOwner& owner) {
        return store.now([&](mysql::Connection& db) { return actions::take_over(db, owner, clock); }
        );
    }

    mysql::AcdCall call(const std::string& call_id) {
        const auto found = store.now([&](mysql::Connection& db) {
            return mysql::find_acd_call(db, "pbx", call_id);
        });
        REQUIRE(found);
        return *found;
    }
    telephony::AcdState state(const std::string& call_id) {
        return static_cast<telephony::AcdState>(call(call_id).state);
    }
    telephony::AgentPlace place(std::size_t agent) {
        const auto rows = store.now([&](mysql::Connection& db) {
            return mysql::read_agents(db, {&agents[agent], 1});
        });
        return {
            static_cast<telephony::AgentState>(rows.front().state),
            static_cast<telephony::AgentReason>(rows.front().reason)
        };
    }
    // Every step of each agent begins where the one before ended, and the last where he stands.
    void check_logs() {
        for (std::size_t n = 0; n < agents.size(); ++n) {
            auto moves = store.now([&](mysql::Connection& db) {
                return mysql::list_agent_moves(db, agents[n], {}, 100'000);
            });
            int state = 1;
            int reason = 0;
            for (auto move = moves.rbegin(); move != moves.rend(); ++move) {
                REQUIRE(move->from_state == state);
                REQUIRE(move->from_reason == reason);
                state = move->to_state;
                reason = move->to_reason;
            }
            CHECK(static_cast<int>(place(n).state) == state);
        }
    }
};

}  // namespace hotline::test
