#include "server/api/whose_move.hpp"

#include "server/api/progress_json.hpp"
#include "tests/unit/ticketing/stage.hpp"
#include "ticketing/lifecycle/ticket_clocks.hpp"

#include <boost/json.hpp>

#include <doctest/doctest.h>

using namespace stage;

namespace {

boost::json::object move_in(const Stage& s, bool english = false) {
    const hotline::City city{s.city.directory, s.city.policy, s.city.calendar};
    return boost::json::parse(hotline::api::move_json(s.ticket, city, s.now, english)).as_object();
}

std::string whose(const Stage& s) {
    return std::string(move_in(s).at("whose").as_string());
}

}  // namespace

TEST_CASE("each state says whose move it is, in both languages, and until when a limit runs") {
    Stage s;
    CHECK(whose(s) == "centre");
    REQUIRE(s.act(Act::dispatch, Role::dispatcher) == "");
    CHECK(whose(s) == "unit");
    CHECK(move_in(s).at("until").as_string() == "2026-03-02T07:00:00.000Z");
    const auto before = move_in(s).at("text");
    REQUIRE(s.act(Act::sign_for, Role::official) == "");
    CHECK(move_in(s).at("text") != before);
    REQUIRE(s.act(Act::first_contact, Role::official) == "");
    CHECK(std::string(move_in(s).at("text").as_string()).find("正在办理") != std::string::npos);
    CHECK(
        std::string(move_in(s, true).at("text").as_string()).find("working on it") !=
        std::string::npos
    );
    REQUIRE(s.act(Act::submit_result, Role::official) == "");
    CHECK(whose(s) == "centre");
    REQUIRE(s.act(Act::review_pass, Role::reviewer) == "");
    CHECK(whose(s) == "you");
}

TEST_CASE("a limit that ran out is told as such, and one that stands still not at all") {
    Stage s;
    s.handling();
    REQUIRE(s.act(Act::first_contact, Role::official) == "");
    CHECK(!move_in(s).contains("late"));
    s.now = open_clock(s.ticket, sla::ClockKind::handle)->due_at + 1min;
    CHECK(move_in(s).at("late").as_bool());
    for (auto& clock : s.ticket.clocks) clock.state = sla::ClockState::paused;
    CHECK(!move_in(s).contains("until"));
}

TEST_CASE("T30 who has it closed is told until when he may have it handled again") {
    Stage s;
    s.callback();
    REQUIRE(s.act(Act::callback, Role::enterprise) == "");
    REQUIRE(s.ticket.state == State::closed);
    CHECK(whose(s) == "nobody");
    CHECK(move_in(s).contains("until"));
    s.pass(24h * 8);
    CHECK(!move_in(s).contains("until"));
}

TEST_CASE("every state has words of its own") {
    for (int i = 1; i <= 14; ++i) {
        Stage s;
        s.ticket.state = static_cast<State>(i);
        CAPTURE(i);
        CHECK(move_in(s).at("text").as_string().size() > 20);
        CHECK(move_in(s, true).at("text").as_string().size() > 20);
    }
}

TEST_CASE("T41 the appellant sees what he added, and T27 from when on he may urge again") {
    Stage s;
    s.handling();
    const hotline::City city{s.city.directory, s.city.policy, s.city.calendar};
    std::vector<Event> events;
    auto note = s.request(Act::note, Role::enterprise);
    note.reason = "今天又停了一次电";
    REQUIRE(s.tried(note) == "");
    events.push_back(s.event);
    REQUIRE(s.act(Act::note, Role::agent) == "");
    events.push_back(s.event);
    REQUIRE(s.act(Act::urge, Role::enterprise) == "");
    const auto told =
        boost::json::parse(hotline::api::progress_json(s.ticket, events, {}, city, s.now, false));
    const auto& line = told.at("timeline").as_array();
    REQUIRE(line.size() == 1);
    CHECK(line[0].at("words").as_string() == "今天又停了一次电");
    CHECK(told.at("can_add").as_bool());
    CHECK(!told.at("can_urge").as_bool());
    CHECK(told.at("urge_from").as_string() == "2026-03-02T16:00:00.000Z");
}
