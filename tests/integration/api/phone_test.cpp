#include "server/actions/own_calls.hpp"
#include "server/actions/record_cti_events.hpp"
#include "server/api/phone/agents.hpp"
#include "server/api/phone/board.hpp"
#include "server/api/phone/skills.hpp"
#include "server/api/phone/staffing.hpp"
#include "tests/integration/auth/auth_world.hpp"

using namespace hotline;
using namespace hotline::test;
using telephony::CtiKind;
using ticketing::Role;

namespace {

// Agents at extensions, their shift lead, and a platform that tells of calls.
struct PhoneWorld {
    mysql::Settings emptied = emptied_schema(
        {"phone_call",
         "cti_event",
         "agent_standing",
         "agent_move",
         "acd_call",
         "acd_owner",
         "agent_skill"}
    );
    AuthWorld auth;
    actions::MovedAgents moved;
    api::AgentsApi agents{
        auth.guard,
        auth.pool,
        auth.clock,
        [this](const actions::MovedAgents& some) {
            moved.insert(moved.end(), some.begin(), some.end());
        }
    };
    api::AgentSkillsApi skills{auth.guard, auth.pool, auth.clock};
    api::PhoneBoardApi board{auth.guard, auth.pool, auth.clock};
    api::StaffingApi staffing{auth.guard, auth.pool, auth.clock};
    http::Router router{routes()};
    std::map<std::string, ticketing::UserId> ids;
    int events = 0;

    template <class Job>
    auto change(Job job) {
        auto done = auth.pool.transact_now(std::move(job));
        if (!done) FAIL(std::string(name(done.error().code)), " ", done.error().detail);
        return done;
    }
    std::vector<http::Route> routes() {
        std::vector<http::Route> list;
        agents.add_routes(list);
        board.add_routes(list);
        skills.add_routes(list);
        staffing.add_routes(list);
        return list;
    }
    Browser log_in(const std::string& login, Role role, const std::string& extension = "") {
        ids[login] = auth.account(login, role);
        change([&](mysql::Connection& db) -> Result<void> {
            const auto done = db.execute(
                "UPDATE account SET extension=? WHERE id=?", {extension, ids[login].value}
            );
            if (!done) return std::unexpected(done.error());
            return {};
        });
        Browser browser{auth, {}, {}};
        REQUIRE(browser.log_in(login).status == 200);
        return browser;
    }
    http::Response ask(http::Request request, const std::string& path) {
        const auto mark = path.find('?');
        request.path = "/api/v1" + path.substr(0, mark);
        std::string_view rest =
            mark == std::string::npos ? "" : std::string_view{path}.substr(mark + 1);
        while (!rest.empty()) {
            const auto pair = rest.substr(0, rest.find('&'));
            const auto equals = pair.find('=');
            request.query[std::string(pair.substr(0, equals))] = pair.substr(equals + 1);
            rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        }
        return auth.run(router.dispatch(std::move(request)));
    }
    boost::json::object got(const Browser& browser, const std::string& path) {
        const auto answer = ask(browser.get(), path);
        CAPTURE(answer.body);
        REQUIRE(answer.status == 200);
        return body_of(answer);
    }
    http::Response choose(const Browser& browser, const std::string& body) {
        return ask(browser.post(body), "/agents/me/state");
    }
    void tell(
        const std::string& call,
        CtiKind kind,
        std::chrono::seconds after,
        const std::string& agent = ""
    ) {
        telephony::CtiEvent event;
        event.event_id = "e" + std::to_string(++events);
        event.call_id = call;
        event.kind = kind;
        event.occurred_at = auth.now + after;
        event.agent = agent;
        event.ani = "13800138000";
        change([&](mysql::Connection& db) {
            return actions::record_cti_events(db, "pbx", {&event, 1}, event.occurred_at);
        });
    }
    // A call of the day before, answered after `waits` and talked through in two minutes.
    void past_call(
        const std::string& call, std::chrono::seconds begun, std::chrono::seconds waits
    ) {
        tell(call, CtiKind::queued, begun);
        tell(call, CtiKind::offered, begun);
        tell(call, CtiKind::answered, begun + waits, "8001");
        tell(call, CtiKind::ended, begun + waits + 120s);
    }
};

}  // namespace

TEST_CASE("T15: an agent signs in, is rung at, talks and wraps up; every step is in the log") {
    PhoneWorld world;
    const auto li = world.log_in("li", Role::agent, "8001");
    const auto lead = world.log_in("zhao", Role::supervisor);
    CHECK(text(world.got(li, "/agents/me").at("state")) == "offline");
    auto answer = world.choose(li, R"({"state":"ready"})");
    REQUIRE(answer.status == 200);
    CHECK(text(body_of(answer).at("state")) == "ready");
    CHECK(world.moved == actions::MovedAgents{world.ids["li"]});

    world.tell("c1", CtiKind::ringing, 5s, "8001");
    world.tell("c1", CtiKind::answered, 9s, "8001");
    world.auth.now += 20s;
    answer = world.choose(li, R"({"state":"not_ready","reason":"meal"})");
    CHECK(text(body_of(answer).at("state")) == "talking");
    CHECK(text(body_of(answer).at("call_id")) == "c1");
    CHECK(text(body_of(answer).at("next").at("reason")) == "meal");
    world.tell("c1", CtiKind::ended, 0s);
    const auto wrapping = world.got(li, "/agents/me");
    CHECK(text(wrapping.at("state")) == "wrap_up");
    const auto longer = world.ask(li.post(), "/agents/me/wrap-up");
    REQUIRE(longer.status == 200);
    CHECK(body_of(longer).at("due_at") != wrapping.at("due_at"));

    // The clock ends it, whoever looks first.
    world.change([&](mysql::Connection& db) {
        return actions::end_wrap_ups(db, world.auth.now + 59s);
    });
    CHECK(text(world.got(li, "/agents/me").at("state")) == "wrap_up");
    world.change([&](mysql::Connection& db) {
        return actions::end_wrap_ups(db, world.auth.now + 60s);
    });
    CHECK(text(world.got(li, "/agents/me").at("reason")) == "meal");
    CHECK(world.ask(li.post(), "/agents/me/wrap-up").status == 422);

    const auto path = "/agents/" + std::to_string(world.ids["li"].value) + "/moves";
    const auto log = world.got(lead, path).at("items").as_array();
    std::string way;
    for (const auto& move : log) way = " " + text(move.at("to").at("state")) + way;
    CHECK(way == " not_ready ready ringing talking wrap_up not_ready");
    CHECK(text(log[0].at("cause")) == "clock");
    CHECK(text(log[1].at("call_id")) == "c1");
    CHECK(text(log[5].at("by")) == "测试");
    CHECK(world.ask(li.get(), path).status == 403);
}

TEST_CASE("what nobody can ask for is refused with a sentence, and so is who has no extension") {
    PhoneWorld world;
    const auto li = world.log_in("li", Role::agent, "8001");
    const auto wu = world.log_in("wu", Role::agent);
    for (const char* body :
         {R"({"state":"talking"})",
          R"({"state":"not_ready"})",
          R"({"state":"not_ready","reason":"no_answer"})",
          R"({"state":"asleep"})"}) {
        CAPTURE(body);
        const auto answer = world.choose(li, body);
        CHECK(answer.status == 422);
        CHECK(text(body_of(answer).at("errors").at(0).at("field")) == "state");
    }
    CHECK(world.choose(wu, R"({"state":"ready"})").status == 422);
    const auto dispatcher = world.log_in("qian", Role::dispatcher);
    CHECK(world.ask(dispatcher.get(), "/agents/me").status == 403);
}

TEST_CASE("T20: the shift lead sees who waits, where all stand, and who is rung at in vain") {
    PhoneWorld world;
    const auto li = world.log_in("li", Role::agent, "8001");
    const auto lead = world.log_in("zhao", Role::supervisor);
    CHECK(world.ask(li.get(), "/agents/board").status == 403);
    for (const char* call : {"c1", "c2"}) {
        REQUIRE(world.choose(li, R"({"state":"ready"})").status == 200);
        world.tell(call, CtiKind::offered, 0s);
        world.tell(call, CtiKind::queued, 0s);
        world.tell(call, CtiKind::ringing, 1s, "8001");
        world.tell(call, CtiKind::no_answer, 16s, "8001");
        world.auth.now += 60s;
    }
    world.tell("c1", CtiKind::abandoned, 0s);
    const auto board = world.got(lead, "/agents/board");
    const auto& waiting = board.at("waiting").as_array();
    REQUIRE(waiting.size() == 1);
    CHECK(text(waiting[0].at("call_id")) == "c2");
    CHECK(text(waiting[0].at("ani")) == "13800138000");
    const auto& agent = board.at("agents").at(0);
    CHECK(text(agent.at("reason")) == "no_answer");
    CHECK(text(agent.at("extension")) == "8001");
    const auto& alarm = board.at("alarms").at(0);
    CHECK(text(alarm.at("kind")) == "no_answer");
    CHECK(alarm.at("times") == 2);
    CHECK(board.at("today").at("abandoned") == 1);

    // He sends him to rest; that is logged as his doing.
    const auto path = "/agents/" + std::to_string(world.ids["li"].value);
    const auto sent =
        world.ask(lead.post(R"({"state":"not_ready","reason":"rest"})"), path + "/state");
    REQUIRE(sent.status == 200);
    CHECK(text(body_of(sent).at("reason")) == "forced");
    const auto log = world.got(lead, path + "/moves").at("items").as_array();
    CHECK(text(log[0].at("cause")) == "shift_lead");
    CHECK(world.ask(li.post(R"({"state":"ready"})"), path + "/state").status == 403);
    world.auth.now += 31min;
    auto later = lead;
    REQUIRE(later.log_in("zhao").status == 200);
    CHECK(world.got(later, "/agents/board").at("alarms").as_array().empty());
}

TEST_CASE("T26: the shift lead keeps what an agent can; nobody else does, and it is audited") {
    PhoneWorld world;
    const auto li = world.log_in("li", Role::agent, "8001");
    const auto lead = world.log_in("zhao", Role::supervisor);
    const auto path = "/agents/" + std::to_string(world.ids["li"].value) + "/skills";
    const auto put = [&](const Browser& browser, const std::string& body, std::string to) {
        auto request = browser.post(body);
        request.method = http::Method::put;
        return world.ask(std::move(request), to);
    };
    CHECK(world.got(lead, path).at("items").as_array().empty());
    const std::string two =
        R"({"items":[{"skill":"政策","level":3},{"skill":"english","level":1}]})";
    CHECK(put(li, two, path).status == 403);
    CHECK(world.ask(li.get(), path).status == 403);
    REQUIRE(put(lead, two, path).status == 200);
    CHECK(world.got(lead, path).at("items").as_array().size() == 2);
    REQUIRE(put(lead, R"({"items":[{"skill":"税务","level":5}]})", path).status == 200);
    const auto now = world.got(lead, path);
    REQUIRE(now.at("items").as_array().size() == 1);
    CHECK(now.at("items").at(0).at("level") == 5);
    CHECK(text(now.at("known").at(0)) == "税务");
    const std::string faulty[] = {
        "{}",
        R"({"items":[{"skill":"a b","level":3}]})",
        R"({"items":[{"skill":"a","level":6}]})",
        R"({"items":[{"skill":"a","level":1},{"skill":"a","level":2}]})",
    };
    for (const auto& body : faulty) CHECK(put(lead, body, path).status == 422);
    CHECK(put(lead, two, "/agents/999999/skills").status == 404);
    const auto noted = world.change([](mysql::Connection& db) {
        return db.query("SELECT detail FROM audit WHERE action='agent.skills' ORDER BY seq");
    });
    REQUIRE(noted->size() == 2);
    CHECK(noted->front().string(0).find("政策") != std::string::npos);
}

TEST_CASE("the board tells the place in our own line and what a call asks for") {
    PhoneWorld world;
    const auto lead = world.log_in("zhao", Role::supervisor);
    world.tell("elsewhere", CtiKind::queued, -3s);
    for (const char* call : {"c1", "c2"}) world.tell(call, CtiKind::queued, -9s);
    world.change([&](mysql::Connection& db) -> Result<void> {
        const auto now = world.auth.now;
        const auto enqueue = [&](const char* call, std::chrono::seconds bonus) {
            const actions::CallToQueue wanted{"pbx", call, now - 9s, bonus, {{"政策", 2}}, false};
            return actions::enqueue_call(db, wanted, {"a", 1}, now);
        };
        if (auto done = enqueue("c1", 0s); !done) return std::unexpected(done.error());
        if (auto done = enqueue("c2", 30s); !done) return std::unexpected(done.error());
        return {};
    });
    std::map<std::string, std::int64_t> places;
    const auto board = world.got(lead, "/agents/board");
    for (const auto& one : board.at("waiting").as_array()) {
        const auto& call = one.as_object();
        places[text(call.at("call_id"))] = call.contains("place") ? call.at("place").as_int64() : 0;
        if (call.contains("place")) CHECK(text(call.at("skills").at(0).at("skill")) == "政策");
    }
    CHECK(places == std::map<std::string, std::int64_t>{{"c1", 2}, {"c2", 1}, {"elsewhere", 0}});
}

TEST_CASE("T16: who has no session any more is signed out, but nobody a platform tells of") {
    PhoneWorld world;
    const auto li = world.log_in("li", Role::agent, "8001");
    REQUIRE(world.choose(li, R"({"state":"ready"})").status == 200);
    const auto sweep = [&] {
        return *world.change([&](mysql::Connection& db) {
            return actions::sign_out_the_gone(db, world.auth.now);
        });
    };
    CHECK(sweep().empty());
    world.change([&](mysql::Connection& db) {
        return mysql::delete_sessions_of(db, world.ids["li"]);
    });
    CHECK(sweep() == actions::MovedAgents{world.ids["li"]});
    const auto lead = world.log_in("zhao", Role::supervisor);
    CHECK(world.got(lead, "/agents/board").at("agents").as_array().empty());
    const actions::AgentTold told{"8001", {telephony::AgentState::ready, {}}, world.auth.now + 1s};
    const auto believed = *world.change([&](mysql::Connection& db) {
        return actions::believe_platform(db, {&told, 1}, world.auth.now + 2s);
    });
    CHECK(believed.moved.size() == 1);
    CHECK(sweep().empty());
    CHECK(world.got(lead, "/agents/board").at("agents").as_array().size() == 1);
}

TEST_CASE("T14: the plan is the mean of the same days before, and the day's calls stand over it") {
    PhoneWorld world;
    const auto lead = world.log_in("zhao", Role::supervisor);
    const auto li = world.log_in("li", Role::agent, "8001");
    CHECK(world.ask(li.get(), "/staffing/plan").status == 403);
    const auto today = sla::local_day(world.auth.now);
    const auto nine = sla::at_local(today, 9h) - world.auth.now;
    const auto at = [&](std::chrono::days back, std::chrono::seconds after) {
        return std::chrono::duration_cast<std::chrono::seconds>(nine) - back + after;
    };
    const auto week = std::chrono::days{7};
    for (int n = 0; n < 6; ++n) {
        world.past_call("w1-" + std::to_string(n), at(week, n * 60s), 10s);
    }
    for (int n = 0; n < 2; ++n) {
        world.past_call("w2-" + std::to_string(n), at(2 * week, n * 60s), 18s);
    }
    world.past_call("now", at({}, 0s), 10s);
    world.past_call("late", at({}, 1800s), 17s);

    const auto plan = world.got(lead, "/staffing/plan?handling_seconds=300&more_percent=50");
    CHECK(plan.at("basis").as_array().size() == 2);
    CHECK(plan.at("measured_handling_seconds") == 120.0);
    const auto& halves = plan.at("half_hours").as_array();
    REQUIRE(halves.size() == 2);
    CHECK(text(halves[0].at("begins")) == "09:00");
    CHECK(halves[0].at("expected") == 6.0);  // (6 + 2) / 2, and half as many more
    // 6 in half an hour at 300 s are 1 erlang: two are too few for nine of ten within 15 s.
    CHECK(halves[0].at("agents") == 3);
    CHECK(halves[0].at("came").at("within_15") == 1);
    CHECK(halves[1].at("agents") == 0);
    CHECK(halves[1].at("came").at("within_15") == 0);
    CHECK(halves[1].at("came").at("within_20") == 1);
    CHECK(world.got(lead, "/staffing/plan?weeks=1").at("basis").as_array().size() == 1);
    CHECK(world.ask(lead.get(), "/staffing/plan?day=soon&weeks=99").status == 422);
}

TEST_CASE("T12, T13: a load one thinks of is told with its neighbours, and no answer where none is"
) {
    PhoneWorld world;
    const auto lead = world.log_in("zhao", Role::supervisor);
    const auto told = world.got(
        lead,
        "/staffing/agents?calls=100&minutes=30&handling_seconds=180&target_percent=80"
        "&within_seconds=20"
    );
    CHECK(told.at("erlangs") == 10.0);
    CHECK(told.at("agents") == 14);
    const auto& options = told.at("options").as_array();
    REQUIRE(options.size() == 9);
    CHECK(options[0].at("agents") == 10);
    CHECK_FALSE(options[0].as_object().contains("in_time_percent"));
    CHECK(options[4].at("in_time_percent") == 88.8);
    CHECK(options[4].at("mean_wait_seconds") == 7.8);
    CHECK(options[4].at("occupancy_percent") == 71.4);
    const auto none = world.got(lead, "/staffing/agents?calls=100000&minutes=1");
    CHECK_FALSE(none.contains("agents"));
    CHECK(none.at("options").as_array().empty());
}
