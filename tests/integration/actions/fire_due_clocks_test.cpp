#include "server/actions/fire_due_clocks.hpp"

#include "tests/integration/actions/desk.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <algorithm>
#include <thread>

using namespace hotline;
using namespace hotline::ticketing;
using test::Desk;
using test::told;
using namespace std::chrono_literals;

namespace {

actions::Sweep swept(Desk& desk) {
    const auto sweep = desk.pool.transact_now([&](mysql::Connection& db) {
        return actions::fire_due_clocks(db, desk.city, desk.now, 100);
    });
    REQUIRE(sweep);
    return *sweep;
}

Instant due_of_handling(const Ticket& ticket) {
    const sla::Clock* handling = open_clock(ticket, sla::ClockKind::handle);
    REQUIRE(handling != nullptr);
    return handling->due_at;
}

std::string closed_on_call(Desk& desk) {
    const auto number =
        desk.accepted([](Ticket& t, const stage::City&) { t.type = AppealType::consult; });
    REQUIRE(told(desk.act(number, Act::close_on_call, Role::agent)) == "");
    return number;
}

}  // namespace

TEST_CASE("T31 a closed ticket is archived by its clock, once") {
    Desk desk;
    const auto number = closed_on_call(desk);
    desk.now += 24h * 30;
    CHECK(swept(desk).lags.empty());
    desk.now += 1s;
    CHECK(swept(desk).lags.size() == 1);
    CHECK(desk.ticket(number).state == State::archived);
    CHECK(desk.log(number).back().act == Act::archive);
    CHECK(swept(desk).lags.empty());
    CHECK(!first_broken(desk.log(number), crypto::sm3));
}

TEST_CASE("T18 nobody is carded while a ticket is parked, but for the look that was forgotten") {
    Desk desk;
    const auto number = desk.accepted();
    REQUIRE(told(desk.act(number, Act::dispatch, Role::dispatcher)) == "");
    REQUIRE(told(desk.act(number, Act::sign_for, Role::unit_clerk)) == "");
    REQUIRE(told(desk.act(number, Act::suspend, Role::supervisor)) == "");
    desk.now += 24h * 29;
    CHECK(swept(desk).lags.empty());
    desk.now += 24h * 2;
    CHECK(swept(desk).lags.size() == 1);
    CHECK(desk.log(number).back().act == Act::clock_overdue);
    CHECK(desk.log(number).back().reason == "suspension");
    CHECK(desk.ticket(number).state == State::suspended);
}

TEST_CASE("S17 the whole ladder of a forgotten ticket, each step once, whoever looks and how often"
) {
    Desk desk;
    const auto number = desk.accepted();
    REQUIRE(told(desk.act(number, Act::dispatch, Role::dispatcher)) == "");
    REQUIRE(told(desk.act(number, Act::sign_for, Role::unit_clerk)) == "");
    REQUIRE(told(desk.act(number, Act::first_contact, Role::unit_clerk)) == "");
    const auto steps = [&] {
        std::vector<Act> acts;
        for (const Event& event : desk.log(number)) {
            if (event.role == Role::system && event.reason == "handle") acts.push_back(event.act);
        }
        return acts;
    };
    const Instant due = due_of_handling(desk.ticket(number));
    const std::vector all{Act::yellow_card, Act::red_card, Act::escalate, Act::escalate};
    SUBCASE("step by step") {
        for (const auto& [after, taken] :
             {std::pair{0h, 1}, {1h, 2}, {24h * 2, 2}, {24h * 2 + 1h, 3}, {24h * 7 + 1h, 4}}) {
            desk.now = due + after;
            swept(desk);
            swept(desk);
            CHECK(steps().size() == static_cast<std::size_t>(taken));
        }
    }
    SUBCASE("the watcher was away for weeks") {
        desk.now = due + 24h * 30;
        swept(desk);
    }
    SUBCASE("two servers at once, and the time steps back between two looks") {
        desk.now = due + 24h * 30;
        std::vector<std::jthread> servers;
        for (int i = 0; i < 4; ++i) servers.emplace_back([&] { swept(desk); });
        servers.clear();
        desk.now = due + 24h;
        swept(desk);
        desk.now = due + 24h * 31;
        swept(desk);
    }
    CHECK(steps() == all);
    CHECK(desk.ticket(number).supervise_level == 4);
    CHECK(!first_broken(desk.log(number), crypto::sm3));
}

TEST_CASE("T37 every milestone of a plan is watched by itself, up to the supervision office") {
    Desk desk;
    const auto number = desk.accepted();
    for (const auto& [act, role] :
         {std::pair{Act::dispatch, Role::dispatcher},
          {Act::sign_for, Role::unit_clerk},
          {Act::first_contact, Role::unit_clerk},
          {Act::add_co_unit, Role::unit_clerk},
          {Act::hard_case, Role::supervisor},
          {Act::plan_hard_case, Role::supervisor},
          {Act::meet_milestone, Role::supervisor}}) {
        REQUIRE(told(desk.act(number, act, role)) == "");
    }
    const auto cards = [&] {
        std::vector<Act> acts;
        for (const Event& event : desk.log(number)) {
            if (event.reason == "milestone") acts.push_back(event.act);
        }
        return acts;
    };
    const auto clock = [&](std::uint16_t milestone) {
        const Ticket ticket = desk.ticket(number);
        const auto found = std::ranges::find_if(ticket.clocks, [&](const sla::Clock& one) {
            return one.kind == sla::ClockKind::milestone && one.generation == milestone;
        });
        REQUIRE(found != ticket.clocks.end());
        return *found;
    };
    CHECK(clock(1).state == sla::ClockState::stopped);
    const Instant due = clock(2).due_at;
    desk.now = due;  // the first one's due date has passed: it was met
    swept(desk);
    CHECK(cards() == std::vector{Act::yellow_card});
    desk.now = due + 24h * 30;
    swept(desk);
    swept(desk);
    CHECK(cards() == std::vector{Act::yellow_card, Act::clock_overdue, Act::escalate});
    CHECK(clock(2).state == sla::ClockState::fired);
    CHECK(clock(1).state == sla::ClockState::stopped);
    CHECK(!first_broken(desk.log(number), crypto::sm3));
}

TEST_CASE("T38 the mediators' month is watched, and what the unit owes is not meanwhile") {
    Desk desk;
    const auto number = desk.accepted([](Ticket& t, const stage::City&) { t.division = "610526"; });
    for (const auto& [act, role] :
         {std::pair{Act::dispatch, Role::dispatcher},
          {Act::sign_for, Role::unit_clerk},
          {Act::first_contact, Role::unit_clerk},
          {Act::refer_to_mediation, Role::unit_clerk}}) {
        REQUIRE(told(desk.act(number, act, role)) == "");
    }
    desk.now += 24h * 23;
    CHECK(swept(desk).lags.empty());
    desk.now += 24h * 8;
    swept(desk);
    const auto log = desk.log(number);
    CHECK(log[log.size() - 2].act == Act::yellow_card);
    CHECK(log.back().act == Act::clock_overdue);
    CHECK(log.back().reason == "mediation");
    CHECK(desk.ticket(number).state == State::mediating);
}
