// A platform's books held against the records, from its request to what the shift lead reads.
#include "integrations/mysql/call_detail_store.hpp"
#include "integrations/telephony/call_detail.hpp"
#include "tests/integration/calls/live_world.hpp"

using namespace hotline;
using namespace hotline::test;
using telephony::DetailDifference;

namespace {

std::string at(const std::string& clock) {
    return "\"2026-11-24T" + clock + "Z\"";
}

std::string told_event(const std::string& type, const std::string& call, const std::string& clock) {
    return R"({"event_id":")" + call + type + R"(","occurred_at":)" + at(clock) +
           R"(,"direction":"in","type":"call.)" + type + R"(","call_id":")" + call + "\"}";
}

// `answered`: empty, the books do not tell; "null", nobody; else a time of day.
std::string entry(
    const std::string& call,
    const std::string& offered,
    const std::string& answered,
    const std::string& ended
) {
    std::string answer;
    if (!answered.empty()) {
        answer = R"(,"answered_at":)" + (answered == "null" ? answered : at(answered));
    }
    return R"({"call_id":")" + call + R"(","ani":"13900000001","dnis":"12345","offered_at":)" +
           at(offered) + R"(,"ended_at":)" + at(ended) + answer + "}";
}

std::string list_of(const std::string& entries) {
    return R"({"from":)" + at("01:00:00") + R"(,"until":)" + at("02:00:00") + R"(,"calls":[)" +
           entries + "]}";
}

std::map<std::string, std::string> differences_of(LiveWorld& world) {
    std::map<std::string, std::string> found;
    const auto lists =
        world.store.now([](mysql::Connection& db) { return mysql::read_detail_lists(db, 10); });
    REQUIRE(lists.size() == 1);
    const auto all = world.store.now([&](mysql::Connection& db) {
        return mysql::read_differences(db, lists[0].id, 100);
    });
    CHECK(all.size() == lists[0].differing);
    for (const auto& one : all) {
        found[one.call_id] = ticketing::name(static_cast<DetailDifference>(one.kind));
    }
    return found;
}

// One call of each kind: both say the same; never heard of; no end heard; abandoned here and
// answered there; talked longer there; and one the books do not have.
std::string disagreeing(LiveWorld& world) {
    const auto call = [](const std::string& name, const std::string& last) {
        return told_event("offered", name, "01:10:00") + "," +
               told_event("answered", name, "01:10:05") + "," + told_event(last, name, "01:11:05");
    };
    world.post_events(
        "[" + call("same", "ended") + "," + call("longer", "ended") + "," + call("ours", "ended") +
        "," + told_event("offered", "open", "01:20:00") + "," +
        told_event("offered", "missed", "01:30:00") + "," +
        told_event("abandoned", "missed", "01:30:20") + "]"
    );
    return list_of(
        entry("same", "01:10:00", "01:10:05", "01:11:07") + "," +
        entry("longer", "01:10:00", "01:10:05", "01:12:05") + "," +
        entry("unheard", "01:15:00", "01:15:04", "01:16:04") + "," +
        entry("open", "01:20:00", "null", "01:20:40") + "," +
        entry("missed", "01:30:00", "01:30:19", "01:30:20")
    );
}

}  // namespace

TEST_CASE("T41 to T43: what the books tell is held against the records, and what was missed is told"
) {
    LiveWorld world;
    const auto books = disagreeing(world);
    auto answer = world.post("details", books);
    CHECK(answer.body == R"({"calls":5,"taken_up":1,"ended":1,"differing":2,"not_told":1})");
    const std::map<std::string, std::string> expected{
        {"longer", "talk_time"},
        {"missed", "answer"},
        {"open", "end_missed"},
        {"ours", "not_in_details"},
        {"unheard", "unknown_call"}
    };
    CHECK(differences_of(world) == expected);
    CHECK(world.state_of_call("unheard") == "ended");
    CHECK(world.state_of_call("open") == "abandoned");
    CHECK(world.state_of_call("missed") == "abandoned");
    // The same again: nothing more to do, and what was done stays told.
    answer = world.post("details", books);
    CHECK(answer.body == R"({"calls":5,"taken_up":0,"ended":0,"differing":2,"not_told":1})");
    CHECK(differences_of(world) == expected);
}

TEST_CASE("T41: told again, a list takes the place of the former one") {
    LiveWorld world;
    world.post("details", disagreeing(world));
    const auto corrected = list_of(
        entry("same", "01:10:00", "01:10:05", "01:11:07") + "," +
        entry("longer", "01:10:00", "01:10:05", "01:11:06") + "," +
        entry("ours", "01:10:00", "01:10:05", "01:11:06") + "," +
        entry("unheard", "01:15:00", "01:15:04", "01:16:04") + "," +
        entry("open", "01:20:00", "null", "01:20:40") + "," +
        entry("missed", "01:30:00", "null", "01:30:20")
    );
    CHECK(world.post("details", corrected).status == 200);
    const std::map<std::string, std::string> left{
        {"open", "end_missed"}, {"unheard", "unknown_call"}
    };
    CHECK(differences_of(world) == left);
}

TEST_CASE("T42: what is told long afterwards moves nobody, but lets go who is still thought on it"
) {
    LiveWorld world;
    const auto li = world.store.account("li", ticketing::Role::agent, "8001");
    const auto wang = world.store.account("wang", ticketing::Role::agent, "8002");
    for (const auto agent : {li, wang}) {
        world.store.now([&](mysql::Connection& db) {
            const actions::ChooseCommand ready{
                .agent = agent,
                .wanted = {telephony::AgentState::ready, {}},
                .actor = {.user = agent, .role = ticketing::Role::agent}
            };
            return actions::choose_state(db, ready, ticketing::Instant{1'700'000'000'000ms});
        });
    }
    const auto state_of = [&](ticketing::UserId agent) {
        const auto rows = world.store.now([&](mysql::Connection& db) {
            return mysql::read_agents(db, {&agent, 1});
        });
        return static_cast<telephony::AgentState>(rows.front().state);
    };
    world.ring("live", "8001", "13900000009");
    REQUIRE(state_of(li) == telephony::AgentState::ringing);
    world.post_events(
        R"([{"event_id":"w1","occurred_at":"2026-11-24T01:20:00Z","type":"call.answered",)"
        R"("call_id":"open","agent":"8002"}])"
    );
    REQUIRE(state_of(wang) == telephony::AgentState::talking);
    const auto unheard = R"({"call_id":"unheard","agent":"8001","offered_at":)" + at("01:15:00") +
                         R"(,"answered_at":)" + at("01:15:04") + R"(,"ended_at":)" +
                         at("01:16:04") + "}";
    const auto open = entry("open", "01:19:50", "01:20:00", "01:20:40");
    CHECK(world.post("details", list_of(unheard + "," + open)).status == 200);
    CHECK(world.state_of_call("unheard") == "ended");
    CHECK(state_of(li) == telephony::AgentState::ringing);
    CHECK(state_of(wang) == telephony::AgentState::wrap_up);
}

TEST_CASE("T44: what ended near the edge of a list, or at another platform, is no difference") {
    LiveWorld world;
    world.post_events(
        "[" + told_event("offered", "edge", "01:00:10") + "," +
        told_event("ended", "edge", "01:00:30") + "]"
    );
    world.post_events(
        "[" + told_event("offered", "other", "01:10:00") + "," +
            told_event("ended", "other", "01:11:00") + "]",
        "other-pbx"
    );
    CHECK(
        world.post("details", list_of("")).body ==
        R"({"calls":0,"taken_up":0,"ended":0,"differing":0,"not_told":0})"
    );
}

TEST_CASE("T41: a list that cannot be right is refused whole, with the place of what is wrong") {
    LiveWorld world;
    const auto good = entry("a", "01:10:00", "01:10:05", "01:11:07");
    const auto refused = [&](const std::string& body, const std::string& place) {
        const auto answer = world.post("details", body);
        CHECK(answer.status == 422);
        CHECK(answer.body.find("\"" + place + "\"") != std::string::npos);
    };
    refused(list_of(good + "," + good), "calls[1].call_id");
    refused(list_of(good + "," + entry("b", "01:50:00", "null", "02:00:00")), "calls[1].ended_at");
    refused(list_of(entry("b", "01:10:00", "01:12:00", "01:11:07")), "calls[0].ended_at");
    const std::string long_ago =
        R"({"call_id":"b","offered_at":"2026-10-01T00:00:00Z","ended_at":)";
    refused(list_of(long_ago + at("01:30:00") + "}"), "calls[0].ended_at");
    refused(
        R"({"from":"2026-11-24T01:00:00Z","until":"2026-11-25T01:00:01Z","calls":[]})", "until"
    );
    refused(
        R"({"from":"2026-11-24T01:00:00Z","until":"2036-11-24T02:00:00Z","calls":[]})", "until"
    );
    refused(R"({"from":"2026-11-24T01:00:00Z","until":"2026-11-24T02:00:00Z"})", "calls");
    CHECK(world.state_of_call("a").empty());
    CHECK(world.store.now([](mysql::Connection& db) { return mysql::read_detail_lists(db, 10); }
    ).empty());
}

TEST_CASE("T44: who stops telling lists, and calls no books have, are told by the check") {
    LiveWorld world;
    const auto check = [&](ticketing::Instant when) {
        return world.store.now([&](mysql::Connection& db) {
            return actions::check_details(db, when);
        });
    };
    CHECK(check(now()).ok());
    const std::string yesterday_on = list_of("");
    CHECK(world.post("details", yesterday_on).status == 200);
    const auto until =
        ticketing::Instant(std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}) + 2h;
    CHECK(check(until + 48h).ok());
    const auto silent = check(until + 48h + 1ms);
    CHECK(silent.wrong == 1);
    CHECK(silent.first == "pbx: no call details for two days");
    world.post_events(
        "[" + told_event("offered", "ours", "01:10:00") + "," +
        told_event("ended", "ours", "01:11:00") + "]"
    );
    CHECK(world.post("details", yesterday_on).status == 200);
    CHECK(check(until + 1h).first == "call ours: not in its platform's books");
}
