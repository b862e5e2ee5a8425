#include "integrations/mysql/clock_text.hpp"

#include <doctest/doctest.h>

using namespace hotline;
using namespace hotline::sla;
using std::chrono::milliseconds;

namespace {

Clock parked() {
    Clock clock;
    clock.kind = ClockKind::handle;
    clock.generation = 3;
    clock.state = ClockState::paused;
    clock.limit = {LimitUnit::working_days, 5};
    clock.started_at = Instant{milliseconds{1'790'000'000'001}};
    clock.due_at = Instant{milliseconds{1'790'500'000'000}};
    clock.warn_at = Instant{milliseconds{1'790'400'000'000}};
    clock.warned_at = Instant{milliseconds{1'790'400'000'020}};
    clock.pauses = {
        {Instant{milliseconds{1}}, Instant{milliseconds{2}}}, {Instant{milliseconds{-3}}, {}}
    };
    clock.extensions = {{Instant{milliseconds{4}}, {LimitUnit::working_days, 2}}};
    clock.calendar_version = 7;
    clock.policy_version = 4'000'000'000;
    clock.beyond_known_calendar = true;
    return clock;
}

Clock fired() {
    Clock clock;
    clock.kind = ClockKind::mediation;
    clock.state = ClockState::fired;
    clock.fired_at = Instant{milliseconds{9}};
    clock.stopped_at = Instant{milliseconds{10}};
    clock.escalate_at = Instant{milliseconds{11}};
    clock.escalate_to = 2;
    return clock;
}

}  // namespace

TEST_CASE("clocks come back from their text as they were") {
    for (const auto& clocks :
         {std::vector<Clock>{}, std::vector{Clock{}}, std::vector{parked(), fired(), Clock{}}}) {
        CAPTURE(mysql::clocks_text(clocks));
        CHECK(mysql::clocks_from(mysql::clocks_text(clocks)) == clocks);
    }
}

TEST_CASE("the text of clocks keeps its places: SQL reads them by number") {
    CHECK(
        mysql::clocks_text({parked()}) ==
        "[[5,3,5,1790000000001,1790500000000,1790400000000,1790400000020,null,null,3,5,"
        "[[1,2],[-3]],[[4,3,2]],7,4000000000,1,null,0]]"
    );
}

TEST_CASE("what is not a list of clocks is not taken for an empty one") {
    const std::string whole = mysql::clocks_text({parked()});
    for (const std::string text :
         {std::string(),
          std::string("{}"),
          std::string("[1]"),
          std::string("[[]]"),
          std::string("[[5,1,1]]"),
          whole.substr(0, whole.size() - 1),
          whole.substr(0, whole.size() - 2) + ",9]]",
          "[[\"5\"" + whole.substr(3)}) {
        CAPTURE(text);
        CHECK_FALSE(mysql::clocks_from(text));
    }
}
