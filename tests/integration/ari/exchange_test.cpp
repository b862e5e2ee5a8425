#include "tests/integration/ari/exchange_fixture.hpp"

#include <algorithm>
#include <atomic>

using namespace hotline::test;
using Manner = AriModel::Phone::Manner;

namespace {

// Of the requests that are about this call, in their order.
std::vector<std::string> about(const AriPbx& pbx, const std::string& call) {
    std::vector<std::string> result;
    for (auto line : pbx.requests()) {
        const auto at = line.find(call);
        const bool ring = line == "POST /channels";
        if (at == std::string::npos && !ring) continue;
        if (!ring) line.replace(at, call.size(), "{c}");
        if (const auto leg = line.find(call); leg != std::string::npos)
            line.replace(leg, call.size(), "{c}");
        result.push_back(line);
    }
    return result;
}

}  // namespace

TEST_CASE("A22: a call goes through the wire as the script says, in its order, on few connections"
) {
    AriPbx pbx;
    Server server(pbx);
    REQUIRE(server.await_ready());
    set_phone(pbx, "1001", {.hangs_up_after = 4s});
    server.agents = {"1001"};
    const auto call = call_in(pbx);
    REQUIRE(server.await_state(call, CallState::ended));
    pbx.with([&](AriModel& model) { model.press(call, '5'); });
    REQUIRE(server.await_empty());
    CHECK(
        about(pbx, call) ==
        std::vector<std::string>{
            "POST /channels/{c}/answer",
            "POST /bridges/hold-{c}",
            "POST /bridges/hold-{c}/addChannel",
            "POST /bridges/hold-{c}/play",
            "POST /channels",
            "POST /bridges/conv-{c}",
            "POST /bridges/conv-{c}/addChannel",
            "POST /bridges/conv-{c}/record",
            "DELETE /bridges/hold-{c}",
            "POST /recordings/live/rec-{c}/stop",
            "DELETE /bridges/conv-{c}",
            "POST /channels/{c}/play",
            "DELETE /playbacks/survey-{c}",
            "POST /channels/{c}/play",
            "DELETE /channels/{c}"
        }
    );
    REQUIRE(server.scores.size() == 1);
    CHECK(server.scores[0].score == 5);
    CHECK(pbx.connections() < pbx.requests().size() / 3);
    const auto recording = server.story(call).recording;
    CHECK(server.result_of(server.exchange().recordings()) == std::vector{recording});
    std::string wav;
    const auto fetch = [&] {
        wav.clear();
        return server.result_of(server.exchange().recording(
            recording,
            [&wav](std::string_view piece) -> boost::asio::awaitable<bool> {
                wav += piece;
                co_return true;
            }
        ));
    };
    CHECK(fetch() == Exchange::Fetched::came);
    CHECK(wav.starts_with("RIFF"));
    CHECK(server.result_of(server.exchange().remove_recording(recording)));
    CHECK(fetch() == Exchange::Fetched::not_there);
    CHECK(wav.empty());
}

TEST_CASE("A21: a socket that drops is opened again, and what was missed is seen by looking") {
    AriPbx pbx;
    Server server(pbx);
    REQUIRE(server.await_ready());
    set_phone(pbx, "1001", {});
    server.agents = {"1001"};
    const auto talking = call_in(pbx);
    REQUIRE(server.await_state(talking, CallState::talking));
    const auto waiting = call_in(pbx);
    REQUIRE(server.await_state(waiting, CallState::queued));
    pbx.drop_listeners();
    REQUIRE(server.await([&] { return !server.downs.empty(); }));
    // While nobody listened: one caller hung up, the other's agent did.
    pbx.with([&](AriModel& model) { model.hang_up(waiting); });
    pbx.with([&](AriModel& model) { model.hang_up(model.channel_of("1001")); });
    CHECK(server.await_state(waiting, CallState::abandoned));
    CHECK(server.await_state(talking, CallState::ended));
    CHECK(server.ups == 2);
    CHECK(server.await_empty());
}

TEST_CASE("A20: a killed server's calls go on, and the next one takes them up") {
    AriPbx pbx;
    set_phone(pbx, "1001", {});
    std::string talking, waiting;
    {
        Server server(pbx);
        REQUIRE(server.await_ready());
        server.agents = {"1001"};
        talking = call_in(pbx);
        REQUIRE(server.await_state(talking, CallState::talking));
        waiting = call_in(pbx);
        REQUIRE(server.await([&] {
            return pbx.with([&](AriModel& model) {
                return model.members("hold-" + waiting).size() == 1;
            });
        }));
    }
    CHECK(pbx.with([&](AriModel& model) { return model.members("conv-" + talking).size(); }) == 2);
    Server next(pbx);
    next.known = {{.call = talking, .answered = true}, {.call = waiting}, {.call = "over.1"}};
    set_phone(pbx, "1002", {.hangs_up_after = 2s});
    next.agents = {"1002"};
    REQUIRE(next.await_ready());
    CHECK(next.story("over.1").state == CallState::lost);
    CHECK(next.await_state(waiting, CallState::ended));
    CHECK(next.story(waiting).agent == "1002");
    pbx.with([&](AriModel& model) { model.hang_up(talking); });
    CHECK(next.await_state(talking, CallState::ended));
    CHECK(next.await_empty());
}

TEST_CASE("A21: whoever takes our name has it: we stop and do not fight") {
    AriPbx pbx;
    Server server(pbx);
    REQUIRE(server.await_ready());
    pbx.replace("hotline");
    REQUIRE(server.await([&] { return server.replaced; }));
    CHECK_FALSE(server.exchange().is_ready());
    CHECK(server.await([&] { return pbx.listeners() == 0; }));
    CHECK(server.ups == 1);
}

TEST_CASE("A21: a wrong password is said as such, and tried again") {
    AriPbx pbx;
    auto link = settings_at(pbx);
    link.password = "wrong";
    Server server(pbx, link);
    REQUIRE(server.await([&] { return server.downs.size() >= 2; }));
    CHECK(server.downs[0] == "refused with 401");
    CHECK(server.ups == 0);
}

TEST_CASE("A22: an addChannel that waits for a sound keeps nobody else waiting") {
    AriPbx pbx;
    Server server(pbx);
    REQUIRE(server.await_ready());
    const auto slow = call_in(pbx);
    pbx.be_slow("hold-" + slow + "/addChannel", 500ms);
    const auto quick = call_in(pbx);
    REQUIRE(server.await([&] {
        return pbx.with([&](AriModel& model) { return model.members("hold-" + quick).size() == 1; }
        );
    }));
    const auto seen = pbx.requests();
    CHECK(std::ranges::find(seen, "POST /bridges/hold-" + slow + "/play") == seen.end());
}

TEST_CASE("A5: with requests refused and events told twice every call still has one end") {
    for (const unsigned status : {404U, 409U, 500U, 0U}) {
        CAPTURE(status);
        AriPbx pbx;
        Server server(pbx);
        REQUIRE(server.await_ready());
        set_phone(pbx, "1001", {.hangs_up_after = 2s});
        set_phone(pbx, "1002", {.manner = Manner::busy});
        pbx.tell_twice(true);
        std::atomic<int> count = 0;
        pbx.instead([&](const Seen& seen) -> std::optional<unsigned> {
            if (seen.method == "GET") return std::nullopt;
            return ++count % 7 == 0 ? std::optional(status) : std::nullopt;
        });
        server.agents = {"1001", "1002", "1001", "1001", "1001"};
        std::vector<std::string> calls;
        for (int i = 0; i < 6; ++i) calls.push_back(call_in(pbx));
        CHECK(server.await([&] { return count > 20; }));
        pbx.instead({});
        for (const auto& call : calls) pbx.with([&](AriModel& model) { model.hang_up(call); });
        for (const auto& call : calls) {
            CHECK(server.await([&] { return hotline::telephony::is_over(server.story(call).state); }
            ));
            const auto ends = std::ranges::count_if(server.told[call], [](const CtiEvent& event) {
                using enum hotline::telephony::CtiKind;
                return event.kind == ended || event.kind == abandoned || event.kind == lost;
            });
            CHECK(ends == 1);
        }
    }
}

TEST_CASE("A10: of two servers one has a broadcast call, the other is refused and none the worse") {
    AriPbx pbx;
    Server first(pbx, "hotline-a");
    Server second(pbx, "hotline-b");
    REQUIRE(first.await_ready());
    REQUIRE(second.await_ready());
    const auto call = pbx.with([](AriModel& model) { return model.broadcast(caller); });
    REQUIRE(first.await([&] {
        second.run_a_little();
        return first.told.contains(call) || second.told.contains(call);
    }));
    CHECK(first.told.contains(call) != second.told.contains(call));
}

TEST_CASE("A9: what is told late is looked at, and nonsense is passed over") {
    AriPbx pbx;
    Server server(pbx);
    REQUIRE(server.await_ready());
    pbx.send("hotline", "{");
    pbx.send(
        "hotline",
        R"({"type":"StasisStart","timestamp":"2026-11-23T21:47:57.649+0000","args":["inbound","12345"],)"
        R"("channel":{"id":"gone.1","name":"PJSIP/trunk-1","state":"Ring"}})"
    );
    CHECK(server.await_state("gone.1", CallState::lost));
    const auto seen = pbx.requests();
    CHECK(std::ranges::find(seen, "GET /channels/gone.1") != seen.end());
    CHECK(std::ranges::find(seen, "POST /channels/gone.1/answer") == seen.end());
}

TEST_CASE("A21: what cannot be an address or a name is refused before anything is opened") {
    boost::asio::io_context io;
    LinkSettings settings;
    settings.base_url = "ftp://pbx";
    CHECK_FALSE(Link::open(io.get_executor(), settings, {}));
    settings.base_url = "http://pbx:8088/ari/";
    CHECK(Link::open(io.get_executor(), settings, {}));
    settings.application = "hot line";
    CHECK_FALSE(Link::open(io.get_executor(), settings, {}));
}
