// Who hears which recording, in which parts, and that each hearing is noted.
#include "server/api/phone/recordings.hpp"

#include "integrations/mysql/call_store.hpp"
#include "integrations/telephony/recording_rules.hpp"
#include "server/api/calls.hpp"
#include "tests/integration/api/files_world.hpp"
#include "tests/stand_ins/ari_model.hpp"

using namespace hotline;
using namespace hotline::test;
using namespace std::chrono_literals;
using ticketing::Role;

namespace {

struct RecordingsWorld : TicketsWorld {
    TemporaryFolder folder;
    Metrics metrics;
    actions::RecordingVault vault{*files::FileStore::open(folder.path() / "recordings"), "key"};
    api::RecordingsApi recordings{auth.guard, auth.pool, vault, metrics, auth.clock};
    api::CallsApi calls{auth.guard, auth.pool, source, auth.clock};
    const std::string wav = AriModel::wav_of("rec-1");

    RecordingsWorld() {
        run("DELETE FROM phone_call");
        run("DELETE FROM call_recording");
    }

    // A call that is over, with an agent; it has no recording yet.
    std::uint64_t call(const std::string& name, const Browser& agent) {
        run("INSERT INTO phone_call (source,call_id,state,agent_user_id,answered_at,ended_at) "
            "VALUES ('ari','" +
            name + "',8," + id_of(agent) + ",'2026-11-23 01:00:00','2026-11-23 01:00:10')");
        const auto rows = auth.pool.read_now([](mysql::Connection& db) {
            return mysql::list_calls(db, {.limit = 1});
        });
        REQUIRE(rows);
        return rows->front().id;
    }
    std::string id_of(const Browser& browser) {
        const auto me = body_of(auth.run(auth.api.me(browser.get())));
        return std::to_string(me.at("user").at("id").to_number<std::int64_t>());
    }
    void keep(std::uint64_t call, const std::string& name) {
        REQUIRE(auth.pool.transact_now([&](mysql::Connection& db) {
            return mysql::note_recording(db, "ari", name, "rec-" + name, auth.now);
        }));
        auto found = auth.pool.read_now([&](mysql::Connection& db) {
            return mysql::find_recording(db, call);
        });
        REQUIRE(found);
        REQUIRE(*found);
        mysql::Recording row = (*found)->recording;
        const auto incoming = auth.run(vault.begin());
        REQUIRE(incoming);
        REQUIRE(auth.run((*incoming)->add(wav)));
        REQUIRE(auth.run((*incoming)->finish(row)));
        row.state = static_cast<int>(telephony::RecordingState::kept);
        row.keep_until = auth.now + std::chrono::days(730);
        row.next_try_at.reset();
        REQUIRE(auth.pool.transact_now([&](mysql::Connection& db) {
            return mysql::settle_recording(db, row, 1);
        }));
    }

    http::Response hear(const Browser& by, std::uint64_t call, const std::string& range = "") {
        auto request = by.get();
        request.params = {{"phone_call_id", std::to_string(call)}};
        if (!range.empty()) request.headers.push_back({"range", range});
        return auth.run(recordings.hear(std::move(request)));
    }
    std::size_t hearings() {
        const auto entries = auth.pool.read_now([](mysql::Connection& db) {
            return mysql::list_audit(db, "recording.hear", {}, 100);
        });
        REQUIRE(entries);
        return entries->size();
    }
    // Of the list of calls, as this one sees it.
    boost::json::value listed(const Browser& by) {
        return body_of(auth.run(calls.list(by.get()))).at("items").at(0).at("recording");
    }
};

}  // namespace

TEST_CASE("A18: a recording is heard by its agent and who supervises, reviews and audits") {
    RecordingsWorld world;
    const auto agent = world.person(Role::agent);
    const auto colleague = world.person(Role::agent);
    const auto reviewer = world.person(Role::reviewer);
    const auto auditor = world.person(Role::auditor);
    const auto supervisor = world.person(Role::supervisor);
    const auto call = world.call("c1", agent);
    for (const auto* by : {&agent, &supervisor, &auditor}) {
        CHECK(world.hear(*by, call).status == 404);  // there is none yet
    }
    world.keep(call, "c1");
    for (const auto* by : {&agent, &supervisor, &auditor}) {
        CHECK(world.hear(*by, call).status == 200);
    }
    CHECK(world.hear(colleague, call).status == 404);
    CHECK(world.hear(reviewer, call).status == 404);
    CHECK(world.hear(supervisor, call + 1).status == 404);
    for (const Role role :
         {Role::dispatcher,
          Role::manager,
          Role::admin,
          Role::official,
          Role::unit_clerk,
          Role::unit_leader}) {
        CHECK(
            world.hear(world.person(role, world.small.unit("610526.housing")), call).status == 403
        );
    }
    CHECK(world.hear(Browser{world.auth}, call).status == 401);
    const auto number = world.accepted([](ticketing::Ticket& ticket) { ticket.call_id = "c1"; });
    CHECK(world.hear(reviewer, call).status == 200);
    // A8: the voice of who is hidden.
    world.run("UPDATE ticket SET confidential=1");
    CHECK(world.hear(auditor, call).status == 404);
    CHECK(world.hear(reviewer, call).status == 200);
    CHECK(world.hear(agent, call).status == 200);
    // Who may not hear it is not told of it either.
    CHECK(body_of(world.show(reviewer, number)).contains("recording"));
    CHECK_FALSE(body_of(world.show(world.person(Role::dispatcher), number)).contains("recording"));
}

TEST_CASE("A18: a call that was dialled for a ticket is that ticket's, hidden or not") {
    RecordingsWorld world;
    const auto agent = world.person(Role::agent);
    const auto reviewer = world.person(Role::reviewer);
    const auto auditor = world.person(Role::auditor);
    const auto call = world.call("out-1", agent);
    world.keep(call, "out-1");
    CHECK(world.hear(reviewer, call).status == 404);
    world.accepted([](ticketing::Ticket&) {});
    world.run(
        "INSERT INTO call_command (source,call_id,action,asked_by,ticket_id,idempotency_key,"
        "asked_at,due_at) SELECT 'ari','out-1',7,1,id,'k',UTC_TIMESTAMP(3),UTC_TIMESTAMP(3) FROM "
        "ticket"
    );
    CHECK(world.hear(reviewer, call).status == 200);
    CHECK(world.hear(auditor, call).status == 200);
    const auto named = [&] {
        return world.auth.pool.read_now([](mysql::Connection& db) {
            return mysql::list_calls(db, {.named_only = true, .limit = 5});
        });
    };
    CHECK(named()->size() == 1);
    world.run("UPDATE ticket SET anonymous=1");
    CHECK(world.hear(auditor, call).status == 404);
    CHECK(named()->empty());
}

TEST_CASE("T50: each hearing is noted, with who and which call; the parts of one are one") {
    RecordingsWorld world;
    const auto agent = world.person(Role::agent);
    const auto supervisor = world.person(Role::supervisor);
    const auto call = world.call("c1", agent);
    world.keep(call, "c1");
    for (const char* range : {"bytes=0-", "bytes=65000-66000", "bytes=120000-"}) {
        CHECK(world.hear(supervisor, call, range).status == 206);
    }
    CHECK(world.hearings() == 1);
    CHECK(world.hear(agent, call, "bytes=0-").status == 206);
    CHECK(world.hearings() == 2);
    world.auth.now += 10min;
    CHECK(world.hear(supervisor, call, "bytes=0-").status == 206);
    CHECK(world.hearings() == 3);
    const auto entries = world.auth.pool.read_now([](mysql::Connection& db) {
        return mysql::list_audit(db, "recording.hear", {}, 1);
    });
    REQUIRE(entries);
    CHECK(entries->front().entry.object == "call:" + std::to_string(call));
    CHECK(std::to_string(entries->front().entry.user.value) == world.id_of(supervisor));
    CHECK(entries->front().entry.detail.find("\"c1\"") != std::string::npos);
    // What was refused is no hearing.
    CHECK(world.hear(world.person(Role::agent), call).status == 404);
    CHECK(world.hearings() == 3);
}

TEST_CASE("a player is sent the part it asks for, and as much at a time as it needs") {
    RecordingsWorld world;
    const auto agent = world.person(Role::agent);
    const auto call = world.call("c1", agent);
    world.keep(call, "c1");
    const auto size = std::to_string(world.wav.size());
    const auto whole = world.hear(agent, call);
    CHECK(*whole.shared_body == world.wav);
    CHECK(header(whole, "content-type") == "audio/wav");
    CHECK(header(whole, "accept-ranges") == "bytes");
    CHECK(header(whole, "cache-control") == "no-store");
    CHECK(header(whole, "content-disposition").starts_with("inline; filename=\"recording.wav\""));
    const auto part = world.hear(agent, call, "bytes=65530-65549");
    CHECK(part.status == 206);
    CHECK(*part.shared_body == world.wav.substr(65530, 20));
    CHECK(header(part, "content-range") == "bytes 65530-65549/" + size);
    CHECK(
        *world.hear(agent, call, "bytes=-7").shared_body == world.wav.substr(world.wav.size() - 7)
    );
    const auto beyond = world.hear(agent, call, "bytes=" + size + "-");
    CHECK(beyond.status == 416);
    CHECK(header(beyond, "content-range") == "bytes */" + size);
    CHECK(world.hear(agent, call, "bytes=0-1,5-6").status == 200);
}

TEST_CASE("what there is of a recording is told with its call, and why there is none") {
    RecordingsWorld world;
    const auto agent = world.person(Role::agent);
    const auto call = world.call("c1", agent);
    CHECK(text(world.listed(agent).at("state")) == "none");
    world.run("UPDATE phone_call SET recording='https://pbx.example/1'");
    CHECK(text(world.listed(agent).at("state")) == "at_platform");
    world.keep(call, "c1");
    const auto kept = world.listed(agent);
    CHECK(text(kept.at("state")) == "kept");
    CHECK(kept.at("call").to_number<std::uint64_t>() == call);
    CHECK(kept.at("seconds").to_number<int>() == 10);
    CHECK(kept.as_object().contains("kept_until"));
    world.run("UPDATE call_recording SET state=3, deleted_at='2028-01-01'");
    const auto gone = world.listed(agent);
    CHECK(text(gone.at("state")) == "deleted");
    CHECK(gone.as_object().contains("deleted_at"));
    CHECK_FALSE(gone.as_object().contains("kept_until"));
    CHECK(world.hear(agent, call).status == 404);
}
