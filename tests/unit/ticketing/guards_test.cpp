#include "ticketing/lifecycle/guards.hpp"

#include "tests/unit/ticketing/stage.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace stage;
using sla::ClockKind;

namespace {

Unit& unit_of(Stage& s, std::string_view code) {
    const auto found = std::ranges::find(s.city.directory.units, code, &Unit::code);
    REQUIRE(found != s.city.directory.units.end());
    return *found;
}

void close_down(Stage& s, std::string_view code) {
    unit_of(s, code).active = false;
    s.city.directory.index();
}

std::vector<UnitId> units(std::size_t count) {
    std::vector<UnitId> ids;
    for (std::uint64_t id = 1; id <= count; ++id) ids.push_back({100 + id});
    return ids;
}

Stage accepted() {
    return Stage{};
}

Stage question() {
    return Stage{AppealType::consult};
}

Stage at_work() {
    Stage s;
    s.handling();
    return s;
}

Stage contacted() {
    Stage s = at_work();
    REQUIRE(s.act(Act::first_contact, Role::official) == "");
    return s;
}

Stage extension_asked() {
    Stage s = at_work();
    REQUIRE(s.act(Act::ask_extension, Role::official) == "");
    return s;
}

Stage called() {
    Stage s;
    s.callback();
    return s;
}

struct Row {
    const char* what;
    Stage (*stage)();
    Act act;
    Role role;
    void (*change)(Stage&, ActRequest&);
    std::string_view unmet;  // the guard that refuses; "" when it is done
};

void check(std::span<const Row> rows) {
    for (const Row& row : rows) {
        CAPTURE(row.what);
        Stage s = row.stage();
        auto request = s.request(row.act, row.role);
        row.change(s, request);
        const std::string answer = s.tried(request);
        CHECK(answer == (row.unmet.empty() ? "" : "guard_failed " + std::string(row.unmet)));
    }
}

}  // namespace

TEST_CASE("T2, T4 what makes content complete, and which question a call can answer") {
    const Row rows[] = {
        {"T2 a stub gets its content",
         accepted,
         Act::requeue,
         Role::dispatcher,
         [](Stage& s, ActRequest&) { s.ticket.needs_entry = true; },
         ""},
        {"T2 four characters are none",
         accepted,
         Act::requeue,
         Role::dispatcher,
         [](Stage& s, ActRequest& r) {
             s.ticket.needs_entry = true;
             r.content = "四个字吧";
         },
         "has_content"},
        {"T2 a draft",
         accepted,
         Act::complete,
         Role::agent,
         [](Stage& s, ActRequest&) { s.ticket.state = State::draft; },
         ""},
        {"T4 a question", question, Act::close_on_call, Role::agent, [](Stage&, ActRequest&) {}, ""
        },
        {"T4 a unit had signed for it",
         question,
         Act::close_on_call,
         Role::agent,
         [](Stage& s, ActRequest&) { s.ticket.signed_at = s.now; },
         "answered_on_call"},
        {"T4 nobody has written down what is asked",
         question,
         Act::close_on_call,
         Role::agent,
         [](Stage& s, ActRequest&) { s.ticket.needs_entry = true; },
         "answered_on_call"},
    };
    check(rows);
}

TEST_CASE("T6, T12, T14 which units and officials can take a ticket") {
    const Row rows[] = {
        {"T6 a unit that is no more",
         accepted,
         Act::dispatch,
         Role::dispatcher,
         [](Stage& s, ActRequest&) { close_down(s, "610526.housing"); },
         "unit_can_take"},
        {"T6 an official nobody knows",
         accepted,
         Act::dispatch,
         Role::dispatcher,
         [](Stage&, ActRequest& r) { r.official = {999}; },
         "official_belongs"},
        {"T6 an official who has left",
         accepted,
         Act::dispatch,
         Role::dispatcher,
         [](Stage& s, ActRequest&) { s.city.directory.officials[0].active = false; },
         "official_belongs"},
        {"T14 nine helpers",
         accepted,
         Act::dispatch,
         Role::dispatcher,
         [](Stage&, ActRequest& r) { r.co_units = units(9); },
         "unit_can_take"},
        {"T14 a helper nobody knows",
         accepted,
         Act::dispatch,
         Role::dispatcher,
         [](Stage&, ActRequest& r) { r.co_units = {{999}}; },
         "unit_can_take"},
        {"A5 a helper who is not complained of",
         accepted,
         Act::dispatch,
         Role::dispatcher,
         [](Stage& s, ActRequest& r) {
             s.ticket.complained_unit = s.city.unit("city.market");
             r.co_units = {s.city.unit("city.industry")};
         },
         ""},
        {"T12 before the third dispatch",
         accepted,
         Act::designate,
         Role::supervisor,
         [](Stage& s, ActRequest&) { s.ticket.dispatch_count = 1; },
         "may_be_designated"},
        {"T12 at the third dispatch",
         accepted,
         Act::designate,
         Role::supervisor,
         [](Stage& s, ActRequest&) { s.ticket.dispatch_count = 2; },
         ""},
        {"A5 designated to whom it complains of",
         accepted,
         Act::designate,
         Role::supervisor,
         [](Stage& s, ActRequest& r) {
             s.ticket.dispatch_count = 2;
             s.ticket.complained_unit = r.unit;
         },
         "unit_can_take"},
        {"T14 a helper besides the one complained of",
         at_work,
         Act::add_co_unit,
         Role::official,
         [](Stage& s, ActRequest&) { s.ticket.complained_unit = s.city.unit("city.market"); },
         ""},
        {"T14 a ninth helper",
         at_work,
         Act::add_co_unit,
         Role::official,
         [](Stage& s, ActRequest&) { s.ticket.co_units = units(8); },
         "co_unit_fits"},
    };
    check(rows);
}

TEST_CASE("T15 to T19 what is asked of who handles a ticket") {
    const Row rows[] = {
        {"T15 a contact without a result",
         at_work,
         Act::first_contact,
         Role::official,
         [](Stage&, ActRequest& r) { r.contact_result = "好"; },
         "has_contact_log"},
        {"T16 no days",
         at_work,
         Act::ask_extension,
         Role::official,
         [](Stage&, ActRequest& r) { r.extension_days = 0; },
         "extension_allowed"},
        {"T16 more days than the policy has",
         at_work,
         Act::ask_extension,
         Role::official,
         [](Stage&, ActRequest& r) { r.extension_days = 6; },
         "extension_allowed"},
        {"T17 nothing is left to extend",
         extension_asked,
         Act::approve_extension,
         Role::supervisor,
         [](Stage& s, ActRequest&) { s.ticket.clocks.clear(); },
         "extension_in_time"},
        {"T17 the red card was quicker",
         extension_asked,
         Act::approve_extension,
         Role::supervisor,
         [](Stage& s, ActRequest&) {
             open_clock(s.ticket, ClockKind::handle)->state = sla::ClockState::fired;
         },
         "extension_in_time"},
        {"T19 there is nobody to tell",
         at_work,
         Act::submit_result,
         Role::official,
         [](Stage& s, ActRequest& r) {
             s.ticket.appellant.anonymous = true;
             s.ticket.appellant.phone.clear();
             r.told_at.reset();
         },
         ""},
        {"T19 he wanted no reply",
         contacted,
         Act::submit_result,
         Role::official,
         [](Stage& s, ActRequest& r) {
             s.ticket.appellant.reply_wanted = false;
             r.told_at.reset();
         },
         ""},
        {"T22 whether it was solved was not asked",
         called,
         Act::callback,
         Role::reviewer,
         [](Stage&, ActRequest& r) { r.solved.reset(); },
         "has_survey"},
        {"T22 whether he is satisfied was not asked",
         called,
         Act::callback,
         Role::reviewer,
         [](Stage&, ActRequest& r) { r.satisfaction.reset(); },
         "has_survey"},
    };
    check(rows);
}

TEST_CASE("T23, T24 who is content is neither discontent nor unreasonable, whichever row asks") {
    const Stage s = called();
    auto request = s.request(Act::callback, Role::supervisor);
    const auto around = s.surroundings();
    const auto content = [&] { return guards::reached_content({s.ticket, request, around}); };
    const auto discontent = [&] { return guards::reached_discontent({s.ticket, request, around}); };
    const auto unreasonable = [&] {
        return guards::reached_unreasonable({s.ticket, request, around});
    };
    request.reasonable = false;
    CHECK(content());
    CHECK_FALSE(discontent());
    CHECK_FALSE(unreasonable());
    request.satisfaction = Satisfaction::dissatisfied;
    CHECK_FALSE(content());
    CHECK_FALSE(discontent());
    CHECK(unreasonable());
    request.reasonable.reset();
    CHECK(discontent());
    CHECK_FALSE(unreasonable());
    request.reached = false;
    request.reasonable = false;
    CHECK_FALSE(discontent());
    CHECK_FALSE(unreasonable());
}

TEST_CASE("T26 a step of the ladder is taken by a clock that has run out, at its time, once") {
    Stage s = at_work();
    const auto step = [&s] { return s.act(Act::escalate, Role::system); };
    const sla::Clock& handling = *open_clock(s.ticket, ClockKind::handle);
    CHECK(step() == "guard_failed step_due");  // it runs
    s.now = handling.due_at + 1ms;
    REQUIRE(s.act(Act::red_card, Role::system) == "");
    const Instant next = open_clock(s.ticket, ClockKind::handle)->escalate_at.value();
    s.now = next;
    CHECK(step() == "guard_failed step_due");  // S8
    s.now = next + 1ms;
    CHECK(step() == "");
    CHECK(s.ticket.supervise_level == 3);
    CHECK(step() == "guard_failed step_due");  // the fourth level has its own day
    s.ticket.clocks.clear();
    CHECK(step() == "guard_failed step_due");
}
