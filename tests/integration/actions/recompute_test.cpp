#include "integrations/mysql/calendar_store.hpp"
#include "integrations/mysql/policy_store.hpp"
#include "integrations/mysql/recompute_store.hpp"
#include "server/actions/enact.hpp"
#include "server/actions/recompute_dues.hpp"
#include "server/actions/recompute_effect.hpp"
#include "sla/policy_text.hpp"
#include "tests/integration/actions/desk.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <algorithm>
#include <thread>

using namespace hotline;
using namespace hotline::ticketing;
using sla::ClockKind;
using sla::test::at;
using sla::test::day;
using test::Desk;
using test::told;
using namespace std::chrono_literals;

namespace {

// 5 March 2026 becomes a day off.
City after_notice(const City& city) {
    auto data = city.calendar.data();
    ++data.version;
    data.rules.push_back({day(2026, 3, 5), true, "防汛调休"});
    return {city.directory, sla::default_policy(), sla::Calendar::build(std::move(data)).value()};
}

std::string handled(Desk& desk) {
    const auto number = desk.accepted();
    REQUIRE(told(desk.act(number, Act::dispatch, Role::dispatcher)) == "");
    REQUIRE(told(desk.act(number, Act::sign_for, Role::unit_clerk)) == "");
    return number;
}

std::uint64_t ask(Desk& desk, const City& city, Limits limits = Limits::kept) {
    const auto job = desk.pool.transact_now([&](mysql::Connection& db) {
        (void)db.execute("DELETE FROM recompute_job");
        return actions::ask_recompute(
            db,
            {{77}, "上级调整放假安排", city.policy.version, city.calendar.version(), limits},
            desk.now
        );
    });
    REQUIRE(job);
    return *job;
}

Result<std::optional<mysql::RecomputeJob>> step(Desk& desk, const City& city, std::size_t limit) {
    return desk.pool.transact_now([&](mysql::Connection& db) {
        return actions::recompute_step(db, city, desk.now, limit);
    });
}

mysql::RecomputeJob newest_job(Desk& desk) {
    const auto jobs =
        desk.pool.read_now([](mysql::Connection& db) { return mysql::list_recompute_jobs(db, 1); });
    REQUIRE(jobs);
    REQUIRE(!jobs->empty());
    return jobs->front();
}

Instant due(Desk& desk, const std::string& number) {
    const Ticket ticket = desk.ticket(number);
    const auto* clock = open_clock(ticket, ClockKind::handle);
    REQUIRE(clock != nullptr);
    return clock->due_at;
}

}  // namespace

TEST_CASE("T40 a job moves every open ticket's dates once, an event each, and leaves the rest") {
    Desk desk;
    std::vector<std::string> open;
    for (int i = 0; i < 7; ++i) open.push_back(handled(desk));
    const auto closed =
        desk.accepted([](Ticket& t, const stage::City&) { t.type = AppealType::consult; });
    REQUIRE(told(desk.act(closed, Act::close_on_call, Role::agent)) == "");
    const City changed = after_notice(desk.city);
    ask(desk, changed);
    CHECK(newest_job(desk).total == 7);

    SUBCASE("it waits until every server has what is in force") {
        CHECK(!step(desk, changed, 3)->has_value());
        desk.now += actions::settling_time;
        CHECK(!step(desk, desk.city, 3)->has_value());
    }
    desk.now += actions::settling_time;
    std::size_t steps = 0;
    while (step(desk, changed, 3)->has_value()) ++steps;
    CHECK(steps == 3);
    const auto job = newest_job(desk);
    CHECK(job.finished_at == desk.now);
    CHECK(job.looked_at == 7);
    CHECK(job.moved == 7);
    CHECK(job.stayed == 0);
    for (const auto& number : open) {
        CHECK(due(desk, number) == at(2026, 3, 10, 18));
        const auto log = desk.log(number);
        CHECK(log.back().act == Act::recompute);
        CHECK(log.back().reason == "上级调整放假安排");
        CHECK(log.back().user == UserId{77});
        CHECK(std::ranges::count(log, Act::recompute, &Event::act) == 1);
        CHECK(!first_broken(log, crypto::sm3));
    }
    CHECK(desk.log(closed).back().act == Act::close_on_call);
    // The list sorts by the new date, the watcher looks at it.
    CHECK(
        desk.number_of("SELECT COUNT(*) FROM ticket WHERE handle_due_at="
                       "TIMESTAMP'2026-03-10 10:00:00'") == 7
    );
    CHECK(
        desk.number_of("SELECT COUNT(*) FROM ticket_clock WHERE kind=5 AND "
                       "warn_at=TIMESTAMP'2026-03-09 10:00:00'") == 7
    );
    // What people do afterwards builds on it.
    CHECK(told(desk.act(open.front(), Act::first_contact, Role::unit_clerk)) == "");
}

TEST_CASE("T40 servers share a job: no ticket is looked at twice or left out") {
    Desk desk;
    std::vector<std::string> open;
    for (int i = 0; i < 12; ++i) open.push_back(handled(desk));
    const City changed = after_notice(desk.city);
    ask(desk, changed);
    desk.now += actions::settling_time;
    std::vector<std::jthread> servers;
    for (int i = 0; i < 3; ++i) {
        servers.emplace_back([&] {
            for (int turn = 0; turn < 30 && !newest_job(desk).finished_at; ++turn) {
                (void)step(desk, changed, 2);
            }
        });
    }
    servers.clear();
    CHECK(newest_job(desk).looked_at == 12);
    CHECK(newest_job(desk).moved == 12);
    for (const auto& number : open) {
        CHECK(std::ranges::count(desk.log(number), Act::recompute, &Event::act) == 1);
    }
}

TEST_CASE("T40 a step that fails leaves nothing behind, and the next one does it") {
    Desk desk;
    const auto number = handled(desk);
    const City changed = after_notice(desk.city);
    ask(desk, changed);
    desk.now += actions::settling_time;
    const auto undone = desk.pool.transact_now([&](mysql::Connection& db) -> Result<void> {
        if (auto done = actions::recompute_step(db, changed, desk.now, 10); !done) {
            return std::unexpected(done.error());
        }
        return fail(ErrorCode::internal, "the server dies here");
    });
    CHECK(!undone);
    CHECK(newest_job(desk).looked_at == 0);
    CHECK(due(desk, number) == at(2026, 3, 9, 18));
    CHECK(step(desk, changed, 10)->has_value());
    CHECK(due(desk, number) == at(2026, 3, 10, 18));
}

TEST_CASE("T40 a job that waits for its policy holds up no other") {
    Desk desk;
    const auto number = handled(desk);
    const City changed = after_notice(desk.city);
    ask(desk, changed);
    // Asked for before, with limits that come into force next month.
    desk.run("UPDATE recompute_job SET policy_version=99");
    const auto later = desk.pool.transact_now([&](mysql::Connection& db) {
        return actions::ask_recompute(
            db, {{77}, "新的放假安排", 0, changed.calendar.version(), Limits::kept}, desk.now
        );
    });
    REQUIRE(later);
    desk.now += actions::settling_time;
    const auto done = step(desk, changed, 10);
    REQUIRE(done->has_value());
    CHECK((*done)->id == *later);
    CHECK(desk.log(number).back().reason == "新的放假安排");
    CHECK(!step(desk, changed, 10)->has_value());
}

TEST_CASE("S43 the effect that is shown is what the job then does") {
    Desk desk;
    for (int i = 0; i < 4; ++i) handled(desk);
    const City changed = after_notice(desk.city);
    const auto effect = desk.pool.read_now([&](mysql::Connection& db) {
        return actions::recompute_effect(db, changed.at(desk.now), Limits::kept, 2);
    });
    REQUIRE(effect);
    CHECK(effect->looked_at == 4);
    CHECK(effect->tickets == 4);
    CHECK(effect->earlier == 0);
    CHECK(effect->stayed == 0);
    CHECK(effect->largest.size() == 2);
    CHECK(effect->by_unit.size() == 1);
    CHECK(effect->by_unit.begin()->second == 4);
    const auto& first = effect->largest.front();
    CHECK(first.shift.after.due_at == at(2026, 3, 10, 18));
    ask(desk, changed);
    desk.now += actions::settling_time;
    REQUIRE(step(desk, changed, 10)->has_value());
    CHECK(newest_job(desk).moved == effect->tickets);
}

TEST_CASE("S15 a new policy is a new version, and refused when somebody else's came first") {
    Desk desk;
    desk.run("DELETE FROM policy_version");
    const sla::Policy first = sla::default_policy();
    REQUIRE(desk.pool.transact_now([&](mysql::Connection& db) {
        return mysql::insert_policy(
            db, {first.version, to_text(first), desk.now, "起初", {}, {}, {}}
        );
    }));
    const std::string text =
        "# why\n" + to_text(first) + "extension * * consult count 2 total 2wd for city.housing\n";
    const auto enact = [&](const std::string& wanted, std::uint32_t based_on) {
        return desk.pool.transact_now([&](mysql::Connection& db) {
            return actions::enact_policy(
                db,
                wanted,
                {{77}, "住建提速", based_on, true},
                desk.now,
                desk.city.directory,
                desk.now
            );
        });
    };
    const auto done = enact(text, 1);
    REQUIRE(done);
    CHECK(done->version == 2);
    CHECK(done->job.has_value());
    const auto stored =
        desk.pool.read_now([](mysql::Connection& db) { return mysql::read_policy_version(db, 2); });
    REQUIRE(stored);
    CHECK(stored->body.starts_with("# why\npolicy 2\n"));
    CHECK(stored->note == "住建提速");

    CHECK(enact(text, 1).error().code == ErrorCode::stale_version);
    CHECK(enact(text, 2).error().detail == "something_new");
    CHECK(enact("policy 1\nlimit handle\n", 2).error().fields.front().field == "text");
    CHECK(
        enact(text + "alarm handle level_3 1wd for city.nowhere\n", 2).error().code ==
        ErrorCode::validation_failed
    );
    CHECK(desk.number_of("SELECT MAX(version) FROM policy_version") == 2);
}
