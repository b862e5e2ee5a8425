#include "server/live_notice.hpp"

#include "server/live_views.hpp"
#include "tests/unit/sla/china_calendar.hpp"
#include "tests/unit/ticketing/small_city.hpp"

#include <boost/json/parse.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace hotline;
using namespace std::chrono_literals;
using ticketing::Role;

namespace {

mysql::TicketLine random_line(std::mt19937& random) {
    const auto few = [&] { return random() % 4; };  // so that scopes and tickets meet often
    mysql::TicketLine line;
    auto& t = line.ticket;
    t.id = {random()};
    t.number = "WN" + std::to_string(random());
    t.version = static_cast<std::uint32_t>(random() % 9 + 1);
    t.state = static_cast<ticketing::State>(1 + random() % 12);
    t.channel = static_cast<ticketing::Channel>(1 + random() % 5);
    t.type = static_cast<ticketing::AppealType>(1 + random() % 4);
    t.title = "“停电”\\\n𠮷";
    t.topic = "用电";
    t.urgency = ticketing::Urgency::urgent;
    t.division = few() == 0 ? "610526" : "610527";
    t.enterprise_name = "某厂";
    t.lead_unit = {few()};
    for (auto n = few(); n > 0; --n) t.co_units.push_back({few() + 1});
    t.official = {few()};
    t.case_owner = {few()};
    t.visiting_official = {few()};
    t.created_by = {few()};
    t.complained_unit = {few()};
    t.accepted_at = ticketing::Instant{1'795'420'800'123ms};
    t.round = 2;
    t.needs_entry = few() == 0;
    t.hard_case = few() == 0;
    t.appellant.confidential = few() == 0;
    t.appellant.anonymous = few() == 0;
    t.risk_flags = 5;
    if (few() != 0) line.handle_due_at = t.accepted_at + 24h;
    if (few() != 0) {
        line.next_due_at = t.accepted_at + 1h;
        line.next_clock = sla::ClockKind::sign_for;
        line.next_limit = sla::LimitUnit::working_minutes;
    }
    return line;
}

live::Message received(redis::LiveMessage message) {
    message.id = "7-0";
    auto notice = read_notice(message);
    REQUIRE(notice);
    CHECK(notice->id == "7-0");
    return std::move(*notice);
}

CityPtr a_city() {
    return std::make_shared<const City>(
        small_city::make(), sla::default_policy(), sla::test::calendar_of({2026})
    );
}

LiveUser user(Role role, std::uint64_t id, std::string_view unit = {}) {
    ticketing::Actor actor{.user = {id}, .role = role};
    actor.unit = small_city::id_of(small_city::make(), unit);
    return LiveUser(actor, {});
}

}  // namespace

TEST_CASE("a change crosses the bus whole") {
    std::mt19937 random{3};
    for (int round = 0; round < 200; ++round) {
        const auto line = random_line(random);
        const auto notice = received(ticket_changed(line));
        CHECK(notice.type == "ticket_changed");
        CHECK(notice.topic == "tickets");
        const auto& there = static_cast<const TicketChange*>(notice.audience.get())->line;
        REQUIRE(there.ticket == line.ticket);
        CHECK(there.handle_due_at == line.handle_due_at);
        CHECK(there.next_due_at == line.next_due_at);
        CHECK(there.next_clock == line.next_clock);
        CHECK(there.next_limit == line.next_limit);
    }
}

TEST_CASE("A2: over the bus as in a list, a ticket is shown to whom permissions grant it") {
    std::mt19937 random{5};
    const CityPtr city = a_city();
    const CitySource source(city);
    const LiveViews views(source);
    const LiveUser users[] = {
        user(Role::agent, 1),
        user(Role::dispatcher, 2),
        user(Role::unit_clerk, 3, "610526.gov_office"),
        user(Role::unit_clerk, 3, "city.gov_office"),
        user(Role::admin, 4),
    };
    int shown = 0;
    for (int round = 0; round < 500; ++round) {
        const auto line = random_line(random);
        const auto notice = received(ticket_changed(line));
        for (const LiveUser& who : users) {
            const auto scope = scope_of(who.actor(), city->directory);
            const auto text = views(who, notice);
            REQUIRE((text != nullptr) == may_see(scope, scope_keys(line.ticket)));
            shown += text ? 1 : 0;
        }
    }
    CHECK(shown > 300);
}

TEST_CASE("those who see the same share one text, those who see less have another") {
    const CityPtr city = a_city();
    const CitySource source(city);
    const LiveViews views(source);
    mysql::TicketLine line;
    line.ticket.title = "回电13912345678";
    line.ticket.enterprise_name = "某厂";
    line.ticket.lead_unit = small_city::id_of(city->directory, "610526.housing");
    line.ticket.appellant.confidential = true;
    const auto notice = received(ticket_changed(line));
    const auto desk = views(user(Role::dispatcher, 1), notice);
    CHECK(views(user(Role::supervisor, 2), notice) == desk);
    const auto unit = views(user(Role::unit_clerk, 3, "610526.housing"), notice);
    REQUIRE(unit);
    CHECK(unit->find("某厂") == std::string::npos);
    CHECK(desk->find("某厂") != std::string::npos);
    CHECK(desk->find("13912345678") == std::string::npos);
}

TEST_CASE("a call is for its agent and for supervisors, whole and unchanged") {
    const CitySource source(a_city());
    const LiveViews views(source);
    const auto call = received(call_changed({8}, R"({"call_id":"c\"1","state":"ringing"})"));
    const auto text = views(user(Role::agent, 8), call);
    REQUIRE(text);
    CHECK(boost::json::parse(*text).at("call_id") == "c\"1");
    CHECK(views(user(Role::supervisor, 1), call));
    CHECK_FALSE(views(user(Role::agent, 9), call));
    const auto nobodys = received(call_changed({}, "{}"));
    CHECK_FALSE(views(user(Role::agent, 0), nobodys));
    CHECK(views(user(Role::supervisor, 1), nobodys));
}

TEST_CASE("that a call has gone elsewhere is told to whom it left, and to nobody else") {
    const CitySource source(a_city());
    const LiveViews views(source);
    const auto left = received(call_left({8}, "c1"));
    const auto text = views(user(Role::agent, 8), left);
    REQUIRE(text);
    CHECK(*text == R"({"call_id":"c1","state":"transferred"})");
    CHECK_FALSE(views(user(Role::agent, 9), left));
    CHECK_FALSE(views(user(Role::supervisor, 1), left));
}

TEST_CASE("T39: what came of a wish is told to who asked for it, and to nobody else") {
    const CitySource source(a_city());
    const LiveViews views(source);
    const auto told = received(command_ended({8}, R"({"id":1,"state":"done"})"));
    const auto text = views(user(Role::supervisor, 8), told);
    REQUIRE(text);
    CHECK(*text == R"({"id":1,"state":"done"})");
    CHECK_FALSE(views(user(Role::agent, 9), told));
    CHECK_FALSE(views(user(Role::supervisor, 1), told));
    CHECK_FALSE(read_notice(commands_asked()));
}

TEST_CASE("what all may know is the same text for all") {
    const CitySource source(a_city());
    const LiveViews views(source);
    const auto many = received(many_tickets_changed(800));
    CHECK(*views(user(Role::unit_clerk, 1), many) == R"({"count":800})");
    CHECK(views(user(Role::unit_clerk, 1), many) == views(user(Role::agent, 2), many));
    CHECK(*views(user(Role::manager, 1), received(kpi_changed())) == "{}");
}

TEST_CASE("who may listen to a topic is who may read its list; servers' own topics are nobody's") {
    CHECK(may_listen(user(Role::agent, 1), "tickets"));
    CHECK_FALSE(may_listen(user(Role::auditor, 1), "tickets"));
    CHECK_FALSE(may_listen(user(Role::admin, 1), "tickets"));
    CHECK(may_listen(user(Role::agent, 1), "calls"));
    CHECK_FALSE(may_listen(user(Role::unit_clerk, 1), "calls"));
    CHECK_FALSE(may_listen(user(Role::agent, 1), "kpi"));
    CHECK(may_listen(user(Role::manager, 1), "kpi"));
    CHECK_FALSE(may_listen(user(Role::supervisor, 1), "_sessions"));
}

TEST_CASE("what cannot be read is nobody's message") {
    for (const std::string json :
         {"",
          "7",
          "{}",
          "[]",
          R"({"type":7})",
          R"({"type":"call_changed"})",
          R"({"type":"other"})",
          R"({"type":"ticket_changed")"}) {
        CAPTURE(json);
        CHECK_FALSE(read_notice({"1-0", "tickets", json}));
    }
    CHECK_FALSE(read_notice(sessions_ended({7})));
    CHECK(account_in(sessions_ended({7})).value == 7);
    CHECK_FALSE(account_in(gap_of("a")));
    CHECK(server_in(gap_of("a:8443")) == "a:8443");
    CHECK(server_in(sessions_ended({7})).empty());
    CHECK(device_in(device_wiped("phone", "a:8443")) == "phone");
    CHECK(server_in(device_wiped("phone", "a:8443")) == "a:8443");
}
