// Several servers that distribute the calls of one line, and die (integrations/telephony, T28 and
// T31).
#include "tests/integration/calls/acd_world.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

using namespace hotline;
using namespace hotline::test;
using namespace std::chrono_literals;
using actions::AcdOwner;
using telephony::AcdState;
using telephony::LeftAs;
using telephony::OfferFailure;

namespace {

// What two servers see of each other's deeds while they work at the same time.
struct Together {
    std::mutex lock;
    std::set<ticketing::UserId> at_work;
    std::set<std::string> in_talk;
    std::set<std::string> answered;
    int agents_twice = 0;
    int calls_twice = 0;
    int matches = 0;
    std::chrono::steady_clock::duration matching{};

    void matched(std::chrono::steady_clock::time_point start) {
        const std::lock_guard guard(lock);
        ++matches;
        matching += std::chrono::steady_clock::now() - start;
    }
    void offered(const actions::Offer& offer) {
        const std::lock_guard guard(lock);
        if (!at_work.insert(offer.agent).second) ++agents_twice;
        if (!in_talk.insert(offer.call_id).second) ++calls_twice;
    }
    void given_back(const actions::Offer& offer, bool over) {
        const std::lock_guard guard(lock);
        at_work.erase(offer.agent);
        in_talk.erase(offer.call_id);
        if (over && !answered.insert(offer.call_id).second) ++calls_twice;
    }
    std::size_t done() {
        const std::lock_guard guard(lock);
        return answered.size();
    }
};

// One server: matches its own calls and lets each come to an end, now and then in vain at first.
void serve(AcdFloor& floor, Together& together, AcdOwner owner, std::size_t all) {
    std::mt19937 random(static_cast<unsigned>(owner.token));
    while (together.done() < all) {
        const auto start = std::chrono::steady_clock::now();
        const auto offers = floor.match(owner);
        if (!offers.empty()) together.matched(start);
        for (const auto& offer : offers) {
            together.offered(offer);
            const bool in_vain = random() % 4 == 0;
            together.given_back(offer, !in_vain);
            floor.store.now([&](mysql::Connection& db) -> Result<mysql::AgentRow> {
                const auto key = AcdFloor::key(offer);
                if (in_vain) {
                    const auto failed =
                        actions::offer_failed(db, key, OfferFailure::rejected, floor.clock);
                    if (!failed) return std::unexpected(failed.error());
                } else {
                    const auto taken = actions::offer_taken(db, key, floor.clock);
                    if (!taken) return std::unexpected(taken.error());
                    const auto left = actions::leave_queue(
                        db, "pbx", offer.call_id, LeftAs::answered, floor.clock
                    );
                    if (!left) return std::unexpected(left.error());
                }
                return AcdFloor::choose_ready(db, offer.agent, floor.clock);
            });
        }
    }
}

}  // namespace

TEST_CASE(
    "T28: two servers that match at once give no agent two calls, no call two agents, and forget "
    "none"
) {
    // As many agents as can be left out by one call, and some: nobody has to wait for a minute.
    AcdFloor floor(12);
    const std::vector owners{floor.owner("a"), floor.owner("b")};
    constexpr int all = 160;
    for (int n = 0; n < all; ++n) {
        floor.enqueue(owners[static_cast<std::size_t>(n % 2)], "c" + std::to_string(n));
    }
    Together together;
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::thread> servers;
    for (const AcdOwner& owner : owners) {
        servers.emplace_back([&, owner] { serve(floor, together, owner, all); });
    }
    for (auto& server : servers) server.join();
    const auto took = std::chrono::steady_clock::now() - start;
    MESSAGE(
        "a match took ",
        std::chrono::duration_cast<std::chrono::microseconds>(together.matching).count() /
            std::max(1, together.matches),
        " us, ",
        all,
        " calls in ",
        std::chrono::duration_cast<std::chrono::milliseconds>(took).count(),
        " ms"
    );
    CHECK(together.agents_twice == 0);
    CHECK(together.calls_twice == 0);
    for (int n = 0; n < all; ++n) {
        CHECK(floor.call("c" + std::to_string(n)).left_as == static_cast<int>(LeftAs::answered));
    }
    floor.check_logs();
}

TEST_CASE(
    "T31: a server that dies between any two steps is followed by one other, which ends the call"
) {
    // The steps of a call; the server dies before the one of this number.
    for (int steps = 0; steps <= 4; ++steps) {
        CAPTURE(steps);
        AcdFloor floor(2);
        const auto dead = floor.owner("a");
        actions::OfferKey offer{"pbx", "c", 1, dead.token};
        if (steps > 0) floor.enqueue(dead, "c", {}, 9s);
        if (steps > 1) REQUIRE(floor.match(dead).size() == 1);
        if (steps > 2) floor.take(offer);
        if (steps > 3) floor.leave("c", LeftAs::answered);
        const bool open = steps > 0 && steps < 4;

        floor.clock += 3999ms;
        auto b = floor.owner("b");
        auto c = floor.owner("c");
        CHECK(floor.take_over(b).empty());
        floor.clock += 1ms;
        const auto taken = floor.take_over(b);
        CHECK(floor.take_over(b).empty());
        CHECK(floor.take_over(c).empty());
        REQUIRE(taken.size() == (open ? 1 : 0));

        // What the dead one says yet, it says too late.
        CHECK(floor.match(dead).empty());
        CHECK(floor.take_over(dead).empty());
        if (open) {
            CHECK_FALSE(floor.take(offer));
            CHECK_FALSE(floor.fail(offer, OfferFailure::no_answer));
            CHECK(taken[0].call_id == "c");
            CHECK(taken[0].token == b.token);
            CHECK(taken[0].attempt == (steps > 1 ? 1 : 0));
            offer.token = b.token;
            if (steps == 1) floor.match(b);
            CHECK(floor.take(offer));
            CHECK(floor.place(0).state == telephony::AgentState::talking);
            floor.leave("c", LeftAs::answered);
        }
        CHECK((steps == 0 || floor.state("c") == AcdState::over));
        floor.check_logs();
    }
}

TEST_CASE("T31: a server that begins again under its name is another one, and gets back what it had"
) {
    AcdFloor floor(1);
    auto first = floor.owner("a");
    const auto token = first.token;
    floor.clock += 3s;
    floor.renew(first);
    CHECK(first.token == token);
    floor.enqueue(first, "c");
    const auto again = floor.owner("a");
    CHECK(again.token > token);
    CHECK(floor.match(first).empty());
    REQUIRE(floor.take_over(again).size() == 1);
    CHECK(floor.match(again).size() == 1);
}

namespace {

// A telephone exchange that goes on while servers die, and three servers with nothing but what they
// were told. One tick is a second.
struct Simulation {
    struct Call {
        std::string name;
        int gives_up_at = 0;  // while nobody speaks with him
        int talks_until = 0;  // 0: not yet
        std::optional<actions::OfferKey> rings;
        ticketing::UserId at;  // it rings at him, or he speaks
        int rings_until = 0;
        bool will_answer = false;
        bool over = false;
    };
    struct Server {
        AcdOwner owner;
        int dead_until = 0;
        std::set<std::string> calls;  // in its hand; forgotten when it dies
    };

    AcdFloor floor{30};
    std::mt19937 random{2026};
    std::map<std::string, Call> calls;
    std::vector<Server> servers{{{"a", 0}}, {{"b", 0}}, {{"c", 0}}};
    std::map<std::uint64_t, int> unowned_since;  // by row
    int tick = 0;
    int deaths = 0;
    int answered = 0;
    int abandoned = 0;
    int longest_unowned = 0;

    bool alive(const Server& server) const { return tick >= server.dead_until; }
    unsigned up_to(unsigned most) { return static_cast<unsigned>(random() % most); }

    void end(mysql::Connection& db, Call& call, LeftAs how) {
        call.over = true;
        ++(how == LeftAs::answered ? answered : abandoned);
        REQUIRE(actions::leave_queue(db, "pbx", call.name, how, floor.clock));
        call.at = {};
    }

    // What the server finds out about one call in its hand.
    void look_at(mysql::Connection& db, Server& server, Call& call) {
        if (call.talks_until > 0) {
            if (tick >= call.talks_until) end(db, call, LeftAs::answered);
            return;
        }
        if (tick >= call.gives_up_at) return end(db, call, LeftAs::abandoned);
        if (!call.rings || tick < call.rings_until) return;
        call.rings->token = server.owner.token;
        if (!call.will_answer) {
            const auto why = up_to(2) ? OfferFailure::no_answer : OfferFailure::rejected;
            REQUIRE(actions::offer_failed(db, *call.rings, why, floor.clock));
            call.at = {};
        } else {
            const auto taken = actions::offer_taken(db, *call.rings, floor.clock);
            REQUIRE(taken);
            // It had run out while nobody was there: the telephone is hung up again.
            if (taken->stands) {
                call.talks_until = tick + 2 + static_cast<int>(up_to(12));
            } else {
                call.at = {};
            }
        }
        call.rings.reset();
    }

    void arrive(mysql::Connection& db, Server& server) {
        const auto name = "c" + std::to_string(calls.size());
        Call& call = calls[name];
        call.name = name;
        call.gives_up_at = tick + 5 + static_cast<int>(up_to(60));
        const actions::CallToQueue wanted{
            "pbx", name, floor.clock, std::chrono::seconds(up_to(3) * 10), {}, false
        };
        REQUIRE(actions::enqueue_call(db, wanted, server.owner, floor.clock));
        server.calls.insert(name);
    }

    void work(mysql::Connection& db, Server& server, int arrivals) {
        const auto token = actions::renew_owner(db, server.owner, floor.clock);
        REQUIRE(token);
        server.owner.token = *token;
        const auto taken = actions::take_over(db, server.owner, floor.clock);
        REQUIRE(taken);
        for (const auto& call : *taken) CHECK(server.calls.insert(call.call_id).second);
        for (int n = 0; n < arrivals; ++n) arrive(db, server);
        for (const auto& name : server.calls) {
            Call& call = calls.at(name);
            if (!call.over) look_at(db, server, call);
        }
        REQUIRE(actions::release_expired(db, floor.clock));
        const auto matched = actions::match_calls(db, server.owner, floor.clock);
        REQUIRE(matched);
        for (const auto& offer : matched->offers) {
            Call& call = calls.at(offer.call_id);
            CHECK(server.calls.contains(offer.call_id));
            call.rings = AcdFloor::key(offer);
            call.at = offer.agent;
            call.will_answer = up_to(8) != 0;
            call.rings_until = tick + (call.will_answer ? 1 + static_cast<int>(up_to(4)) : 15);
        }
        std::erase_if(server.calls, [&](const auto& name) { return calls.at(name).over; });
    }

    // Who has nothing to do says so again.
    void agents_go_on(mysql::Connection& db) {
        REQUIRE(actions::end_wrap_ups(db, floor.clock));
        const auto rows = mysql::read_agents(db, floor.agents);
        REQUIRE(rows);
        for (const auto& row : *rows) {
            const auto state = static_cast<telephony::AgentState>(row.state);
            const bool rests = state == telephony::AgentState::not_ready ||
                               state == telephony::AgentState::wrap_up;
            if (rests && up_to(4) == 0) {
                REQUIRE(AcdFloor::choose_ready(db, row.account, floor.clock));
            }
        }
    }

    void check(mysql::Connection& db) {
        std::set<ticketing::UserId> speaking;
        for (const auto& [name, call] : calls) {
            if (!call.over && call.at) CHECK(speaking.insert(call.at).second);
        }
        std::vector<std::uint64_t> living;
        for (const auto& server : servers) {
            if (alive(server)) living.push_back(server.owner.token);
        }
        const auto stray = mysql::stray_acd_calls(db, living);
        REQUIRE(stray);
        std::map<std::uint64_t, int> unowned;
        for (const auto call : *stray) {
            const auto before = unowned_since.find(call);
            const int since = before == unowned_since.end() ? tick : before->second;
            unowned[call] = since;
            longest_unowned = std::max(longest_unowned, tick - since);
        }
        unowned_since = std::move(unowned);
    }

    void run_one(int arrivals) {
        ++tick;
        floor.clock += 1s;
        int living = 0;
        for (const auto& server : servers) living += alive(server) ? 1 : 0;
        for (auto& server : servers) {
            // One of them is always there: with nobody there is nobody to own a call.
            if (!alive(server) || living == 1 || up_to(40) != 0) continue;
            server = {{server.owner.instance, 0}, tick + 3 + static_cast<int>(up_to(12)), {}};
            ++deaths;
            --living;
        }
        floor.store.now([&](mysql::Connection& db) -> Result<bool> {
            const int door = static_cast<int>(up_to(static_cast<unsigned>(living)));
            int number = 0;
            for (auto& server : servers) {
                if (alive(server)) work(db, server, number++ == door ? arrivals : 0);
            }
            agents_go_on(db);
            check(db);
            return true;
        });
    }
};

}  // namespace

TEST_CASE(
    "T25 to T31: a thousand calls while servers die: each ends once, none is without an owner for "
    "more than five seconds"
) {
    Simulation world;
    const auto start = std::chrono::steady_clock::now();
    while (world.calls.size() < 1000) world.run_one(4 + static_cast<int>(world.up_to(3)));
    const auto all_over = [&] {
        return std::ranges::all_of(world.calls, [](const auto& call) { return call.second.over; });
    };
    for (int more = 0; more < 200 && !all_over(); ++more) world.run_one(0);
    const auto took = std::chrono::steady_clock::now() - start;
    MESSAGE(
        world.tick,
        " s with ",
        world.deaths,
        " deaths simulated in ",
        std::chrono::duration_cast<std::chrono::milliseconds>(took).count(),
        " ms: ",
        world.answered,
        " answered, ",
        world.abandoned,
        " given up, longest without an owner ",
        world.longest_unowned,
        " s"
    );
    REQUIRE(all_over());
    CHECK(world.deaths > 5);
    CHECK(world.longest_unowned <= 5);
    std::map<int, int> ends;
    world.floor.store.now([&](mysql::Connection& db) -> Result<bool> {
        for (const auto& [name, call] : world.calls) {
            const auto row = mysql::find_acd_call(db, "pbx", name);
            REQUIRE(row);
            REQUIRE(*row);
            CHECK((*row)->state == static_cast<int>(AcdState::over));
            CHECK_FALSE((*row)->offered_to);
            const bool answered = (*row)->left_as == static_cast<int>(LeftAs::answered);
            CHECK(answered == (*row)->taken_at.has_value());
            ++ends[(*row)->left_as.value_or(0)];
        }
        return true;
    });
    CHECK(ends[static_cast<int>(LeftAs::answered)] == world.answered);
    CHECK(ends[static_cast<int>(LeftAs::abandoned)] == world.abandoned);
    CHECK(world.answered + world.abandoned == static_cast<int>(world.calls.size()));
    world.floor.check_logs();
}
