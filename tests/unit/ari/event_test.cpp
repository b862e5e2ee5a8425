#include "integrations/ari/event.hpp"

#include "integrations/ari/names.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace hotline::ari;
using namespace std::chrono_literals;

namespace {

// With the fields a real one has; `more` goes on after the channel.
std::string event_text(const std::string& type, const std::string& more = "") {
    return R"({"type":")" + type + R"(","timestamp":"2026-11-23T21:45:04.841+0000",)" +
           R"("channel":{"id":"pbx-1.24","name":"PJSIP/trunk-0000000a","state":"Ring",)" +
           R"("caller":{"name":"","number":"13900000001"},"dialplan":{"context":"in","exten":"12345",)" +
           R"("priority":4,"app_name":"Stasis","app_data":"hotline,inbound,12345"},)" +
           R"("creationtime":"2026-11-23T21:45:04.840+0000"})" + more +
           R"(,"asterisk_id":"02:00","application":"hotline"})";
}

}  // namespace

TEST_CASE("A1: an event is read into the facts we use") {
    const auto event = read_event(event_text("StasisStart", R"(,"args":["inbound","12345"])"));
    REQUIRE(event);
    CHECK(event->kind == EventKind::started);
    CHECK(event->at.time_since_epoch() == 1'795'470'304'841ms);
    CHECK(event->application == "hotline");
    CHECK(event->args == std::vector<std::string>{"inbound", "12345"});
    CHECK(event->channel.id == "pbx-1.24");
    CHECK(event->channel.number == "13900000001");
    CHECK(event->channel.state == "Ring");
    CHECK(event->channel.created == event->at - 1ms);
    CHECK(endpoint_of(event->channel.name) == "trunk");
    CHECK(in_stasis(event->channel));
    CHECK(stasis_args(event->channel) == std::vector<std::string>{"inbound", "12345"});
}

TEST_CASE("A1: each kind of event brings what it is about") {
    const auto key =
        read_event(event_text("ChannelDtmfReceived", R"(,"digit":"5","duration_ms":280)"));
    CHECK(key->kind == EventKind::key);
    CHECK(key->digit == '5');
    const auto gone = read_event(event_text("ChannelDestroyed", R"(,"cause":19)"));
    CHECK(gone->cause == 19);
    const auto entered = read_event(event_text(
        "ChannelEnteredBridge",
        R"(,"bridge":{"id":"hold-pbx-1.24","bridge_type":"holding","channels":["pbx-1.24"]})"
    ));
    CHECK(entered->bridge == Bridge{"hold-pbx-1.24", true, {"pbx-1.24"}});
    const auto dial = read_event(
        R"({"type":"Dial","timestamp":"2026-11-23T21:45:04.841+0000","dialstatus":"RINGING",)"
        R"("peer":{"id":"agent-pbx-1.24-2","name":"PJSIP/1002-0000000e"}})"
    );
    CHECK(dial->dial_status == "RINGING");
    CHECK(dial->channel.id == "agent-pbx-1.24-2");
    const auto recorded =
        read_event(R"({"type":"RecordingFinished","timestamp":"2026-11-23T21:45:04.841+0000",)"
                   R"("recording":{"name":"rec-pbx-1.24","state":"done","duration":4}})");
    CHECK(recorded->recording == "rec-pbx-1.24");
    CHECK(recorded->recorded_s == 4);
    const auto broadcast = read_event(event_text("CallBroadcast", R"(,"called":"12349")"));
    CHECK(broadcast->kind == EventKind::broadcast);
    CHECK(broadcast->called == "12349");
}

TEST_CASE("A2: what is unknown is passed over, what is nonsense is refused") {
    CHECK(read_event(event_text("ChannelTalkingStarted"))->kind == EventKind::other);
    CHECK(read_event(event_text("StasisEnd", R"(,"new":{"field":[1,2]},"cause":"x")"))->cause == 0);
    CHECK(read_event("{").error() == EventFault::not_json);
    CHECK(read_event("[]").error() == EventFault::not_json);
    CHECK(read_event("{}").error() == EventFault::incomplete);
    CHECK(read_event(R"({"type":"StasisEnd"})").error() == EventFault::incomplete);
    const std::string at = R"("timestamp":"2026-11-23T21:45:04.841+0000")";
    CHECK(read_event(R"({"type":"StasisEnd",)" + at + "}").error() == EventFault::incomplete);
    CHECK(read_event(event_text("ChannelEnteredBridge")).error() == EventFault::incomplete);
    CHECK(read_event(event_text("ChannelDtmfReceived")).error() == EventFault::incomplete);
    const auto unsafe = R"({"type":"StasisEnd",)" + at + R"(,"channel":{"id":"a/../b"}})";
    CHECK(read_event(unsafe).error() == EventFault::unsafe);
    CHECK(read_event(std::string(longest_event + 1, ' ')).error() == EventFault::too_long);
}

TEST_CASE("A1: times are read with any offset, and only if they are times") {
    const auto noon = read_time("2026-11-23T12:00:00.000+0000");
    REQUIRE(noon);
    CHECK(read_time("2026-11-23T20:00:00.000+0800") == noon);
    CHECK(read_time("2026-11-23T20:00:00+08:00") == noon);
    CHECK(read_time("2026-11-23T12:00:00Z") == noon);
    CHECK(read_time("2026-11-23T06:30:00.5-0530") == *noon + 500ms);
    for (const auto* wrong :
         {"",
          "2026-11-23",
          "2026-13-23T12:00:00Z",
          "2026-11-31T12:00:00Z",
          "2026-11-23T24:00:00Z",
          "2026-11-23T12:00:00",
          "2026-11-23T12:00:00.Z",
          "2026-11-23T12:00:00+8",
          "x026-11-23T12:00:00Z"}) {
        CAPTURE(wrong);
        CHECK_FALSE(read_time(wrong));
    }
}

TEST_CASE("A3: a name says which call it is of, and what of it") {
    const std::string call = "hotline-pbx-1-1795470304.24";
    for (const auto part :
         {Part::hold,
          Part::conversation,
          Part::agent,
          Part::third,
          Part::watch,
          Part::ear,
          Part::booth,
          Part::recording,
          Part::greeting,
          Part::notice,
          Part::survey,
          Part::survey_again,
          Part::thanks,
          Part::goodbye}) {
        const bool numbered = part == Part::agent || part == Part::third || part == Part::notice ||
                              part == Part::watch || part == Part::ear || part == Part::booth;
        const Named named{part, call, numbered ? 7 : 0};
        CHECK(read_name(name_of(part, call, 7)) == named);
    }
    CHECK(name_of(Part::agent, call, 2) == "agent-hotline-pbx-1-1795470304.24-2");
    CHECK_FALSE(read_name(call));
    CHECK_FALSE(read_name("agent-x"));
    CHECK_FALSE(read_name("hold-"));
    CHECK_FALSE(is_safe_name(".."));
    CHECK_FALSE(is_safe_name("a b"));
    CHECK_FALSE(is_safe_name(std::string(151, 'a')));
}

TEST_CASE("A1: the words of a broadcast are those it was sent in with") {
    Channel channel;
    channel.application = "StasisBroadcast";
    channel.words = "800,^hotline.*,inbound:12345";
    CHECK(stasis_args(channel) == std::vector<std::string>{"inbound", "12345"});
    channel.application = "Queue";
    CHECK(stasis_args(channel).empty());
    CHECK_FALSE(in_stasis(channel));
}

TEST_CASE("A1: lists are read whole or not at all, without what has no name") {
    const auto channels = read_channels(R"([{"id":"a-1"},{"id":"b 2"},{"id":"c-3","state":"Up"}])");
    REQUIRE(channels);
    REQUIRE(channels->size() == 2);
    CHECK(channels->at(1).state == "Up");
    CHECK_FALSE(read_channels("{}"));
    CHECK_FALSE(read_bridges("[1]"));
    CHECK(
        read_bridges(R"([{"id":"hold-a","bridge_type":"holding","channels":["a"]}])")->size() == 1
    );
    CHECK(
        read_recordings(R"([{"name":"rec-a","format":"wav"},{"name":"a/b","format":"wav"}])") ==
        std::vector<std::string>{"rec-a"}
    );
    CHECK_FALSE(read_recordings("{}"));
    CHECK(read_endpoint_state(R"({"state":"offline"})") == "offline");
    CHECK_FALSE(read_endpoint_state("[]"));
    CHECK(read_channel(R"({"id":"a-1"})")->id == "a-1");
    CHECK_FALSE(read_channel(R"({"id":""})"));
}
