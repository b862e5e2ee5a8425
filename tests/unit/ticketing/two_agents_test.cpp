// Two people on one ticket: the version each has seen goes with what he sends (If-Match), and the
// rules must make a new version of whatever they change, or one would overwrite what he never saw.
#include "tests/unit/sla/dice.hpp"
#include "tests/unit/ticketing/stage.hpp"
#include "ticketing/lifecycle/changes.hpp"

#include <doctest/doctest.h>

#include <array>

namespace {

using namespace stage;

struct Agent {
    Role role;
    Ticket seen;
};

// Any act of a person, with values that differ from one time to the next.
ActRequest some_request(const Stage& stage, Role role, sla::test::Dice& dice) {
    const auto acts = static_cast<std::int64_t>(names_of(Act{}).size());
    ActRequest request = stage.request(static_cast<Act>(dice.between(2, acts)), role);
    const std::string words = "第" + std::to_string(dice.between(1, 1'000'000)) + "次更正";
    request.title = words;
    request.content = words + "，请协调";
    request.reason = words;
    request.type = static_cast<AppealType>(dice.between(1, 6));
    request.urgency = static_cast<Urgency>(dice.between(1, 3));
    if (dice.one_in(2)) request.unit = stage.city.unit("city.state_grid");
    return request;
}

}  // namespace

TEST_CASE("T33, T34: ten thousand interleavings of two agents lose no value silently") {
    Stage stage;
    const Ticket fresh = stage.ticket;
    stage.submitted();
    const Ticket reviewed = stage.ticket;
    sla::test::Dice dice;
    constexpr std::array roles{
        Role::dispatcher, Role::supervisor, Role::reviewer, Role::official, Role::unit_leader
    };
    int taken = 0;
    int refused = 0;
    for (int life = 0; life < 10'000; ++life) {
        stage.ticket = dice.one_in(2) ? fresh : reviewed;
        std::array<Agent, 2> agents{
            Agent{roles[static_cast<std::size_t>(dice.between(0, 4))], stage.ticket},
            Agent{roles[static_cast<std::size_t>(dice.between(0, 4))], stage.ticket}
        };
        for (int step = 0; step < 6; ++step) {
            Agent& agent = agents[static_cast<std::size_t>(dice.between(0, 1))];
            if (dice.one_in(4)) agent.seen = stage.ticket;
            const ActRequest request = some_request(stage, agent.role, dice);
            if (agent.seen.version != stage.ticket.version) {
                ++refused;  // stale_version; he keeps his words and looks
                agent.seen = stage.ticket;
                continue;
            }
            // The same version is the same ticket, to the last field.
            REQUIRE(agent.seen == stage.ticket);
            const auto decided = stage.decided(request);
            if (!decided) continue;
            ++taken;
            REQUIRE(decided->after.version == stage.ticket.version + 1);
            // A file stands beside the ticket and is logged beside its fields.
            if (request.act != Act::attach) {
                REQUIRE(decided->event.changes == changes_between(stage.ticket, decided->after));
            }
            stage.ticket = decided->after;
            // Who sent it is answered with the ticket; the other still has the old one.
            agent.seen = stage.ticket;
        }
    }
    CHECK(taken > 1'000);
    CHECK(refused > 1'000);
}
