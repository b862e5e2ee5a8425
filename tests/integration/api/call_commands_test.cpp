// What people ask of calls, through the interface; a platform that fetches it and tells what came
// of it.
#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/call_store.hpp"
#include "server/actions/record_cti_events.hpp"
#include "server/api/phone/commands.hpp"
#include "server/api/phone/cti_commands.hpp"
#include "tests/integration/api/tickets_world.hpp"

#include <boost/json/serialize.hpp>

using namespace hotline;
using namespace hotline::test;
using telephony::CtiKind;
using ticketing::Role;

namespace {

constexpr auto all_of_it = "hold,resume,hang_up,transfer,conference,dial,listen";

struct CommandsWorld : TicketsWorld {
    mysql::Settings emptied = emptied_schema(
        {"phone_call",
         "cti_event",
         "agent_standing",
         "call_command",
         "call_commander",
         "callback",
         "ticket",
         "audit",
         "audit_head"}
    );
    CitySource city{std::make_shared<const City>(with_duty(), small.policy, small.calendar)};
    Bell bell{auth.io.get_executor()};
    api::CtiDoor door{auth.guard, "the secret", auth.clock};
    std::vector<mysql::CallCommand> ended;
    int rung = 0;
    api::CallCommandsApi commands{
        auth.guard, auth.pool, city, bell, auth.clock, [this] { ++rung; }, 0ms
    };
    api::CtiCommandsApi platform{
        door,
        auth.pool,
        bell,
        auth.clock,
        [this](const std::vector<mysql::CallCommand>& some) {
            ended.insert(ended.end(), some.begin(), some.end());
        }
    };
    http::Router router{routes()};
    int keys = 0;
    int events = 0;

    // The unit of the first official has him on duty; he can be reached.
    ticketing::Directory with_duty() {
        auto made = small.directory;
        auto& official = made.officials.front();
        official.phone = "13909130001";
        ticketing::Turn turn;
        turn.unit = official.unit;
        turn.official = official.id;
        turn.day = sla::local_day(stage::monday_nine);
        turn.phone = "0913-2123456";
        made.turns = {turn};
        made.index();
        return made;
    }
    std::vector<http::Route> routes() {
        std::vector<http::Route> list;
        commands.add_routes(list);
        platform.add_routes(list);
        return list;
    }
    Browser at_telephone(Role role, const std::string& extension) {
        auto browser = person(role);
        run("UPDATE account SET extension='" + extension + "' ORDER BY id DESC LIMIT 1");
        return browser;
    }
    // 8001 talks on call c1.
    Browser talking() {
        auto browser = at_telephone(Role::agent, "8001");
        run("INSERT INTO agent_standing (account_id,state,reason,since) SELECT id,3,0,"
            "'2026-01-01 00:00:00' FROM account WHERE extension='8001'");
        tell("c1", CtiKind::answered, "8001");
        return browser;
    }
    void tell(const std::string& call, CtiKind kind, const std::string& agent) {
        telephony::CtiEvent event;
        event.event_id = "e" + std::to_string(++events);
        event.call_id = call;
        event.kind = kind;
        event.occurred_at = auth.now;
        event.agent = agent;
        REQUIRE(auth.pool.transact_now([&](mysql::Connection& db) {
            return actions::record_cti_events(db, "pbx", {&event, 1}, auth.now);
        }));
    }
    http::Response dispatch(http::Request request, const std::string& path) {
        request.path = "/api/v1" + path;
        return auth.run(router.dispatch(std::move(request)));
    }
    http::Response ask(
        const Browser& browser,
        const std::string& path,
        std::string body = "{}",
        std::string key = ""
    ) {
        auto request = browser.post(std::move(body));
        if (key.empty()) key = "key-" + std::to_string(++keys);
        request.headers.push_back({"idempotency-key", key});
        return dispatch(std::move(request), path);
    }
    http::Response signed_by(http::Request request, const std::string& path) {
        const auto at = std::chrono::floor<std::chrono::seconds>(auth.now).time_since_epoch();
        const auto time = std::to_string(at.count());
        const auto mac = crypto::hmac_sha256("the secret", time + "." + request.body);
        request.headers = {
            {"content-type", "application/json"},
            {"x-cti-source", "pbx"},
            {"x-cti-timestamp", time},
            {"x-cti-signature", "v1=" + crypto::hex(mac)},
        };
        return dispatch(std::move(request), path);
    }
    boost::json::array fetched(const std::string& can = all_of_it, const std::string& wait = "0") {
        http::Request request;
        request.query = {{"can", can}, {"wait", wait}};
        const auto answer = signed_by(std::move(request), "/cti/commands");
        CAPTURE(answer.body);
        REQUIRE(answer.status == 200);
        return body_of(answer).at("items").as_array();
    }
    int tells(const boost::json::value& command, std::string body) {
        http::Request request;
        request.method = http::Method::post;
        request.body = std::move(body);
        const auto id = std::to_string(command.at("id").as_int64());
        return static_cast<int>(
            signed_by(std::move(request), "/cti/commands/" + id + "/outcome").status
        );
    }
    std::int64_t count(const std::string& sql) {
        const auto rows =
            auth.pool.transact_now([&](mysql::Connection& db) { return db.query(sql, {}); });
        REQUIRE(rows);
        return rows->front().integer(0);
    }
};

std::string sentence_in(const http::Response& answer) {
    return text(body_of(answer).at("errors").at(0).at("message"));
}

}  // namespace

TEST_CASE("T40: only what a platform says it can is offered, and only while it is heard") {
    CommandsWorld world;
    const auto li = world.talking();
    const auto lead = world.at_telephone(Role::supervisor, "8009");
    const auto can = [&](const Browser& browser, const std::string& call = "") {
        auto request = browser.get();
        if (!call.empty()) request.query["call_id"] = call;
        const auto answer = world.dispatch(std::move(request), "/calls/actions");
        return boost::json::serialize(body_of(answer).at("can"));
    };
    CHECK(can(li) == "[]");
    CHECK(world.ask(li, "/calls/c1/actions/hold").status == 422);
    CHECK(world.fetched("hold,listen,fly").empty());
    CHECK(can(li) == R"(["hold"])");
    CHECK(can(lead) == R"(["hold","listen"])");
    CHECK(can(lead, "c1") == R"(["hold","listen"])");
    CHECK(can(li, "nothing") == "[]");
    const auto refused = world.ask(li, "/calls/c1/actions/hang_up");
    CHECK(refused.status == 422);
    CHECK(sentence_in(refused) == "话务平台不支持这项操作，请在话机上操作。");
    CHECK(world.ask(li, "/calls/c1/actions/hold").status == 202);
    world.auth.now += 31s;
    CHECK(can(li) == "[]");
    CHECK(world.dispatch(world.person(Role::dispatcher).get(), "/calls/actions").status == 403);
}

TEST_CASE(
    "T39: a wish is handed to its platform once and again, and its outcome is told to who asked"
) {
    CommandsWorld world;
    const auto li = world.talking();
    world.fetched();
    const auto asked = world.ask(li, "/calls/c1/actions/hold", "{}", "one");
    CHECK(asked.status == 202);
    CHECK(text(body_of(asked).at("state")) == "asked");
    CHECK(world.rung == 1);
    const auto handed = world.fetched();
    REQUIRE(handed.size() == 1);
    CHECK(text(handed[0].at("action")) == "hold");
    CHECK(text(handed[0].at("call_id")) == "c1");
    CHECK(text(handed[0].at("agent")) == "8001");
    CHECK(world.fetched().empty());
    world.auth.now += 6s;
    CHECK(world.fetched() == handed);
    // The same again is the same wish; another under its key is none.
    const auto again = world.ask(li, "/calls/c1/actions/hold", "{}", "one");
    CHECK(text(body_of(again).at("state")) == "taken");
    CHECK(
        code_of(world.ask(li, "/calls/c1/actions/hang_up", "{}", "one")) == "idempotency_key_reused"
    );
    CHECK(world.rung == 1);
    CHECK(world.tells(handed[0], R"({"state":"asleep"})") == 422);
    CHECK(world.tells(handed[0], R"({"state":"failed","reason":"not_reached"})") == 204);
    CHECK(world.tells(handed[0], R"({"state":"done"})") == 204);
    REQUIRE(world.ended.size() == 1);
    const auto told = world.ask(li, "/calls/c1/actions/hold", "{}", "one");
    CHECK(told.status == 200);
    CHECK(text(body_of(told).at("state")) == "failed");
    CHECK(text(body_of(told).at("message")) == "对方没有接听。");
    CHECK(world.count("SELECT COUNT(*) FROM audit WHERE action='call.hold'") == 1);
    CHECK(world.tells(boost::json::object{{"id", 999}}, R"({"state":"done"})") == 404);
}

TEST_CASE("T39: who waits at the platform's end is handed a wish as soon as there is one") {
    CommandsWorld world;
    const auto li = world.talking();
    world.fetched();
    REQUIRE(world.ask(li, "/calls/c1/actions/hold").status == 202);
    CHECK(world.fetched(all_of_it, "20").size() == 1);
    CHECK(world.fetched(all_of_it, "1").empty());
    http::Request request;
    request.query = {{"wait", "31"}, {"can", "hold"}};
    CHECK(world.signed_by(request, "/cti/commands").status == 422);
    request.query = {{"can", "fly"}};
    CHECK(world.signed_by(request, "/cti/commands").status == 422);
    CHECK(world.dispatch(request, "/cti/commands").status == 401);
}

TEST_CASE("T38: whom a call goes to is named, and the telephone is found and never shown") {
    CommandsWorld world;
    const auto li = world.talking();
    world.at_telephone(Role::agent, "8002");
    world.fetched();
    const auto& official = world.city.current()->directory.officials.front();
    const auto goes_to = [&](const std::string& body) {
        const auto answer = world.ask(li, "/calls/c1/actions/transfer", body);
        CAPTURE(answer.body);
        CHECK(answer.status == 202);
        CHECK(answer.body.find("0913") == std::string::npos);
        const auto handed = world.fetched();
        REQUIRE(handed.size() == 1);
        return text(handed[0].at("target"));
    };
    const auto id_of = [](std::uint64_t id) { return std::to_string(id); };
    CHECK(goes_to(R"({"to_official_id":)" + id_of(official.id.value) + "}") == "13909130001");
    CHECK(goes_to(R"({"to_unit_id":)" + id_of(official.unit.value) + "}") == "09132123456");
    CHECK(goes_to(R"({"to_number":"029 8888 8888"})") == "02988888888");
    const auto wu = world.count("SELECT id FROM account WHERE extension='8002'");
    CHECK(goes_to(R"({"to_user_id":)" + std::to_string(wu) + "}") == "8002");
    for (const char* body :
         {R"({})",
          R"({"to_number":"0085221234567"})",
          R"({"to_number":"13909130001","to_user_id":1})",
          R"({"to_user_id":999999})",
          R"({"to_unit_id":999999})"}) {
        CAPTURE(body);
        CHECK(world.ask(li, "/calls/c1/actions/transfer", body).status == 422);
    }
    CHECK(world.count("SELECT COUNT(*) FROM audit WHERE detail LIKE '%0913%'") == 0);
}

TEST_CASE("T36: nobody asks for more than is his") {
    CommandsWorld world;
    const auto li = world.talking();
    const auto wu = world.at_telephone(Role::agent, "8002");
    const auto lead = world.at_telephone(Role::supervisor, "8009");
    const auto deaf = world.at_telephone(Role::supervisor, "");
    world.fetched();
    CHECK(world.ask(wu, "/calls/c1/actions/hold").status == 422);
    CHECK(world.ask(lead, "/calls/c1/actions/hold").status == 422);
    CHECK(world.ask(wu, "/calls/c1/actions/listen").status == 403);
    CHECK(world.ask(lead, "/calls/c1/actions/listen").status == 202);
    CHECK(
        sentence_in(world.ask(deaf, "/calls/c1/actions/listen")).find("分机") != std::string::npos
    );
    CHECK(world.ask(li, "/calls/nothing/actions/hold").status == 422);
    CHECK(world.ask(li, "/calls/c1/actions/fly").status == 404);
    CHECK(world.ask(li, "/calls/c1/actions/dial").status == 404);
    CHECK(world.ask(world.person(Role::official), "/calls/c1/actions/fly").status == 403);
    CHECK(
        code_of(world.dispatch(li.post(), "/calls/c1/actions/hold")) == "idempotency_key_missing"
    );
    const auto seen = body_of(world.dispatch(lead.get(), "/agents/colleagues"));
    REQUIRE(seen.at("items").as_array().size() == 1);
    CHECK(text(seen.at("items").at(0).at("state")) == "talking");
    CHECK(body_of(world.dispatch(li.get(), "/agents/colleagues")).at("items").as_array().empty());
}

TEST_CASE("T36: whoever calls back dials a number he has claimed, or a ticket that waits for it") {
    CommandsWorld world;
    const auto li = world.at_telephone(Role::agent, "8001");
    const auto reviewer = world.at_telephone(Role::reviewer, "8005");
    const auto number =
        world.accepted([](ticketing::Ticket& ticket) { ticket.appellant.phone = "13900000001"; });
    const std::string of_ticket = R"({"ticket_no":")" + number + R"("})";
    CHECK(
        sentence_in(world.ask(reviewer, "/calls", of_ticket)).find("待回访") != std::string::npos
    );
    world.run(
        "UPDATE ticket SET state=" + std::to_string(static_cast<int>(ticketing::State::callback))
    );
    CHECK(world.ask(reviewer, "/calls", of_ticket).status == 422);  // nobody can dial
    world.fetched();
    const auto asked = world.ask(reviewer, "/calls", of_ticket);
    CHECK(asked.status == 202);
    CHECK(asked.body.find("13900000001") == std::string::npos);
    auto handed = world.fetched();
    REQUIRE(handed.size() == 1);
    CHECK(text(handed[0].at("agent")) == "8005");
    CHECK(text(handed[0].at("target")) == "13900000001");
    CHECK(world.tells(handed[0], R"({"state":"done","call_id":"theirs-7"})") == 204);
    world.tell("theirs-7", CtiKind::answered, "8005");
    const auto calls = world.auth.pool.transact_now([](mysql::Connection& db) {
        return mysql::list_calls(db, {});
    });
    REQUIRE(calls->size() == 1);
    CHECK(calls->front().ticket_no == number);

    world.run(
        "INSERT INTO callback (number,is_open,missed,first_missed_at,last_missed_at,last_call,"
        "next_at) VALUES ('13900000002',1,1,NOW(3),NOW(3),1,NOW(3))"
    );
    const auto id = world.count("SELECT MAX(id) FROM callback");
    const std::string of_callback = R"({"callback_id":)" + std::to_string(id) + "}";
    CHECK(sentence_in(world.ask(li, "/calls", of_callback)).find("认领") != std::string::npos);
    world.run(
        "UPDATE callback SET claimed_until='2099-01-01',claimed_by=(SELECT id FROM account "
        "WHERE extension='8001')"
    );
    CHECK(world.ask(li, "/calls", of_callback, "once").status == 202);
    handed = world.fetched();
    REQUIRE(handed.size() == 1);
    CHECK(text(handed[0].at("target")) == "13900000002");
    // T39: the same key tells how it stands, though by now he could not ask for it.
    world.run("UPDATE callback SET claimed_until=NULL,claimed_by=0");
    CHECK(world.ask(li, "/calls", of_callback, "once").status == 202);
    CHECK(world.ask(li, "/calls", of_callback, "twice").status == 422);
    CHECK(world.fetched().empty());
    CHECK(world.ask(li, "/calls", "{}").status == 422);
    CHECK(world.ask(world.person(Role::dispatcher), "/calls", of_ticket).status == 403);
}
