#include "integrations/telephony/simulated_day.hpp"

#include "integrations/telephony/call_state.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

using namespace hotline::telephony;
using namespace std::chrono_literals;

namespace {

DaySettings wanted(std::uint32_t seed = 1) {
    DaySettings settings;
    settings.seed = seed;
    for (int n = 1; n <= 12; ++n) settings.extensions.push_back(std::to_string(8000 + n));
    return settings;
}

std::map<std::string, std::vector<CtiEvent>> calls_of(const std::vector<SimulatedMoment>& day) {
    std::map<std::string, std::vector<CtiEvent>> calls;
    for (const auto& moment : day) {
        if (moment.call) calls[moment.call->call_id].push_back(*moment.call);
    }
    return calls;
}

}  // namespace

TEST_CASE("T52: the same seed plays the same day, another one another") {
    const auto day = simulated_day(wanted(7), "r");
    const auto again = simulated_day(wanted(7), "r");
    REQUIRE(day.size() == again.size());
    for (std::size_t i = 0; i < day.size(); ++i) {
        CHECK(day[i].at == again[i].at);
        CHECK(day[i].call == again[i].call);
        CHECK(day[i].extension == again[i].extension);
        CHECK(day[i].place == again[i].place);
    }
    CHECK(simulated_day(wanted(8), "r").size() != day.size());
    CHECK(std::ranges::is_sorted(day, {}, &SimulatedMoment::at));
}

TEST_CASE("T52: every call comes to an end, most are answered, some are given up") {
    const auto day = simulated_day(wanted(), "r");
    const auto calls = calls_of(day);
    CHECK(calls.size() == 1200);
    std::map<CallState, int> ends;
    int rung_in_vain = 0;
    std::set<std::string> ids;
    for (const auto& [id, events] : calls) {
        const auto story = story_of(events);
        CHECK(is_over(story.state));
        ends[story.state] += 1;
        for (const auto& event : events) {
            CHECK(ids.insert(event.event_id).second);
            rung_in_vain += event.kind == CtiKind::no_answer ? 1 : 0;
        }
    }
    CHECK(ends[CallState::ended] > 900);
    CHECK(ends[CallState::abandoned] > 20);
    CHECK(ends[CallState::ended] + ends[CallState::abandoned] == 1200);
    CHECK(rung_in_vain > 10);
}

TEST_CASE("T52: mornings and afternoons are busy, and nobody has two calls at once") {
    const auto day = simulated_day(wanted(), "r");
    std::map<std::int64_t, int> by_hour;
    std::map<std::string, std::string> talks;
    int breaks = 0;
    for (const auto& moment : day) {
        if (!moment.call) {
            breaks += moment.place.reason == AgentReason::meal ? 1 : 0;
            // Whoever is free or away speaks with nobody.
            CHECK_FALSE(talks.contains(moment.extension));
            continue;
        }
        const CtiEvent& event = *moment.call;
        if (event.kind == CtiKind::offered) by_hour[moment.at / 1h] += 1;
        if (event.kind == CtiKind::answered) {
            CHECK(talks.try_emplace(event.agent, event.call_id).second);
        }
        if (event.kind == CtiKind::ended) talks.erase(event.agent);
    }
    CHECK(by_hour[9] > 5 * by_hour[7]);
    CHECK(by_hour[9] > 100);
    CHECK(by_hour[15] > by_hour[12]);
    CHECK(breaks == 12);
    CHECK(talks.empty());
}

TEST_CASE("T52: where nobody works every call is given up") {
    auto settings = wanted();
    settings.extensions.clear();
    settings.calls = 50;
    const auto calls = calls_of(simulated_day(settings, "r"));
    CHECK(calls.size() == 50);
    for (const auto& [id, events] : calls) CHECK(story_of(events).state == CallState::abandoned);
}
